import { encodeNiftiFrames } from "./encode_nifti_frames.ts";
import type { NiftiImage } from "./nifti_image.ts";
import { writeBytes } from "./write_nifti.ts";

/**
 * Writes images along the fourth axis of one NIfTI file, with the header of the first; otherwise as
 * `writeNifti`.
 *
 * @throws {TypeError} If their shapes or datatypes differ.
 * @throws {NiftiError} As `writeNifti`.
 */
export async function writeNiftiFrames(
  path: string,
  images: readonly [NiftiImage, ...NiftiImage[]],
): Promise<void> {
  await writeBytes(path, encodeNiftiFrames(images, path));
}
