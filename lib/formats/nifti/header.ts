/** The header of a NIfTI file as a plain object, enough to write the same file again. */
import type { NiftiDatatype } from "../../names.ts";
import {
  isNIFTI,
  isNIFTI1,
  type NIFTI1,
  type NIFTI2,
  readHeader,
} from "../../base/deps/nifti_reader.ts";
import { datatypeOf } from "./datatype.ts";
import { NiftiError } from "./nifti_error.ts";
import { otherFormat } from "./other_format.ts";

/** Fields of the NIfTI standard (nifti1.h, nifti2.h), under plain names. */
export interface NiftiHeader {
  /** NIfTI-1 (348-byte header) or NIfTI-2 (540-byte header). */
  readonly version: 1 | 2;
  /** Byte order of header and voxels. */
  readonly littleEndian: boolean;
  /** Datatype of the stored voxels, before scaling. */
  readonly datatype: NiftiDatatype;
  /** All eight numbers: count of dimensions, then sizes. */
  readonly dim: readonly number[];
  /** All eight numbers: the qform's handedness (-1 or 1), then spacings in the file's own unit. */
  readonly pixdim: readonly number[];
  /** voxel = stored * slope + inter, where slope is finite and not 0. */
  readonly sclSlope: number;
  /** See `sclSlope`. */
  readonly sclInter: number;
  /** 0 where there is no qform. */
  readonly qformCode: number;
  /** Quaternion b, c, d. */
  readonly quaternion: readonly [number, number, number];
  /** Offsets x, y, z. */
  readonly qoffset: readonly [number, number, number];
  /** 0 where there is no sform. */
  readonly sformCode: number;
  /** The sform's 3 x 4 matrix by rows. */
  readonly srow: readonly number[];
  /** Units of space (1 m, 2 mm, 3 um, 0 unknown) and time, as the standard packs them. */
  readonly xyztUnits: number;
  /** Lower end of the display range. */
  readonly calMin: number;
  /** Its upper end. */
  readonly calMax: number;
  /** First slice of the order of acquisition, from 0. */
  readonly sliceStart: number;
  /** Last slice of that order. */
  readonly sliceEnd: number;
  /** That order, as the standard numbers it; 0 unknown. */
  readonly sliceCode: number;
  /** Time a slice, in the file's own unit. */
  readonly sliceDuration: number;
  /** Time of the first volume, in the file's own unit. */
  readonly toffset: number;
  /** Axes of frequency, phase and slice, packed by two bits. */
  readonly dimInfo: number;
  /** What voxels mean, as the standard numbers it; 0 nothing said. */
  readonly intentCode: number;
  /** What some intents need. */
  readonly intentParameters: readonly [number, number, number];
  /** At most 15 bytes. */
  readonly intentName: string;
  /** At most 79 bytes. */
  readonly description: string;
  /** At most 23 bytes. */
  readonly auxFile: string;
  /** The bytes between header and voxels (extender and extensions), kept as they are. */
  readonly extension: Uint8Array;
}

/** The header without what lies between it and the voxels. */
export type HeaderFields = Omit<NiftiHeader, "extension">;

/** Length of the header proper in bytes. */
export const HEADER_BYTES = { 1: 348, 2: 540 } as const;

/** As many bytes hold the header of either version, and the four that tell of extensions. */
export const HEAD_BYTES = 544;

/**
 * Reads the header at the start of an uncompressed single-file NIfTI.
 *
 * @param bytes The file, or its first {@linkcode HEAD_BYTES}.
 * @throws {NiftiError} "magic" if it is not such a file, "header" if a field makes no sense,
 * "datatype" if the voxels are not real numbers, "truncated" if the header is cut short.
 */
export function parseHeader(
  bytes: Uint8Array,
  file: string,
): { header: HeaderFields; voxelOffset: number } {
  // As long as the longest header: the library looks behind the shorter one, where a file may end.
  const padded = new Uint8Array(HEAD_BYTES), { buffer } = padded;
  padded.set(bytes.subarray(0, HEAD_BYTES));
  const other = isNIFTI(buffer) ? undefined : otherFormat(bytes);
  if (other !== undefined) throw new NiftiError("magic", `Cannot open ${file}: ${other}`);
  if (bytes.length < HEADER_BYTES[1]) {
    throw new NiftiError(
      "truncated",
      `Cannot open ${file}: it has ${bytes.length} bytes, wanted a NIfTI header of at least 348`,
    );
  }
  if (!isNIFTI(buffer)) {
    throw new NiftiError(
      "magic",
      `Cannot open ${file}: it is not a NIfTI file (magic number "n+1" or "n+2" not found)`,
    );
  }
  if (!isNIFTI1(buffer) && bytes.length < HEADER_BYTES[2]) {
    throw new NiftiError(
      "truncated",
      `Cannot open ${file}: it has ${bytes.length} bytes, wanted a NIfTI-2 header of 540`,
    );
  }
  // The library reads extensions too, and gives up at odd ones: it is told that there are none. They
  // are kept as bytes.
  new Uint8Array(buffer).fill(0, HEADER_BYTES[isNIFTI1(buffer) ? 1 : 2]);
  let raw: NIFTI1 | NIFTI2;
  try {
    raw = readHeader(buffer);
  } catch (cause) {
    throw new NiftiError(
      "header",
      `Cannot open ${file}: its NIfTI header is damaged (${(cause as Error).message})`,
      { cause },
    );
  }
  const version = "quatern_a" in raw ? 1 : 2;
  const voxelOffset = raw.vox_offset;
  if (!Number.isInteger(voxelOffset) || voxelOffset < HEADER_BYTES[version]) {
    throw new NiftiError(
      "header",
      `Cannot open ${file}: its voxels start at byte ${voxelOffset}, wanted ${
        HEADER_BYTES[version]
      } or more`,
    );
  }
  const header: HeaderFields = {
    version,
    littleEndian: raw.littleEndian,
    datatype: datatypeOf(raw.datatypeCode, file),
    dim: [...raw.dims],
    pixdim: [...raw.pixDims],
    sclSlope: raw.scl_slope,
    sclInter: raw.scl_inter,
    qformCode: raw.qform_code,
    quaternion: [raw.quatern_b, raw.quatern_c, raw.quatern_d],
    qoffset: [raw.qoffset_x, raw.qoffset_y, raw.qoffset_z],
    sformCode: raw.sform_code,
    srow: readSrow(buffer, version, raw.littleEndian),
    xyztUnits: raw.xyzt_units,
    calMin: raw.cal_min,
    calMax: raw.cal_max,
    sliceStart: raw.slice_start,
    sliceEnd: raw.slice_end,
    sliceCode: raw.slice_code,
    sliceDuration: raw.slice_duration,
    toffset: raw.toffset,
    dimInfo: raw.dim_info,
    intentCode: raw.intent_code,
    intentParameters: [raw.intent_p1, raw.intent_p2, raw.intent_p3],
    // a field filled to its last byte lacks the closing zero
    intentName: raw.intent_name.slice(0, 15),
    description: raw.description.slice(0, 79),
    auxFile: raw.aux_file.slice(0, 23),
  };
  return { header, voxelOffset };
}

/** nifti-reader-js keeps the sform only where it prefers it over the qform, so read it here. */
function readSrow(buffer: ArrayBuffer, version: 1 | 2, little: boolean): number[] {
  const view = new DataView(buffer);
  return Array.from(
    { length: 12 },
    (_, n) =>
      version === 1 ? view.getFloat32(280 + 4 * n, little) : view.getFloat64(400 + 8 * n, little),
  );
}
