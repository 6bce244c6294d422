import { assertEquals, assertThrows } from "../../deps.ts";
import { encodeNifti } from "../../../lib/formats/nifti/encode_nifti.ts";
import { encodeNiftiFrames } from "../../../lib/formats/nifti/encode_nifti_frames.ts";
import { imageOf } from "../../../lib/formats/nifti/nifti_image.ts";
import { parseNiftiFrames } from "../../../lib/formats/nifti/parse_nifti.ts";
import { scalingAffine } from "../../../lib/base/volume/affine.ts";

const affine = scalingAffine([1, 2, 3], [4, 5, 6]);
const image = (first: number, shape: readonly [number, number, number] = [2, 1, 2]) =>
  imageOf({ data: Int16Array.from({ length: 4 }, (_, n) => first + n), shape, affine });

Deno.test("encodeNiftiFrames() writes images along the fourth axis", () => {
  const { volumes, header } = parseNiftiFrames(encodeNiftiFrames([image(10), image(20)]), "two");
  assertEquals(volumes.map(({ data }) => [...data]), [[10, 11, 12, 13], [20, 21, 22, 23]]);
  assertEquals([volumes[1]!.affine, volumes[1]!.shape], [affine, [2, 1, 2]]);
  assertEquals(header.dim.slice(0, 5), [4, 2, 1, 2, 2]);
});

Deno.test("encodeNiftiFrames() writes one image as encodeNifti() does", () => {
  assertEquals(encodeNiftiFrames([image(10)]), encodeNifti(image(10)));
});

Deno.test("encodeNiftiFrames() refuses images of two kinds", () => {
  const bytes = imageOf({ data: new Uint8Array(4), shape: [2, 1, 2], affine });
  for (const other of [image(1, [1, 2, 2]), bytes]) {
    assertThrows(() => encodeNiftiFrames([image(1), other], "x.nii"), TypeError, "x.nii: image 2");
  }
});
