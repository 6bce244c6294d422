/**
 * NIfTI files, read and written: `tandem/nifti`. Loads no tensors.
 *
 * @module
 */
export { type Affine, spacingOf, type Volume, type Voxels } from "../../base/volume/volume.ts";
export {
  type NiftiFrames,
  parseNifti,
  parseNiftiFrames,
  readNifti,
  readNiftiFrames,
  type ReadNiftiOptions,
} from "./read_nifti.ts";
export { type FileGrid, readGrid, type ReadGridOptions } from "./read_grid.ts";
export type { GeometryChoice } from "./geometry.ts";
export type { NiftiHeader } from "./header.ts";
export { encodeNifti, writeNifti } from "./write_nifti.ts";
export { imageOf, type NiftiImage, withVoxels } from "./nifti_image.ts";
export { NiftiError, type NiftiErrorCode } from "./nifti_error.ts";
