/** Gzip streams, inflated only as far as they are wanted. */
import { NiftiError } from "./nifti_error.ts";
import { Gunzip } from "../../base/deps/fflate.ts";
import { zlib } from "../../base/deps/zlib.ts";

/** The most bytes that deflate makes of one: a match of 258 bytes in two bits (RFC 1951, 3.2.5). */
export const MOST_INFLATION = 1032;

/** Bytes of the stream that are inflated at a time: at most 1 MB is made beyond what is wanted. */
const PIECE = 1024;

/** Whether bytes begin as a gzip stream does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The first `length` bytes of what a gzip stream holds; fewer where it holds fewer. What lies behind
 * them is not inflated, and no checksum is compared.
 *
 * @throws {NiftiError} ("gzip") If the stream is corrupt.
 */
export function inflateFirst(bytes: Uint8Array, length: number, file: string): Uint8Array {
  const first = new Uint8Array(length);
  let filled = 0;
  const gunzip = new Gunzip((piece) => {
    const part = piece.subarray(0, length - filled);
    first.set(part, filled);
    filled += part.length;
  });
  try {
    for (let at = 0; at < bytes.length && filled < length; at += PIECE) {
      // a copy: the decoder keeps what it is given until the next piece
      gunzip.push(bytes.slice(at, at + PIECE), false);
    }
  } catch (cause) {
    throw corrupt(file, cause);
  }
  return first.subarray(0, filled);
}

/**
 * What a gzip stream holds, checked against its sum; where that is more than `length` bytes, the first
 * `length` of it, and the rest is not inflated.
 *
 * @returns The bytes, and whether there were more.
 * @throws {NiftiError} ("gzip") If the stream is cut short or corrupt.
 * @throws {Error} In a browser, which has no zlib.
 */
export function gunzipUpTo(
  bytes: Uint8Array,
  length: number,
  file: string,
): { plain: Uint8Array; more: boolean } {
  const { gunzipSync } = zlib();
  try {
    // A plain view: slices of a Node Buffer would share its memory.
    const inflated = gunzipSync(bytes, { maxOutputLength: length });
    const plain = new Uint8Array(inflated.buffer, inflated.byteOffset, inflated.length);
    return { plain, more: false };
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== "ERR_BUFFER_TOO_LARGE") throw corrupt(file, cause);
    return { plain: inflateFirst(bytes, length, file), more: true };
  }
}

function corrupt(file: string, cause: unknown): NiftiError {
  return new NiftiError(
    "gzip",
    `Cannot open ${file}: its gzip stream is truncated or corrupt (${(cause as Error).message})`,
    { cause },
  );
}
