import { assertEquals } from "../../deps.ts";
import { intensityRange } from "../../../lib/base/volume/intensity_range.ts";
import { meanOf } from "../../../lib/base/stats/mean_of.ts";

Deno.test("intensityRange() and meanOf() agree, also on nothing", () => {
  const voxels = Float32Array.of(3, -1, 4);
  assertEquals(intensityRange(voxels), { min: -1, mean: 2, max: 4 });
  assertEquals(meanOf(voxels), 2);
  assertEquals([intensityRange([]).mean, meanOf([])], [NaN, NaN]);
});
