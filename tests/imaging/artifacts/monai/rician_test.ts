import { assertAlmostEquals } from "../../../deps.ts";
import { rician } from "../../../../lib/imaging/artifacts/monai/rician.ts";
import { scalingAffine } from "../../../../lib/base/volume/affine.ts";

const shape = [40, 40, 20] as const, affine = scalingAffine([1, 1, 1]), size = 32000;
const meanOf = (data: Float32Array) => data.reduce((sum, value) => sum + value, 0) / data.length;

Deno.test("monai/rician has the mean of Rayleigh's distribution where there was nothing", () => {
  const empty = { data: new Float32Array(size), shape, affine };
  const { data } = rician.apply(empty, { std: 2, relative: false, seed: 3 });
  assertAlmostEquals(meanOf(data), 2 * Math.sqrt(Math.PI / 2), 0.03);
});

Deno.test("monai/rician relative to the volume's deviation adds its square twice to the power", () => {
  // half 0, half 10: the deviation is 5
  const volume = { data: Float32Array.from({ length: size }, (_, o) => o % 2 * 10), shape, affine };
  const { data } = rician.apply(volume, { std: 0.2, seed: 5 });
  const power = meanOf(data.map((value) => value * value));
  assertAlmostEquals(power, 50 + 2 * 1, 0.3);
});
