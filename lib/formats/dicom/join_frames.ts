import { DATATYPES } from "../nifti/datatype.ts";
import { encodeHeader } from "../nifti/encode_header.ts";
import { HEAD_BYTES, HEADER_BYTES, type NiftiHeader, parseHeader } from "../nifti/header.ts";
import { DicomError } from "./dicom_error.ts";

/**
 * One 4-D NIfTI file of 3-D ones that lie on one grid, in their order.
 *
 * @param frames Uncompressed NIfTI files, one or more.
 * @param stepMs Between their times.
 * @throws {DicomError} ("convert") If their grids, datatypes or scalings differ.
 */
export function joinFrames(
  frames: readonly Uint8Array[],
  stepMs: number,
  name: string,
): Uint8Array {
  const parsed = frames.map((bytes) => parseHeader(bytes.subarray(0, HEAD_BYTES), name));
  const first = parsed[0]!;
  const gridOf = ({ header: { dim, pixdim, srow, datatype, sclSlope, sclInter } }: typeof first) =>
    JSON.stringify([dim, pixdim.slice(0, 4), srow, datatype, sclSlope, sclInter]);
  const [, ni = 1, nj = 1, nk = 1] = first.header.dim;
  const size = ni * nj * nk * DATATYPES[first.header.datatype].bytes;
  const odd = parsed.findIndex((one, n) =>
    gridOf(one) !== gridOf(first) || frames[n]!.length < one.voxelOffset + size
  );
  if (odd >= 0) {
    throw new DicomError(
      "convert",
      `Cannot make NIfTI of ${name}: time ${
        odd + 1
      } of ${frames.length} lies on another grid than the ` +
        "first, or is scaled in another way",
    );
  }
  const header: NiftiHeader = {
    ...first.header,
    dim: [4, ni, nj, nk, frames.length, 1, 1, 1],
    pixdim: first.header.pixdim.with(4, stepMs / 1000),
    extension: frames[0]!.slice(HEADER_BYTES[first.header.version], first.voxelOffset),
  };
  const head = encodeHeader(header, name);
  const joined = new Uint8Array(head.length + frames.length * size);
  joined.set(head);
  frames.forEach((bytes, n) => {
    const at = parsed[n]!.voxelOffset;
    joined.set(bytes.subarray(at, at + size), head.length + n * size);
  });
  return joined;
}
