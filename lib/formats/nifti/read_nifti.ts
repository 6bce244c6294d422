import { gunzipSync } from "node:zlib";
import { DATATYPES, decodeVoxels } from "./datatype.ts";
import { type GeometryChoice, geometryOf } from "./geometry.ts";
import { type NiftiHeader, parseHeader } from "./header.ts";
import { NiftiError } from "./nifti_error.ts";
import type { NiftiImage } from "./nifti_image.ts";
import type { Voxels } from "../../base/volume/volume.ts";

/** How to read a NIfTI file. */
export interface ReadNiftiOptions {
  /** Which part of the header gives the geometry; absent: sform over qform over pixdim. */
  readonly geometry?: GeometryChoice;
}

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
 * Reads the bytes of a NIfTI-1 or NIfTI-2 file, gzipped or not.
 *
 * Voxels come in the array of their datatype (int64 and uint64 as float64), or as float64 where the
 * header scales them (scl_slope, scl_inter). Any dimension above the third must be of size 1.
 *
 * @param bytes The whole file.
 * @param name The file's name, for messages.
 * @throws {NiftiError} With code "gzip", "magic", "header", "dimensions", "datatype", "truncated",
 * "value" (64-bit whole number beyond 2^53) or "geometry".
 */
export function parseNifti(
  bytes: Uint8Array,
  name: string,
  options: ReadNiftiOptions = {},
): NiftiImage {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzip(bytes, name) : bytes;
  const { header, voxelOffset } = parseHeader(plain, name);
  const shape = shapeOf(header, name);
  const count = shape[0] * shape[1] * shape[2];
  const wanted = count * DATATYPES[header.datatype].bytes;
  const stored = plain.subarray(voxelOffset);
  if (stored.length < wanted) {
    throw new NiftiError(
      "truncated",
      `Cannot read ${name}: it holds ${stored.length} bytes of voxels, wanted ${wanted} for ${
        shape.join(" x ")
      } ${header.datatype}`,
    );
  }
  const { affine, warnings } = geometryOf(header, name, options.geometry);
  const raw = decodeVoxels(stored, count, header.datatype, header.littleEndian, name);
  return { volume: { data: scaled(raw, header), shape, affine }, header, warnings };
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

function shapeOf(header: NiftiHeader, name: string): [number, number, number] {
  const [count, ...sizes] = header.dim as [number, ...number[]];
  const used = sizes.slice(0, count);
  const sane = count >= 1 && count <= 7 && used.every((size) => Number.isInteger(size) && size > 0);
  if (!sane) {
    throw new NiftiError(
      "header",
      `Cannot read ${name}: its dim field is [${
        header.dim.join(", ")
      }], wanted a count from 1 to 7 and sizes more than 0`,
    );
  }
  if (used.slice(3).some((size) => size > 1)) {
    throw new NiftiError(
      "dimensions",
      `Cannot read ${name}: it has ${count} dimensions (${
        used.join(" x ")
      }), wanted a 3-D volume; write one file a frame`,
    );
  }
  return [used[0]!, used[1] ?? 1, used[2] ?? 1];
}

function gunzip(bytes: Uint8Array, name: string): Uint8Array {
  try {
    // A plain view: slices of a Node Buffer would share its memory.
    const { buffer, byteOffset, length } = gunzipSync(bytes);
    return new Uint8Array(buffer, byteOffset, length);
  } catch (cause) {
    throw new NiftiError(
      "gzip",
      `Cannot read ${name}: its gzip stream is truncated or corrupt (${(cause as Error).message})`,
      { cause },
    );
  }
}
