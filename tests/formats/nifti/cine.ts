import { encodeHeader } from "../../../lib/formats/nifti/encode_header.ts";
import type { NiftiHeader } from "../../../lib/formats/nifti/header.ts";
import { imageOf } from "../../../lib/formats/nifti/nifti_image.ts";
import { scalingAffine } from "../../../lib/base/volume/affine.ts";

/** A NIfTI file of uint8 voxels 0, 1, 2, … under a dim field of any number of dimensions. */
export function cine(dim: readonly number[], fields: Partial<NiftiHeader> = {}): Uint8Array {
  const affine = scalingAffine([-1.5, -1.25, 8], [10, 20, 30]);
  const { header } = imageOf({ data: new Uint8Array(1), shape: [1, 1, 1], affine });
  const head = encodeHeader({ ...header, dim, ...fields }, "cine.nii");
  const count = dim.slice(1, 1 + dim[0]!).reduce((product, size) => product * size, 1);
  return Uint8Array.from([...head, ...Array.from({ length: count }, (_, n) => n % 256)]);
}
