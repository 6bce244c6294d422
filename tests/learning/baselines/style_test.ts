import { assertAlmostEquals, assertEquals } from "../../deps.ts";
import {
  spreadOf,
  styleGradients,
  styleOf,
  withStyle,
} from "../../../lib/learning/baselines/style.ts";
import { randomValues } from "../../wasm/reference.ts";

const shape = { batch: 3, pixels: 20, channels: 2 };
const maps = randomValues("maps", 3 * 20 * 2, -1, 3);
const near = (found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number) => {
  assertEquals(found.length, wanted.length);
  Array.from(found).forEach((value, i) => assertAlmostEquals(value, wanted[i]!, tolerance));
};

Deno.test("styleOf() gives mean and unbiased deviation of each channel of each map", () => {
  const { mean, deviation } = styleOf(Float32Array.of(1, 10, 3, 10, 5, 10), {
    batch: 1,
    pixels: 3,
    channels: 2,
  });
  near(mean, [3, 10], 1e-12);
  near(deviation, [Math.sqrt(4 + 1e-6), 1e-3], 1e-9);
});

Deno.test("spreadOf() is the unbiased deviation over the batch", () => {
  const style = { mean: Float64Array.of(1, 7, 3, 7), deviation: Float64Array.of(4, 0, 4, 2) };
  const { mean, deviation } = spreadOf(style, 2);
  near(mean, [Math.SQRT2, 0], 1e-12);
  near(deviation, [0, Math.SQRT2], 1e-12);
});

Deno.test("withStyle() gives maps of that style, and the same maps for their own", () => {
  const own = styleOf(maps, shape);
  near(withStyle(maps, shape, own, own), maps, 1e-6);
  const to = { mean: own.mean.map((m) => m + 2), deviation: own.deviation.map((d) => 3 * d) };
  const found = styleOf(withStyle(maps, shape, own, to), shape);
  near(found.mean, to.mean, 1e-6);
  near(found.deviation, to.deviation, 1e-5);
});

Deno.test("styleGradients() are the slopes of a weighted sum of the maps", () => {
  const from = styleOf(maps, shape), weights = randomValues("weights", maps.length, -1, 1);
  const to = {
    mean: Float64Array.from(from.mean, (m) => 0.5 * m),
    deviation: Float64Array.from(from.deviation, (d) => 1.5 * d),
  };
  const sum = (values: Float32Array, style: typeof to) =>
    withStyle(values, shape, from, style).reduce((all, value, i) => all + value * weights[i]!, 0);
  const found = styleGradients(weights, maps, shape, from, to);
  // The sum is linear in the maps and in the style: any step will do.
  const changed = <T extends Float32Array | Float64Array>(values: T, i: number) =>
    values.map((value, j) => value + (i === j ? 1 : 0)) as T;
  const before = sum(maps, to);
  for (const i of [0, 17, maps.length - 1]) {
    assertAlmostEquals(sum(changed(maps, i), to) - before, found.maps[i]!, 1e-4);
  }
  for (let n = 0; n < to.mean.length; n++) {
    const byMean = sum(maps, { ...to, mean: changed(to.mean, n) }) - before;
    const byDeviation = sum(maps, { ...to, deviation: changed(to.deviation, n) }) - before;
    assertAlmostEquals(byMean, found.to.mean[n]!, 1e-4);
    assertAlmostEquals(byDeviation, found.to.deviation[n]!, 1e-4);
  }
});
