import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import {
  biasField,
  CONTROL_POINTS,
  pointGradient,
} from "../../../lib/learning/baselines/bias_field.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

const shape = { batch: 2, height: 12, width: 7, channels: 1 };
const draw = (name: string, count: number, low = -1, high = 1) => {
  const stream = RandomStream.fromSeed(2).stream(name);
  return Float32Array.from({ length: count }, () => stream.uniform(low, high));
};

Deno.test("biasField() of equal control points is flat but near the edges", () => {
  const points = new Float32Array(2 * CONTROL_POINTS).fill(Math.log(2));
  const square = { ...shape, height: 64, width: 64 };
  const field = biasField(points, square);
  assertAlmostEquals(field[32 * 64 + 32]!, 2, 1e-6);
  assertAlmostEquals(field[16 * 64 + 48]!, 2, 1e-6);
  // In a corner, what each axis takes of the next point out is missing.
  const missing = (0.5 - 1 / 64) ** 3 / 6;
  assertAlmostEquals(field[0]!, 2 ** ((1 - missing) ** 2), 1e-6);
});

Deno.test("biasField() is the same from either side", () => {
  const points = draw("points", CONTROL_POINTS), one = { ...shape, batch: 1 };
  const turned = biasField(points.slice().reverse(), one).reverse();
  biasField(points, one).forEach((v, i) => assertAlmostEquals(turned[i]!, v, 1e-6));
});

Deno.test("biasField() stays within the range of its control points", () => {
  const low = Math.log(0.6), high = Math.log(1.4);
  const points = draw("points", 2 * CONTROL_POINTS, low, high)
    .map((v) => v > 0.1 ? high : v < -0.2 ? low : v);
  assert(biasField(points, shape).every((v) => v > 0.6 && v < 1.4));
});

Deno.test("biasField() makes one field an image", () => {
  const points = new Float32Array(2 * CONTROL_POINTS);
  points.fill(0.5, CONTROL_POINTS);
  const field = biasField(points, shape), half = field.length / 2;
  assert(field.subarray(0, half).every((v) => v === 1));
  assert(field.subarray(half).every((v) => v > 1.5));
});

Deno.test("pointGradient() is the gradient by the control points", () => {
  const points = draw("points", 2 * CONTROL_POINTS), weights = draw("weights", 2 * 12 * 7);
  const field = biasField(points, shape), gradient = pointGradient(field, weights, shape);
  const loss = (at: Float32Array) =>
    biasField(at, shape).reduce((sum, v, i) => sum + v * weights[i]!, 0);
  assertEquals(gradient.length, points.length);
  for (let i = 0; i < points.length; i++) {
    const [up, down] = [1, -1].map((sign) => {
      const moved = points.slice();
      moved[i] = moved[i]! + sign * 2 ** -6;
      return loss(moved);
    });
    assertAlmostEquals(gradient[i]!, (up! - down!) * 2 ** 5, 1e-3);
  }
});
