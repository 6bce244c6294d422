import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { applyAffine, scalingAffine } from "../../../lib/base/volume/affine.ts";
import { resample, resampleInPlane, resampleOnto } from "../../../lib/base/volume/resample.ts";
import { spacingOf } from "../../../lib/base/volume/volume.ts";

/** A volume whose voxel value is a linear function of its place in mm. */
function ramp(shape: [number, number, number], spacing: [number, number, number]) {
  const affine = scalingAffine(spacing, [-3, 5, 7]);
  const data = new Float32Array(shape[0] * shape[1] * shape[2]);
  data.forEach((_, n) => data[n] = valueAt(affine, shape, n));
  return { data, shape, affine };
}
function valueAt(affine: readonly number[], shape: readonly number[], n: number): number {
  const [ni, nj] = shape as [number, number];
  const [x, y, z] = applyAffine(affine, [n % ni, Math.floor(n / ni) % nj, Math.floor(n / ni / nj)]);
  return 2 * x - y + 0.5 * z;
}

Deno.test("resample() reproduces a linear function at the places its affine names", () => {
  const volume = ramp([9, 8, 5], [1.5, 2, 8]);
  const result = resample(volume, [1.1, 2.7, 6], "linear");
  const spacing = spacingOf(result.affine);
  [1.1, 2.7, 6].forEach((wanted, axis) => assertAlmostEquals(spacing[axis]!, wanted, 1e-12));
  assertEquals(result.shape, [12, 6, 7]);
  const [ni, nj, nk] = result.shape;
  for (let k = 1; k < nk - 1; k++) {
    for (let j = 1; j < nj - 1; j++) {
      for (let i = 1; i < ni - 1; i++) {
        const n = i + ni * (j + nj * k);
        assertAlmostEquals(result.data[n]!, valueAt(result.affine, result.shape, n), 1e-4);
      }
    }
  }
});

Deno.test("resample() keeps the centre of the field of view and copies where nothing changes", () => {
  const volume = ramp([10, 7, 3], [1, 1, 10]);
  const centre = (v: { affine: readonly number[]; shape: readonly number[] }) =>
    applyAffine(v.affine, [(v.shape[0]! - 1) / 2, (v.shape[1]! - 1) / 2, (v.shape[2]! - 1) / 2]);
  const result = resampleInPlane(volume, 1.7, "linear");
  centre(volume).forEach((value, axis) => assertAlmostEquals(centre(result)[axis]!, value, 1e-9));
  const same = resampleInPlane(volume, 1, "linear");
  assertEquals(same.data, volume.data);
  assert(same.data !== volume.data);
});

Deno.test("resampleOnto() with nearest brings labels back to their grid", () => {
  const shape = [20, 16, 2] as const;
  const data = new Uint8Array(640);
  for (let n = 0; n < 640; n++) {
    const [i, j] = [n % 20, Math.floor(n / 20) % 16];
    data[n] = (i - 9) ** 2 + (j - 8) ** 2 < 36 ? 3 : 0;
  }
  const labels = { data, shape, affine: scalingAffine([1.4, 1.4, 8]) };
  const fine = resampleInPlane(labels, 0.7, "nearest");
  assertEquals(new Set(fine.data), new Set([0, 3]));
  assertEquals(resampleOnto(fine, labels, "nearest").data, data);
});

Deno.test("resample() refuses a spacing that is not more than 0", () => {
  assertThrows(() => resample(ramp([2, 2, 2], [1, 1, 1]), [1, 0, 1], "linear"), RangeError, "0 mm");
});
