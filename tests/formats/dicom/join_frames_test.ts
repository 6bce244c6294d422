import { assertEquals, assertThrows } from "../../deps.ts";
import { DicomError } from "../../../lib/formats/dicom/dicom_error.ts";
import { joinFrames } from "../../../lib/formats/dicom/join_frames.ts";
import { imageOf } from "../../../lib/formats/nifti/nifti_image.ts";
import { parseNiftiFrames } from "../../../lib/formats/nifti/parse_nifti.ts";
import { encodeNifti } from "../../../lib/formats/nifti/encode_nifti.ts";
import { scalingAffine } from "../../../lib/base/volume/affine.ts";

const frame = (value: number, spacing = 2) =>
  encodeNifti(imageOf({
    data: new Int16Array(6).fill(value),
    shape: [3, 2, 1],
    affine: scalingAffine([spacing, 2, 8]),
  }));

Deno.test("joinFrames() puts volumes behind one another on their grid", () => {
  const joined = joinFrames([frame(5), frame(3), frame(4)], 40, "cine");
  const { volumes, header } = parseNiftiFrames(joined, "cine");
  assertEquals(volumes.map(({ data }) => [...new Set(data)]), [[5], [3], [4]]);
  assertEquals(volumes[0]!.affine, scalingAffine([2, 2, 8]));
  assertEquals(header.pixdim[4], Math.fround(0.04));
});

Deno.test("joinFrames() refuses another grid, and names the time", () => {
  assertThrows(
    () => joinFrames([frame(5), frame(3), frame(4, 2.5)], 40, "cine"),
    DicomError,
    "cine: time 3 of 3 lies on another grid",
  );
});
