import { DATATYPES, decodeVoxels } from "./datatype.ts";
import { type GeometryChoice, geometryOf } from "./geometry.ts";
import { assertOneFrame, type GridLayout, gridLayout } from "./grid_layout.ts";
import { gunzipUpTo, inflateFirst, isGzip, MOST_INFLATION } from "./gunzip.ts";
import {
  HEAD_BYTES,
  HEADER_BYTES,
  type HeaderFields,
  type NiftiHeader,
  parseHeader,
} from "./header.ts";
import { NiftiError } from "./nifti_error.ts";
import type { NiftiImage } from "./nifti_image.ts";
import type { Volume, Voxels } from "../../base/volume/volume.ts";

/** How to read a NIfTI file. */
export interface ReadNiftiOptions {
  /** Which part of the header gives the geometry; absent: "auto", sform over qform over pixdim. */
  readonly geometry?: GeometryChoice;
}

/** The volumes of a file that holds several, all on one grid: the times of a cine, or channels. */
export interface NiftiFrames<T extends Voxels = Voxels> {
  /** One or more, in the file's order. They are views of one array. */
  readonly volumes: readonly Volume<T>[];
  /** All fields of the file. */
  readonly header: NiftiHeader;
  /** As a {@linkcode NiftiImage}'s. */
  readonly warnings: readonly string[];
}

/**
 * Reads the bytes of a NIfTI-1 or NIfTI-2 file, gzipped or not.
 *
 * Voxels come in the array of their datatype (int64 and uint64 as float64), or as float64 where the
 * header scales them (scl_slope, scl_inter). Any dimension above the third must be of size 1. What
 * the header promises is compared with what the file can hold before room is made for it, and no more
 * than that is inflated.
 *
 * @param bytes The whole file.
 * @param name The file's name, for messages.
 * @throws {NiftiError} With code "gzip", "magic", "header", "dimensions", "datatype", "truncated",
 * "memory", "value" (64-bit whole number beyond 2^53) or "geometry".
 */
export function parseNifti(
  bytes: Uint8Array,
  name: string,
  options: ReadNiftiOptions = {},
): NiftiImage {
  const { volumes, header, warnings } = parse(bytes, name, options, assertOneFrame);
  return { volume: volumes[0]!, header, warnings };
}

/**
 * Reads the bytes of a NIfTI file of one or more volumes on one grid: its fourth axis, or the fifth
 * where the fourth is 1 and the intent is a vector. Otherwise as {@linkcode parseNifti}.
 *
 * @example Two channels of 2 x 2 x 1 voxels
 * ```ts
 * import { parseNiftiFrames } from "./parse_nifti.ts";
 * import { imageOf } from "./nifti_image.ts";
 * import { encodeNiftiFrames } from "./encode_nifti_frames.ts";
 * import { scalingAffine } from "../../base/volume/affine.ts";
 *
 * const grid = { shape: [2, 2, 1], affine: scalingAffine([1, 1, 8]) } as const;
 * const [first, second] = [1, 2].map((value) =>
 *   imageOf({ data: new Uint8Array(4).fill(value), ...grid })
 * );
 * const { volumes } = parseNiftiFrames(encodeNiftiFrames([first!, second!]), "two.nii");
 * if (volumes.length !== 2 || volumes[1]!.data[0] !== 2) throw new Error("wanted two");
 * ```
 */
export function parseNiftiFrames(
  bytes: Uint8Array,
  name: string,
  options: ReadNiftiOptions = {},
): NiftiFrames {
  return parse(bytes, name, options, () => {});
}

/**
 * Bytes, uncompressed, that the header of a file promises up to its last voxel.
 *
 * @throws {NiftiError} As {@linkcode parseNiftiFrames}, where the header is to blame.
 */
export function promisedLength(bytes: Uint8Array, name: string): number {
  const { end, voxelOffset, layout, fields } = promise(bytes, name);
  const mayHold = isGzip(bytes) ? bytes.length * MOST_INFLATION : bytes.length;
  assertHolds(mayHold - voxelOffset, layout, fields, name);
  return end;
}

