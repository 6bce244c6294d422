import { assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { maskGrid } from "../../../lib/imaging/metrics/surface_distances.ts";
import { volumeError } from "../../../lib/imaging/metrics/volume_error.ts";

Deno.test("volumeError() is predicted minus true volume, in ml and percent", () => {
  // voxels of 1.5 x 2 x 10 mm: 0.03 ml
  const { predicted, reference, error, percent } = volumeError(
    ...[[1, 1, 1, 2], [1, 1, 2, 2], 1, 1.5 * 2 * 10] as const,
  );
  assertAlmostEquals(predicted, 0.09, 1e-12);
  assertAlmostEquals(reference, 0.06, 1e-12);
  assertAlmostEquals(error, 0.03, 1e-12);
  assertEquals(percent, 50);
  assertEquals(volumeError([0, 1], [1, 1], 1, 1000).error, -1);
});

Deno.test("volumeError() where a mask is empty", () => {
  const percent = (p: number[], r: number[]) => volumeError(p, r, 1, 1).percent;
  assertEquals([percent([0], [1]), percent([1], [0]), percent([0], [0])], [-100, Infinity, 0]);
  const none = volumeError([0], [0], 1, 1, "exclude");
  assertEquals([none.error, none.percent], [0, null]);
});

Deno.test("volumeError() refuses other lengths and voxels without a volume", () => {
  assertThrows(() => volumeError([1], [1, 1], 1, 1), TypeError, "the volume error");
  assertThrows(() => volumeError([1], [1], 1, 0), RangeError, "0 mm^3");
});

Deno.test("volumeError() on a maskGrid() of sheared axes is what their determinant says", () => {
  // the third axis is as long as 10 mm, and leans: 8 mm high
  const affine = [2, 0, 6, 0, 0, 3, 0, 0, 0, 0, 8, 0, 0, 0, 0, 1];
  const grid = maskGrid([2, 2, 2], affine);
  assertEquals(grid, { shape: [2, 2, 2], spacing: [2, 3, 10], voxelVolume: 48 });
  assertAlmostEquals(volumeError([1, 1, 0], [1, 0, 0], 1, grid.voxelVolume).error, 0.048, 1e-12);
  const mirrored = affine.map((value, n) => n % 4 === 0 ? -value : value);
  assertEquals(maskGrid([2, 2, 2], mirrored).voxelVolume, 48);
});
