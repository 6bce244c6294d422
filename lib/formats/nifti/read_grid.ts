import { geometryOf } from "./geometry.ts";
import { assertOneFrame, gridLayout } from "./grid_layout.ts";
import { inflateFirst, isGzip } from "./gunzip.ts";
import { HEAD_BYTES, parseHeader } from "./header.ts";
import { moreThanPromised, type ReadNiftiOptions } from "./parse_nifti.ts";
import { readNifti, readNiftiFrames } from "./read_nifti.ts";
import type { Volume } from "../../base/volume/volume.ts";

/** Where the voxels of a file lie, and what is odd about it. */
export interface FileGrid extends Pick<Volume, "shape" | "affine"> {
  /** Number of volumes on this grid, 1 or more: times or channels. */
  readonly frames: number;
  /** As a `NiftiImage`'s. */
  readonly warnings: readonly string[];
}

/** How to read a grid. */
export interface ReadGridOptions extends ReadNiftiOptions {
  /** Absent: "one", which refuses files of several volumes as `readNifti` does. */
  readonly frames?: "one" | "any";
}

/** Bytes of a file in which its header is looked for. */
const HEAD = 16384;

/**
 * Reads the grid of a NIfTI file from its header, without its voxels; that the file is long enough
 * for them is told by its length or, of a gzipped one, by the length its last four bytes record.
 * Where anything is out of the ordinary, the whole file is read to find out what.
 *
 * @throws {NiftiError} If the file, read as a whole, is no readable NIfTI of one 3-D volume, or of as
 * many as there are where `frames` is "any".
 * @throws {Deno.errors.NotFound} If there is no such file, and other errors of the file system.
 */
export async function readGrid(path: string, options: ReadGridOptions = {}): Promise<FileGrid> {
  const grid = gridOf(await readEnds(path), path, options);
  if (grid !== undefined) return grid;
  if (options.frames === "any") {
    const { volumes, warnings } = await readNiftiFrames(path, options);
    const { shape, affine } = volumes[0]!;
    return { shape, affine, frames: volumes.length, warnings };
  }
  const { volume: { shape, affine }, warnings } = await readNifti(path, options);
  return { shape, affine, frames: 1, warnings };
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

/** The grid, where the header is whole and followed by enough bytes. */
function gridOf(
  { head, tail, length }: FileEnds,
  path: string,
  { geometry, frames: wanted = "one" }: ReadGridOptions,
): FileGrid | undefined {
  const gzipped = isGzip(head);
  try {
    const plain = gzipped ? inflateFirst(head, HEAD_BYTES, path) : head;
    const { header, voxelOffset } = parseHeader(plain, path);
    const layout = gridLayout(header, path);
    if (wanted === "one") assertOneFrame(layout, path);
    const end = voxelOffset + layout.bytes;
    // The length of what was gzipped, modulo 2^32; anything at all where the stream is cut short.
    const recorded = () => new DataView(tail.buffer).getUint32(0, true);
    if (gzipped ? recorded() !== end % 2 ** 32 : length < end) return undefined;
    const { shape, frames } = layout;
    const { affine, warnings } = geometryOf(header, path, geometry);
    if (!gzipped && length > end) warnings.push(moreThanPromised(path));
    return { shape, affine, frames, warnings };
  } catch {
    // Not told here: reading the whole file says what is wrong, if anything is.
    return undefined;
  }
}