/** What a header promises. */
function promise(bytes: Uint8Array, name: string) {
  const head = isGzip(bytes)
    ? inflateFirst(bytes, HEAD_BYTES, name)
    : bytes.subarray(0, HEAD_BYTES);
  const { header: fields, voxelOffset } = parseHeader(head, name);
  const layout = gridLayout(fields, name);
  return { fields, voxelOffset, layout, end: voxelOffset + layout.bytes };
}

/** @param check Fails where the layout is not what is wanted. */
function parse(
  bytes: Uint8Array,
  name: string,
  options: ReadNiftiOptions,
  check: (layout: GridLayout, name: string) => void,
): NiftiFrames {
  const gzipped = isGzip(bytes);
  const { fields, voxelOffset, layout, end } = promise(bytes, name);
  check(layout, name);
  const mayHold = gzipped ? bytes.length * MOST_INFLATION : bytes.length;
  assertHolds(mayHold - voxelOffset, layout, fields, name);
  const { plain, more } = gzipped
    ? gunzipUpTo(bytes, end, name)
    : { plain: bytes.subarray(0, end), more: bytes.length > end };
  assertHolds(plain.length - voxelOffset, layout, fields, name);
  const header = { ...fields, extension: plain.slice(HEADER_BYTES[fields.version], voxelOffset) };
  const { affine, warnings } = geometryOf(header, name, options.geometry);
  if (more) warnings.push(moreThanPromised(name));
  const count = layout.bytes / DATATYPES[header.datatype].bytes;
  const data = withinMemory(header, layout, name, () => {
    const stored = plain.subarray(voxelOffset);
    return scaled(decodeVoxels(stored, count, header.datatype, header.littleEndian, name), header);
  });
  const size = count / layout.frames;
  const volumes = Array.from({ length: layout.frames }, (_, n) => ({
    data: layout.frames === 1 ? data : data.subarray(n * size, (n + 1) * size),
    shape: layout.shape,
    affine,
  }));
  return { volumes, header, warnings };
}

/** What is said of a file that goes on behind its last voxel. */
export function moreThanPromised(name: string): string {
  return `${name}: goes on behind the voxels that its header tells of; the rest is passed over`;
}

function assertHolds(
  length: number,
  { shape, frames, bytes }: GridLayout,
  { datatype }: HeaderFields,
  name: string,
): void {
  if (length >= bytes) return;
  const sizes = frames === 1 ? shape : [...shape, frames];
  throw new NiftiError(
    "truncated",
    `Cannot open ${name}: it holds ${Math.max(0, length)} bytes of voxels, wanted ${bytes} for ${
      sizes.join(" x ")
    } ${datatype}`,
  );
}

/** Runs what allocates the voxels; its RangeError, where there is no room, becomes a NiftiError. */
function withinMemory<T>(
  { datatype }: NiftiHeader,
  { shape, frames }: GridLayout,
  name: string,
  decode: () => T,
): T {
  try {
    return decode();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new NiftiError(
      "memory",
      `Cannot open ${name}: ${
        [...shape, frames].join(" x ")
      } voxels of ${datatype} do not fit into ` +
        `memory (${cause.message})`,
      { cause },
    );
  }
}

/** The header's scaling; identity where its slope is 0 or not finite, as the standard says. */
export function scalingOf(header: NiftiHeader): { slope: number; inter: number } {
  const { sclSlope: slope, sclInter: inter } = header;
  if (slope === 0 || !Number.isFinite(slope)) return { slope: 1, inter: 0 };
  return { slope, inter: Number.isFinite(inter) ? inter : 0 };
}

function scaled(voxels: Voxels, header: NiftiHeader): Voxels {
  const { slope, inter } = scalingOf(header);
  if (slope === 1 && inter === 0) return voxels;
  return Float64Array.from(voxels, (value) => value * slope + inter);
}
