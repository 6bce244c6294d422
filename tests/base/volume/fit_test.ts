import { assertEquals, assertThrows, fc } from "../../deps.ts";
import { applyAffine } from "../../../lib/base/volume/affine.ts";
import { IDENTITY_AFFINE } from "./identity_affine.ts";
import { fitInPlane, fitSlice, unfitInPlane, windowOf } from "../../../lib/base/volume/fit.ts";

const side = fc.integer({ min: 1, max: 9 });

Deno.test("unfitInPlane() undoes fitInPlane() wherever voxels were kept", () => {
  fc.assert(fc.property(side, side, side, side, (ni, nj, wide, high) => {
    const data = Uint8Array.from({ length: ni * nj * 2 }, (_, n) => n + 1);
    const volume = { data, shape: [ni, nj, 2] as const, affine: IDENTITY_AFFINE };
    const fitted = fitInPlane(volume, [wide, high]);
    const back = unfitInPlane(fitted, volume, 0);
    let kept = 0;
    back.data.forEach((value, n) => {
      if (value !== 0) kept++;
      if (value !== 0 && value !== data[n]) throw new Error(`voxel ${n} moved`);
    });
    assertEquals(kept, Math.min(ni, wide) * Math.min(nj, high) * 2);
    assertEquals(back.shape, volume.shape);
  }));
});

Deno.test("fitInPlane() keeps voxels where they are in space", () => {
  const data = Uint8Array.from({ length: 35 }, (_, n) => n + 1);
  const fitted = fitInPlane({ data, shape: [7, 5, 1], affine: IDENTITY_AFFINE }, [4, 8]);
  const n = fitted.data.indexOf(17); // Voxel (2, 2) of the original.
  assertEquals(applyAffine(fitted.affine, [n % 4, Math.floor(n / 4), 0]), [2, 2, 0]);
});

Deno.test("fitSlice() pads with the least value of each column, then of each row", () => {
  const slice = Float32Array.from([5, 3, 4, 7]);
  assertEquals(
    [...fitSlice(slice, [2, 2], [4, 4], "minimum")],
    [3, 4, 3, 3, 3, 5, 3, 3, 4, 4, 7, 4, 3, 4, 3, 3],
  );
  assertEquals([...fitSlice(slice, [2, 2], [3, 2], 9)], [5, 3, 9, 4, 7, 9]);
});

Deno.test("fitInPlane() and fitSlice() refuse sizes that make no sense", () => {
  const volume = { data: new Uint8Array(4), shape: [2, 2, 1] as const, affine: IDENTITY_AFFINE };
  assertThrows(() => fitInPlane(volume, [2.5, 2]), RangeError, "2.5 voxels");
  assertThrows(() => fitSlice(new Uint8Array(3), [2, 2], [4, 4], 0), TypeError, "3 values");
});
Deno.test("windowOf() cuts a slice, and continues it beyond its edges", () => {
  const slice = Uint8Array.of(1, 2, 3, 4, 5, 6), whole = { width: 3, height: 2 };
  assertEquals([...windowOf(slice, whole, [1, 0], { width: 2, height: 2 }, 0)], [2, 3, 5, 6]);
  const size = { width: 2, height: 3 };
  assertEquals([...windowOf(slice, whole, [2, -1], size, "edge")], [3, 3, 3, 3, 6, 6]);
  assertEquals([...windowOf(slice, whole, [2, -1], size, 9)], [9, 9, 3, 9, 6, 9]);
});
