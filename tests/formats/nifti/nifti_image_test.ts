import { assertEquals, assertThrows } from "../../deps.ts";
import { NiftiError } from "../../../lib/formats/nifti/nifti_error.ts";
import { assertFinite, imageOf, withVoxels } from "../../../lib/formats/nifti/nifti_image.ts";
import { parseNifti } from "../../../lib/formats/nifti/parse_nifti.ts";
import { encodeNifti } from "../../../lib/formats/nifti/encode_nifti.ts";
import { IDENTITY_AFFINE } from "../../base/volume/identity_affine.ts";

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

Deno.test("withVoxels() stores label codes in their own array's datatype, geometry kept to the bit", () => {
  const srow = [-1.37, 0.2, 0, 11.3, 0.1, 1.4, 0, -7, 0, 0, 0.0081, 3.1].map(Math.fround);
  const header = {
    ...IMAGE.header,
    ...{ sformCode: 2, qformCode: 4, quaternion: [0, 0, 1] as const, xyztUnits: 1 + 8, srow },
  };
  const parts = (
    bytes: Uint8Array,
  ) => [bytes.slice(40, 70), bytes.slice(76, 108), bytes.slice(123, 124), bytes.slice(252, 328)];
  const source = encodeNifti({ ...IMAGE, header });
  for (
    const [array, code, size] of [[Uint16Array, 512, 2], [Int16Array, 4, 2], [Int32Array, 8, 4]]
  ) {
    const codes = new (array as typeof Int32Array)(24).fill(500, 3, 7);
    const bytes = encodeNifti(withVoxels(parseNifti(source, "source.nii"), codes));
    assertEquals(parts(bytes), parts(source));
    assertEquals(bytes[70]! + 256 * bytes[71]!, code);
    assertEquals(bytes.length, 352 + 24 * (size as number));
    assertEquals(parseNifti(bytes, "labels.nii").volume.data, codes);
  }
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
