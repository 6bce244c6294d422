/** Small NIfTI files of several kinds. */
import { scalingAffine } from "../../../lib/base/volume/affine.ts";
import type { Voxels } from "../../../lib/base/volume/volume.ts";
import { encodeNifti } from "../../../lib/formats/nifti/encode_nifti.ts";
import { encodeNiftiFrames } from "../../../lib/formats/nifti/encode_nifti_frames.ts";
import type { NiftiHeader } from "../../../lib/formats/nifti/header.ts";
import { imageOf, type NiftiImage } from "../../../lib/formats/nifti/nifti_image.ts";

const SHAPE = [5, 4, 3] as const, COUNT = 60;

/** An image of these voxels, 5 x 4 x 3, its header changed in some fields. */
function image(data: Voxels, change: Partial<NiftiHeader> = {}): NiftiImage {
  const made = imageOf({ data, shape: SHAPE, affine: scalingAffine([1.5, 1.4, 8]) }, "made");
  return { ...made, header: { ...made.header, ...change } };
}

const ramp = Int16Array.from({ length: COUNT }, (_, n) => n * 3 - 40);
const labels = Uint8Array.from({ length: COUNT }, (_, n) => n % 4);

/** An image of int16. */
export const SMALL_IMAGE = encodeNifti(image(ramp));
/** A label map with the codes 0 to 3. */
export const SMALL_LABEL = encodeNifti(image(labels));
/** A mask. */
export const SMALL_MASK = encodeNifti(image(Uint8Array.from(labels, (code) => Number(code === 1))));

/** Files of both versions, both byte orders, several datatypes, one and more volumes. */
export const SMALL_FILES: readonly Uint8Array[] = [
  SMALL_IMAGE,
  SMALL_LABEL,
  encodeNifti(image(Float32Array.from(ramp), { version: 2, littleEndian: false })),
  encodeNifti(image(Float64Array.from(ramp), {
    ...{ datatype: "int16", sclSlope: 0.5, sclInter: 3, qformCode: 1, sformCode: 0 },
    ...{ quaternion: [0.1, 0.2, 0.3] as const, qoffset: [1, 2, 3] as const },
    description: "scaled by a slope",
  })),
  encodeNifti(image(Float64Array.from(labels), { datatype: "int64", version: 2 })),
  encodeNiftiFrames([image(ramp), image(ramp.map((value) => value + 1))]),
  encodeNifti(image(ramp, { extension: new Uint8Array(36).fill(1), littleEndian: false })),
];
