import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { contourTerm } from "../../../lib/learning/baselines/class_contours.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

const random = (count: number, name: string) => {
  const stream = RandomStream.fromSeed(3).stream(name);
  return Float32Array.from({ length: count }, () => stream.uniform());
};

Deno.test("contourTerm() of one raised pixel is that of the Sobel filters' squares", () => {
  const shape = { batch: 1, height: 5, width: 5, classes: 2 };
  const q = new Float32Array(50), p = new Float32Array(50);
  q[2 * 12 + 1] = 0.5;
  const term = contourTerm(q, p, shape, new Float32Array(50));
  // Each filter's squares add up to 12; a quarter of that, twice, halved, over 25 pixels.
  assertAlmostEquals(term, 0.5 * 2 * 0.25 * 12 / 25, 1e-7);
});

Deno.test("contourTerm() sees zeros around the maps", () => {
  const shape = { batch: 1, height: 1, width: 1, classes: 2 };
  const gradient = new Float32Array(2);
  assertEquals(contourTerm(Float32Array.of(0, 1), new Float32Array(2), shape, gradient), 0);
  const wide = { ...shape, width: 2 }, q = Float32Array.of(0, 1, 0, 0);
  // G_x of the second pixel is 2.
  assertAlmostEquals(contourTerm(q, new Float32Array(4), wide, new Float32Array(4)), 0.5 * 4 / 2);
});

Deno.test("contourTerm() does not see the background", () => {
  const shape = { batch: 1, height: 3, width: 3, classes: 3 };
  const q = random(27, "q"), p = q.slice();
  for (let i = 0; i < 27; i += 3) p[i] = 1 - p[i]!;
  const gradient = new Float32Array(27).fill(1);
  assertEquals(contourTerm(q, p, shape, gradient), 0);
  assert(gradient.every((v) => v === 0));
  assertEquals(contourTerm(q, p, { ...shape, width: 9, classes: 1 }, gradient), 0);
});

Deno.test("contourTerm() writes the gradient by the prediction", () => {
  const shape = { batch: 2, height: 4, width: 5, classes: 3 }, count = 2 * 4 * 5 * 3;
  const q = random(count, "q"), p = random(count, "p"), gradient = new Float32Array(count);
  contourTerm(q, p, shape, gradient);
  const unused = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const [up, down] = [0.25, -0.25].map((h) => {
      const moved = q.slice();
      moved[i]! += h;
      return contourTerm(moved, p, shape, unused);
    });
    // The term is quadratic: the central difference is the derivative.
    assertAlmostEquals(gradient[i]!, (up! - down!) / 0.5, 1e-6);
  }
});
