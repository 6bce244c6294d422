import { assert, assertAlmostEquals, assertEquals } from "../../../deps.ts";
import { findArtifact } from "../../../../lib/imaging/artifacts/registry.ts";
import {
  chen2021Grid,
  finishChen2021,
  prepareChen2021,
} from "../../../../lib/imaging/artifacts/suites/preparation.ts";
import { clipToPercentiles, minMaxSlices } from "../../../../lib/base/volume/normalise.ts";
import { scalingAffine } from "../../../../lib/base/volume/affine.ts";
import { smallCase } from "../small_case.ts";

/** A volume that has the spacing already. */
function fineVolume(shape: [number, number, number]) {
  return { ...smallCase(shape).volume, affine: scalingAffine([1.36719, 1.36719, 8]) };
}

Deno.test("prepareChen2021() gives (slice, row, column) of 192 x 192 without geometry, slices 0-1", () => {
  const volume = fineVolume([24, 20, 3]);
  const stack = prepareChen2021(volume);
  assertEquals([...stack.shape], [3, 192, 192]);
  assertEquals(stack.affine[0], 1);
  // voxel (i, j, k) of the case is (k, j, i) of the stack, behind the padding
  const [i, j, k] = [12, 9, 1];
  const at = k + 3 * (j + 86 + 192 * (i + 84));
  const slice = clipToPercentiles(volume.data, 2, 98).subarray(480, 960);
  assertAlmostEquals(stack.data[at]!, slice[i + 24 * j]! / Math.max(...slice), 1e-6);
});

Deno.test("prepareChen2021() clips the volume first, so that a bright voxel leaves the rest as it is", () => {
  const volume = fineVolume([24, 20, 3]);
  const brightest = volume.data.indexOf(Math.max(...volume.data));
  const spoilt = { ...volume, data: volume.data.slice().fill(1e6, brightest, brightest + 1) };
  assertEquals(prepareChen2021(spoilt).data, prepareChen2021(volume).data);
});

Deno.test("finishChen2021() puts each slice back into its frame, scaled again, zero outside", () => {
  const volume = fineVolume([200, 20, 2]);
  const back = finishChen2021(prepareChen2021(volume), volume);
  assertEquals([...back.shape], [200, 20, 2]);
  assertEquals(back.data[3 + 200 * 10], 0);
  assertAlmostEquals(Math.max(...back.data.subarray(0, 4000)), 1, 1e-6);
});

Deno.test("axis 2 of the prepared stack is axis i of the case", () => {
  const volume = fineVolume([192, 192, 2]);
  const params = { num_ghosts: 4, intensity: 0.8, restore: null };
  const ghosting = findArtifact("ghosting", "torchio");
  const there = finishChen2021(
    ghosting.apply(prepareChen2021(volume), { ...params, axis: 2 }),
    volume,
  );
  const clean = finishChen2021(prepareChen2021(volume), volume);
  const here = minMaxSlices(ghosting.apply(clean, { ...params, axis: 0 }).data, 192 ** 2);
  const worst = there.data.reduce((w, value, o) => Math.max(w, Math.abs(value - here[o]!)), 0);
  assert(worst < 1e-5, `differs by ${worst}`);
});

Deno.test("prepareChen2021() resamples to 1.36719 mm, and finishChen2021() goes back to the grid", () => {
  const volume = { ...smallCase([96, 80, 2]).volume, affine: scalingAffine([2.73438, 2.73438, 8]) };
  const stack = prepareChen2021(volume);
  // 96 voxels of twice the spacing fill the 192, 80 of them 160
  const column = (j: number) => stack.data.filter((_, o) => Math.floor(o / 2) % 192 === j);
  assert(column(15).every((value) => value === 0) && column(16).some((value) => value > 0));
  const back = finishChen2021(stack, volume);
  assertEquals([...back.shape], [96, 80, 2]);
  const want = Math.max(...volume.data.subarray(0, 96 * 80));
  const worst = back.data.subarray(0, 96 * 80)
    .reduce((w, value, o) => Math.max(w, Math.abs(value - volume.data[o]! / want)), 0);
  assert(worst < 0.3, `differs by ${worst}`);
});

Deno.test("chen2021Grid() is the grid of the prepared stack", () => {
  const { volume } = smallCase([24, 20, 3]);
  const { shape, affine } = prepareChen2021(volume);
  assertEquals(chen2021Grid(volume), { shape, affine });
});
