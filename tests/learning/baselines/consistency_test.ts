import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { consistencyLoss } from "../../../lib/learning/baselines/consistency.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { IGNORED_LABEL } from "../../../wasm/mod.ts";

const shape = { batch: 2, height: 4, width: 3, classes: 4 };
const count = 2 * 4 * 3 * 4;

function draws(name: string): Float32Array {
  return RandomStream.fromSeed(5).stream(name).normals(count, 0, 2);
}

function softmax(logits: Float32Array): Float32Array {
  const result = logits.map((v) => Math.exp(v));
  for (let at = 0; at < count; at += 4) {
    const sum = result.slice(at, at + 4).reduce((a, b) => a + b, 0);
    for (let i = at; i < at + 4; i++) result[i]! /= sum;
  }
  return result;
}

const logits = draws("logits"), target = softmax(draws("target"));

for (const divergence of ["from-target", "to-target"] as const) {
  for (const [weight, contourWeight] of [[1, 0], [0, 1], [2, 0.5]] as const) {
    const label = `${divergence}, weights ${weight} and ${contourWeight}`;
    Deno.test(`consistencyLoss() gives the gradient by the logits: ${label}`, () => {
      const consistency = { target, divergence, weight, contourWeight };
      const { gradient } = consistencyLoss(logits, shape, consistency);
      for (let i = 0; i < count; i++) {
        const [up, down] = [1, -1].map((sign) => {
          const moved = logits.slice();
          moved[i] = moved[i]! + sign * 2 ** -7;
          return consistencyLoss(moved, shape, consistency).loss;
        });
        assertAlmostEquals(gradient[i]!, (up! - down!) * 2 ** 6, 2e-5);
      }
    });
  }
  Deno.test(`consistencyLoss() is 0 where both predictions are the same: ${divergence}`, () => {
    const own = { target: softmax(logits), divergence, weight: 1, contourWeight: 1 };
    const { loss, gradient } = consistencyLoss(logits, shape, own);
    assert(Math.abs(loss) < 1e-6 && gradient.every((v) => Math.abs(v) < 1e-7));
  });
  Deno.test(`consistencyLoss() takes certain predictions: ${divergence}`, () => {
    const certain = new Float32Array(count).map((_, i) => i % 4 === 0 ? 1 : 0);
    const wrong = certain.map((_, i) => i % 4 === 1 ? 400 : -400);
    const consistency = { target: certain, divergence, weight: 1, contourWeight: 1 };
    const { loss, gradient } = consistencyLoss(wrong, shape, consistency);
    assert(loss > 10 && Number.isFinite(loss));
    assert(gradient.every(Number.isFinite));
  });
}

Deno.test("consistencyLoss() is the divergence of its closed form", () => {
  const one = { batch: 1, height: 1, width: 1, classes: 2 };
  const common = { target: Float32Array.of(0.75, 0.25), weight: 3, contourWeight: 0 };
  const even = Float32Array.of(7, 7);
  const from = consistencyLoss(even, one, { ...common, divergence: "from-target" }).loss;
  const to = consistencyLoss(even, one, { ...common, divergence: "to-target" }).loss;
  assertAlmostEquals(from, 3 * (0.75 * Math.log(1.5) + 0.25 * Math.log(0.5)), 1e-9);
  assertAlmostEquals(to, 3 * 0.5 * (Math.log(1 / 1.5) + Math.log(2)), 1e-9);
});

for (const divergence of ["from-target", "to-target"] as const) {
  Deno.test(`consistencyLoss() holds ignored pixels to nothing: ${divergence}`, () => {
    const labels = Int32Array.from({ length: count / 4 }, (_, p) => p % 3 ? 1 : IGNORED_LABEL);
    const consistency = { target, divergence, weight: 2, contourWeight: 0.5, labels };
    const { loss, gradient } = consistencyLoss(logits, shape, consistency);
    for (let i = 0; i < count; i++) {
      if (labels[Math.floor(i / 4)] === IGNORED_LABEL) {
        assertEquals(gradient[i], 0);
        continue;
      }
      const [up, down] = [1, -1].map((sign) => {
        const moved = logits.slice();
        moved[i] = moved[i]! + sign * 2 ** -7;
        return consistencyLoss(moved, shape, consistency).loss;
      });
      assertAlmostEquals(gradient[i]!, (up! - down!) * 2 ** 6, 5e-5);
    }
    const elsewhere = logits.map((value, i) =>
      labels[Math.floor(i / 4)] === IGNORED_LABEL ? value + 3 : value
    );
    assertAlmostEquals(consistencyLoss(elsewhere, shape, consistency).loss, loss, 1e-6);

    const all = { ...consistency, labels: labels.map(() => 1) }, { labels: _, ...none } = all;
    assertEquals(consistencyLoss(logits, shape, all), consistencyLoss(logits, shape, none));
    const nothing = { ...consistency, labels: labels.map(() => IGNORED_LABEL) };
    assertEquals(consistencyLoss(logits, shape, nothing).loss, 0);
  });
}

Deno.test("consistencyLoss() says which of its arguments is of another size", () => {
  const consistency = { target, divergence: "to-target", weight: 1, contourWeight: 0 } as const;
  const short = target.slice(1);
  assertThrows(
    () => consistencyLoss(short, shape, consistency),
    TypeError,
    "logits have 95 values",
  );
  assertThrows(
    () => consistencyLoss(logits, shape, { ...consistency, target: short }),
    TypeError,
    "target have 95 values, wanted 96 ([2,4,3,4])",
  );
});
