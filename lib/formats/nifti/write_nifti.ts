import { encodeNifti } from "./encode_nifti.ts";
import { NiftiError } from "./nifti_error.ts";
import type { NiftiImage } from "./nifti_image.ts";
import { writeAtomically, type WriteError } from "../files/write_atomically.ts";
import { zlib } from "../../base/deps/zlib.ts";

/**
 * Writes a NIfTI file, gzipped where the path ends in `.gz`. The file appears whole or not at all: it
 * is written under another name in the same folder, then renamed. Gzip carries no time stamp, so that
 * the same image gives the same bytes.
 *
 * @throws {NiftiError} As {@linkcode encodeNifti}, and "write" if the file cannot be written.
 */
export async function writeNifti(path: string, image: NiftiImage): Promise<void> {
  await writeBytes(path, encodeNifti(image, path));
}

/** Writes the bytes of a NIfTI file; as {@linkcode writeNifti}. */
export async function writeBytes(path: string, plain: Uint8Array): Promise<void> {
  const bytes = path.toLowerCase().endsWith(".gz") ? zlib().gzipSync(plain, { level: 6 }) : plain;
  try {
    await writeAtomically(path, bytes);
  } catch (error) {
    const { message, cause = error } = error as WriteError;
    throw new NiftiError("write", message, { cause });
  }
}
