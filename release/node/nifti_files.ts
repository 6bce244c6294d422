/** NIfTI files on disk by Node's own functions, in the place of those that ask Deno. */
import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { messageOf } from "../../lib/base/text/message_of.ts";
import { encodeNifti } from "../../lib/formats/nifti/encode_nifti.ts";
import { NiftiError } from "../../lib/formats/nifti/nifti_error.ts";
import type { NiftiImage } from "../../lib/formats/nifti/nifti_image.ts";
import {
  type NiftiFrames,
  parseNifti,
  parseNiftiFrames,
  type ReadNiftiOptions,
} from "../../lib/formats/nifti/parse_nifti.ts";

/**
 * Reads a NIfTI-1 or NIfTI-2 file, `.nii` or `.nii.gz`, of either byte order; see
 * {@linkcode parseNifti}.
 *
 * @throws {NiftiError} If it is not a readable 3-D NIfTI file.
 * @throws {Error} Of Node, with a `code` as `ENOENT`, if the file cannot be read.
 */
export async function readNifti(path: string, options: ReadNiftiOptions = {}): Promise<NiftiImage> {
  return parseNifti(await readFile(path), path, options);
}

/**
 * Reads all volumes of a NIfTI file; see {@linkcode parseNiftiFrames}.
 *
 * @throws {NiftiError} If it is not a readable NIfTI file of 3-D volumes.
 * @throws {Error} Of Node, with a `code` as `ENOENT`, if the file cannot be read.
 */
export async function readNiftiFrames(
  path: string,
  options: ReadNiftiOptions = {},
): Promise<NiftiFrames> {
  return parseNiftiFrames(await readFile(path), path, options);
}

/**
 * Writes a NIfTI file, gzipped where the path ends in `.gz`. The file appears whole or not at all: it is
 * written under another name in the same folder, then renamed.
 *
 * @throws {NiftiError} As {@linkcode encodeNifti}, and "write" if the file cannot be written.
 */
export async function writeNifti(path: string, image: NiftiImage): Promise<void> {
  const plain = encodeNifti(image, path);
  const bytes = path.toLowerCase().endsWith(".gz") ? gzipSync(plain, { level: 6 }) : plain;
  const neighbour = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = await open(neighbour, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(neighbour, path);
  } catch (cause) {
    await rm(neighbour, { force: true });
    throw new NiftiError("write", `Cannot write ${path}: ${messageOf(cause)}`, { cause });
  }
}
