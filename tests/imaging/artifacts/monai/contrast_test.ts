import { assertAlmostEquals, assertEquals } from "../../../deps.ts";
import { contrast } from "../../../../lib/imaging/artifacts/monai/contrast.ts";
import { scalingAffine } from "../../../../lib/base/volume/affine.ts";

Deno.test("monai/contrast keeps the extremes and raises what lies between to gamma", () => {
  const volume = {
    data: Float32Array.of(-2, 0, 2, 6),
    shape: [4, 1, 1] as const,
    affine: scalingAffine([1, 1, 1]),
  };
  const { data } = contrast.apply(volume, { gamma: 2 });
  // of 8 from -2: 0, 1/4, 1/2 and 1 squared
  [-2, -1.5, 0, 6].forEach((value, n) => assertAlmostEquals(data[n]!, value, 1e-5));
  const flat = { ...volume, data: new Float32Array(4).fill(3) };
  assertEquals([...contrast.apply(flat, { gamma: 0.3 }).data], [3, 3, 3, 3]);
});
