/**
 * NIfTI files, read and written: `tandem/nifti`. Loads no tensors.
 *
 * @module
 */
export { scalingAffine } from "../../base/volume/affine.ts";
export { type Affine, spacingOf, type Volume, type Voxels } from "../../base/volume/volume.ts";
export {
  type NiftiFrames,
  parseNifti,
  parseNiftiFrames,
  type ReadNiftiOptions,
} from "./parse_nifti.ts";
export { readNifti, readNiftiFrames } from "./read_nifti.ts";
export { type FileGrid, readGrid, type ReadGridOptions } from "./read_grid.ts";
export type { GeometryChoice } from "./geometry.ts";
export type { NiftiHeader } from "./header.ts";
export { encodeNifti } from "./encode_nifti.ts";
export { encodeNiftiFrames } from "./encode_nifti_frames.ts";
export { writeNiftiFrames } from "./write_nifti_frames.ts";
export { writeNifti } from "./write_nifti.ts";
export { imageOf, type NiftiGrid, type NiftiImage, withVoxels } from "./nifti_image.ts";
export { NiftiError, type NiftiErrorCode } from "./nifti_error.ts";
