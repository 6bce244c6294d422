import { constants, gunzipSync } from "node:zlib";
import { DATATYPES } from "./datatype.ts";
import { geometryOf } from "./geometry.ts";
import { parseHeader } from "./header.ts";
import { readNifti, type ReadNiftiOptions } from "./read_nifti.ts";
import type { Volume } from "../../base/volume/volume.ts";

/** Where the voxels of a file lie, and what is odd about it. */
export interface FileGrid extends Pick<Volume, "shape" | "affine"> {
  /** As a `NiftiImage`'s. */
  readonly warnings: readonly string[];
}

/** Bytes of a file in which its header is looked for. */
const HEAD = 16384;

/**
 * Reads the grid of a NIfTI file from its header, without its voxels; that the file is long enough
 * for them is told by its length or, of a gzipped one, by the length its last four bytes record.
 * Where anything is out of the ordinary, the whole file is read to find out what.
 *
 * @throws {NiftiError} If the file, read as a whole, is no readable 3-D NIfTI.
 * @throws {Deno.errors.NotFound} If there is no such file, and other errors of the file system.
 */
export async function readGrid(path: string, options: ReadNiftiOptions = {}): Promise<FileGrid> {
  const grid = gridOf(await readEnds(path), path, options);
  if (grid !== undefined) return grid;
  const { volume: { shape, affine }, warnings } = await readNifti(path, options);
  return { shape, affine, warnings };
}

interface FileEnds {
  readonly head: Uint8Array;
  /** The last four bytes; fewer where the file has no more. */
  readonly tail: Uint8Array;
  readonly length: number;
}

async function readEnds(path: string): Promise<FileEnds> {
  using file = await Deno.open(path);
  const length = (await file.stat()).size;
  const head = await readUpTo(file, Math.min(HEAD, length));
  await file.seek(Math.max(0, length - 4), Deno.SeekMode.Start);
  return { head, tail: await readUpTo(file, Math.min(4, length)), length };
}

async function readUpTo(file: Deno.FsFile, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/** The grid, where the header is whole, plainly 3-D, and followed by enough bytes. */
function gridOf(
  { head, tail, length }: FileEnds,
  path: string,
  { geometry }: ReadNiftiOptions,
): FileGrid | undefined {
  const gzipped = head[0] === 0x1f && head[1] === 0x8b;
  try {
    // Without the end of the stream: what its first bytes hold.
    const plain = gzipped
      ? new Uint8Array(gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }))
      : head;
    const { header, voxelOffset } = parseHeader(plain, path);
    const [count = 0, ...sizes] = header.dim;
    const [ni = 0, nj = 0, nk = 0, ...others] = sizes.slice(0, count);
    const plain3d = count >= 3 && count <= 7 && others.every((size) => size === 1) &&
      [ni, nj, nk].every((size) => Number.isInteger(size) && size > 0);
    const wanted = voxelOffset + ni * nj * nk * DATATYPES[header.datatype].bytes;
    // The length of what was gzipped, modulo 2^32; anything at all where the stream is cut short.
    const recorded = () => new DataView(tail.buffer).getUint32(0, true);
    if (!plain3d || (gzipped ? recorded() !== wanted : length < wanted)) return undefined;
    return { shape: [ni, nj, nk], ...geometryOf(header, path, geometry) };
  } catch {
    // Not told here: reading the whole file says what is wrong, if anything is.
    return undefined;
  }
}
