import type { NiftiImage } from "./nifti_image.ts";
import {
  type NiftiFrames,
  parseNifti,
  parseNiftiFrames,
  type ReadNiftiOptions,
} from "./parse_nifti.ts";

/**
 * Reads a NIfTI-1 or NIfTI-2 file, `.nii` or `.nii.gz`, of either byte order; see
 * {@linkcode parseNifti}.
 *
 * @throws {NiftiError} If it is not a readable 3-D NIfTI file.
 * @throws {Deno.errors.NotFound} If there is no such file, and other errors of the file system.
 */
export async function readNifti(path: string, options: ReadNiftiOptions = {}): Promise<NiftiImage> {
  return parseNifti(await Deno.readFile(path), path, options);
}

/**
 * Reads all volumes of a NIfTI file; see {@linkcode parseNiftiFrames}.
 *
 * @throws {NiftiError} If it is not a readable NIfTI file of 3-D volumes.
 * @throws {Deno.errors.NotFound} If there is no such file, and other errors of the file system.
 */
export async function readNiftiFrames(
  path: string,
  options: ReadNiftiOptions = {},
): Promise<NiftiFrames> {
  return parseNiftiFrames(await Deno.readFile(path), path, options);
}
