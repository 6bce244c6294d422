import { encodeVoxels } from "./datatype.ts";
import { encodeHeader } from "./encode_header.ts";
import { NiftiError } from "./nifti_error.ts";
import type { NiftiImage } from "./nifti_image.ts";
import { scalingOf } from "./read_nifti.ts";
import { basename, dirname, join } from "../../base/deps/std.ts";
import { zlib } from "../../base/deps/zlib.ts";

/**
 * The bytes of an uncompressed NIfTI file, in the header's own version, byte order, datatype and
 * scaling. The same image gives the same bytes.
 *
 * @param name The file's name, for messages.
 * @throws {TypeError} If the volume's shape is not the header's.
 * @throws {NiftiError} "value" if a voxel does not fit the datatype, "header" if a text does not fit.
 */
export function encodeNifti(image: NiftiImage, name = "a NIfTI image"): Uint8Array {
  const { volume, header } = image;
  const declared = [1, 2, 3].map((n) => n <= header.dim[0]! ? header.dim[n]! : 1);
  const count = volume.shape[0] * volume.shape[1] * volume.shape[2];
  if (declared.some((n, axis) => n !== volume.shape[axis]) || volume.data.length !== count) {
    throw new TypeError(
      `Cannot write ${name}: its header says ${declared.join(" x ")} and its volume is ${
        volume.shape.join(" x ")
      } with ${volume.data.length} voxels`,
    );
  }
  const head = encodeHeader(header, name);
  const body = encodeVoxels(
    volume.data,
    header.datatype,
    header.littleEndian,
    scalingOf(header),
    name,
  );
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

/**
 * Writes a NIfTI file, gzipped where the path ends in `.gz`. The file appears whole or not at all: it
 * is written under another name in the same folder, then renamed. Gzip carries no time stamp, so that
 * the same image gives the same bytes.
 *
 * @throws {NiftiError} As {@linkcode encodeNifti}, and "write" if the file cannot be written.
 */
export async function writeNifti(path: string, image: NiftiImage): Promise<void> {
  const plain = encodeNifti(image, path);
  const bytes = path.toLowerCase().endsWith(".gz") ? zlib().gzipSync(plain, { level: 6 }) : plain;
  const temporary = join(dirname(path), `.${basename(path)}.${Deno.pid}.part`);
  try {
    await Deno.writeFile(temporary, bytes);
    await Deno.rename(temporary, path);
  } catch (cause) {
    await Deno.remove(temporary).catch(() => {});
    throw new NiftiError("write", `Cannot write ${path}: ${(cause as Error).message}`, { cause });
  }
}
