import { assertEquals, assertThrows } from "../../deps.ts";
import { NiftiError } from "../../../lib/formats/nifti/nifti_error.ts";
import { assertFinite, imageOf, withVoxels } from "../../../lib/formats/nifti/nifti_image.ts";
import { IDENTITY_AFFINE } from "../../../lib/base/volume/affine.ts";

const IMAGE = imageOf(
  { data: new Int16Array(24), shape: [4, 3, 2], affine: IDENTITY_AFFINE },
  "source",
);

Deno.test("withVoxels() keeps geometry and texts and resets what belonged to the voxels", () => {
  const source = { ...IMAGE, header: { ...IMAGE.header, sclSlope: 2, sclInter: 1, calMax: 9 } };
  const { volume, header } = withVoxels(source, new Uint8Array(24).fill(3));
  assertEquals(header, { ...IMAGE.header, datatype: "uint8" });
  assertEquals([volume.affine, volume.data[0]], [IDENTITY_AFFINE, 3]);
  assertEquals(withVoxels(source, new Float64Array(24)).header.datatype, "float64");
  assertThrows(() => withVoxels(IMAGE, new Uint8Array(23)), TypeError, "got 23");
});

Deno.test("assertFinite() names the first voxel that is not finite", () => {
  const data = new Float32Array(24);
  const volume = { ...IMAGE.volume, data };
  assertFinite(volume, "case");
  data[17] = NaN;
  data[20] = Infinity;
  assertThrows(
    () => assertFinite(volume, "case.nii"),
    NiftiError,
    "case.nii: 2 of its 24 voxels are not finite, the first (NaN) at (1, 1, 1)",
  );
});
