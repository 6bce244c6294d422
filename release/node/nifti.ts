/**
 * NIfTI files, read and written. Loads no tensors.
 *
 * @module
 */
import "./gaps.ts";

export { type Affine, spacingOf, type Volume, type Voxels } from "../../lib/base/volume/volume.ts";
export { voxelVolumeOf } from "../../lib/base/volume/affine.ts";
export {
  type NiftiFrames,
  parseNifti,
  parseNiftiFrames,
  type ReadNiftiOptions,
} from "../../lib/formats/nifti/parse_nifti.ts";
export type { GeometryChoice } from "../../lib/formats/nifti/geometry.ts";
export type { NiftiHeader } from "../../lib/formats/nifti/header.ts";
export { encodeNifti } from "../../lib/formats/nifti/encode_nifti.ts";
export { imageOf, type NiftiImage, withVoxels } from "../../lib/formats/nifti/nifti_image.ts";
export { NiftiError, type NiftiErrorCode } from "../../lib/formats/nifti/nifti_error.ts";
export { readNifti, readNiftiFrames, writeNifti } from "./nifti_files.ts";
