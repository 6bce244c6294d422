import { encodeNifti } from "./encode_nifti.ts";
import { encodeHeader } from "./encode_header.ts";
import { encodeVoxels } from "./datatype.ts";
import type { NiftiImage } from "./nifti_image.ts";
import { scalingOf } from "./parse_nifti.ts";

/**
 * The bytes of an uncompressed NIfTI file that holds images along its fourth axis, with the header of
 * the first; `parseNiftiFrames` reads them. One image alone is written as {@linkcode encodeNifti} does.
 *
 * @param name The file's name, for messages.
 * @throws {TypeError} If their shapes or datatypes differ.
 * @throws {NiftiError} As {@linkcode encodeNifti}.
 */
export function encodeNiftiFrames(
  images: readonly [NiftiImage, ...NiftiImage[]],
  name = "a NIfTI image",
): Uint8Array {
  const [{ header, volume }] = images;
  if (images.length === 1) return encodeNifti(images[0], name);
  const kindOf = (image: NiftiImage) =>
    `${image.volume.shape.join(" x ")} ${image.header.datatype}`;
  for (const [n, image] of images.entries()) {
    if (kindOf(image) === kindOf(images[0])) continue;
    throw new TypeError(
      `Cannot write ${name}: image ${n + 1} is ${kindOf(image)}, the first ${kindOf(images[0])}`,
    );
  }
  const head = encodeHeader({
    ...header,
    dim: [4, ...volume.shape, images.length, 1, 1, 1],
    pixdim: header.pixdim.with(4, 1),
  }, name);
  const bodies = images.map((image) =>
    encodeVoxels(
      image.volume.data,
      header.datatype,
      header.littleEndian,
      scalingOf(header),
      name,
    )
  );
  const bytes = new Uint8Array(head.length + bodies.length * bodies[0]!.length);
  bytes.set(head);
  bodies.forEach((body, n) => bytes.set(body, head.length + n * body.length));
  return bytes;
}
