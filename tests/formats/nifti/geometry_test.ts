import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { geometryOf } from "../../../lib/formats/nifti/geometry.ts";
import { NiftiError } from "../../../lib/formats/nifti/nifti_error.ts";
import { imageOf } from "../../../lib/formats/nifti/nifti_image.ts";
import { scalingAffine, voxelVolumeOf } from "../../../lib/base/volume/affine.ts";

const AFFINE = scalingAffine([-1.5, -1.5, 8], [10, 20, 30]);
const { header: HEADER } = imageOf({ data: new Uint8Array(8), shape: [2, 2, 2], affine: AFFINE });
/** A half turn about z is diag(-1, -1, 1): the same geometry as AFFINE, as a quaternion. */
const QFORM = { ...HEADER, qformCode: 1, quaternion: [0, 0, 1], qoffset: [10, 20, 30] } as const;

Deno.test("geometryOf() prefers sform to qform to pixdim", () => {
  assertEquals(geometryOf(HEADER, "x").affine, AFFINE);
  geometryOf({ ...QFORM, sformCode: 0 }, "x").affine.forEach((value, n) =>
    assertAlmostEquals(value, AFFINE[n]!, 1e-12)
  );
  const bare = geometryOf({ ...HEADER, sformCode: 0 }, "x");
  assertEquals(bare.affine, scalingAffine([1.5, 1.5, 8]));
  assert(bare.warnings[0]!.includes("orientation is unknown"));
});

Deno.test("geometryOf() turns a quaternion as the standard says, with its handedness", () => {
  // A quarter turn about x: j goes to z, k to -y; pixdim[0] = -1 reverses k.
  const half = Math.SQRT1_2;
  const turned = { ...QFORM, quaternion: [half, 0, 0], pixdim: [-1, 2, 3, 4, 0, 0, 0, 0] } as const;
  const wanted = [2, 0, 0, 10, 0, 0, 4, 20, 0, 3, 0, 30, 0, 0, 0, 1];
  geometryOf(turned, "x", "qform").affine.forEach((value, n) =>
    assertAlmostEquals(value, wanted[n]!, 1e-9)
  );
});

Deno.test("geometryOf() warns where the forms disagree and follows the one asked for", () => {
  const unitSform = { ...QFORM, srow: scalingAffine([-1, -1, 1]).slice(0, 12) };
  const { affine, warnings } = geometryOf(unitSform, "odd.nii");
  assertEquals(affine, scalingAffine([-1, -1, 1]));
  assertEquals(warnings.length, 2);
  assert(warnings[0]!.includes("1 x 1 x 1 mm and its pixdim 1.5 x 1.5 x 8 mm"));
  assert(warnings[1]!.includes("mm apart"));
  assertEquals(geometryOf(unitSform, "x", "pixdim").affine, scalingAffine([-1.5, -1.5, 8]));
  geometryOf(unitSform, "x", "qform").affine.forEach((value, n) =>
    assertAlmostEquals(value, AFFINE[n]!, 1e-12)
  );
  assertEquals(geometryOf(QFORM, "x").warnings, []);
});

Deno.test("geometryOf() gives mm whatever the unit", () => {
  const metres = { ...HEADER, xyztUnits: 1, srow: HEADER.srow.map((value) => value / 1000) };
  geometryOf({ ...metres, pixdim: HEADER.pixdim.map((v) => v / 1000) }, "x").affine
    .forEach((value, n) => assertAlmostEquals(value, AFFINE[n]!, 1e-9));
  assert(geometryOf({ ...HEADER, xyztUnits: 7 }, "x").warnings[0]!.includes("mm is assumed"));
});

Deno.test("geometryOf() refuses a form that is not set and a singular matrix", () => {
  assertThrows(() => geometryOf(HEADER, "x", "qform"), NiftiError, "qform is not set");
  const flat = { ...HEADER, srow: new Array<number>(12).fill(0) };
  assertThrows(() => geometryOf(flat, "x", "sform"), NiftiError, "determinant 0");
  const nowhere = { ...QFORM, sformCode: 0, qoffset: [NaN, 0, 0] } as const;
  assertThrows(() => geometryOf(nowhere, "x"), NiftiError, "wanted a finite number");
});

Deno.test("geometryOf() passes over a singular sform: the qform, or pixdim, is followed, and said", () => {
  const plane = [1, 0, 1, 0, 0, 1, 1, 0, 1, 1, 2, 0]; // the third column is the sum of the others
  for (const srow of [new Array<number>(12).fill(0), plane, new Array<number>(12).fill(NaN)]) {
    for (const choice of [undefined, "auto", "pixdim"] as const) {
      const { affine, warnings } = geometryOf({ ...QFORM, srow }, "zero.nii", choice);
      affine.forEach((value, n) => assertAlmostEquals(value, AFFINE[n]!, 1e-12));
      assertEquals(warnings.length, 1);
      assert(warnings[0]!.startsWith("zero.nii: its sform is singular"), warnings[0]);
      assert(warnings[0]!.includes("the qform is followed"), warnings[0]);
    }
    const bare = geometryOf({ ...HEADER, srow }, "zero.nii");
    assertEquals(bare.affine, scalingAffine([1.5, 1.5, 8]));
    assert(bare.warnings[0]!.includes("the spacing of its pixdim is followed"));
  }
});

Deno.test("geometryOf() says where axes are not at right angles", () => {
  const srow = [...HEADER.srow];
  srow[2] = 4; // the third axis leans half its length along x
  const { affine, warnings } = geometryOf({ ...HEADER, srow }, "sheared.nii");
  assertAlmostEquals(voxelVolumeOf(affine), 1.5 * 1.5 * 8, 1e-12);
  const said = warnings.filter((text) => text.includes("89.4 % of the volume of its spacings"));
  assertEquals(said.length, 1, warnings.join());
});
