import { encodeVoxels } from "./datatype.ts";
import { encodeHeader } from "./encode_header.ts";
import type { NiftiImage } from "./nifti_image.ts";
import { scalingOf } from "./parse_nifti.ts";

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
