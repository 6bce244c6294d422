import { DATATYPES } from "./datatype.ts";
import type { HeaderFields } from "./header.ts";
import { NiftiError } from "./nifti_error.ts";

/** How the voxels of a file are divided: volumes of one shape, one behind the other. */
export interface GridLayout {
  readonly shape: readonly [number, number, number];
  /** Number of volumes, 1 or more: times or channels. */
  readonly frames: number;
  /** Bytes that all of them take in the file. */
  readonly bytes: number;
}

/** The intent of a file whose fifth axis holds the parts of a vector (nifti1.h). */
const INTENT_VECTOR = 1007;

/** Bytes of voxels that are read from one file at most; typed arrays cannot hold many more. */
const MOST_BYTES = 2 ** 32;

/**
 * The volumes that a header promises. The fourth axis counts frames; so does the fifth, where the
 * fourth is 1 and the intent is a vector. All others must be of size 1.
 *
 * @throws {NiftiError} "header" if the dim field makes no sense or promises more than 4 GiB,
 * "dimensions" if more axes than these are greater than 1.
 */
export function gridLayout(header: HeaderFields, file: string): GridLayout {
  const [count, ...sizes] = header.dim as [number, ...number[]];
  const used = sizes.slice(0, count);
  const sane = count >= 1 && count <= 7 && used.every((size) => Number.isInteger(size) && size > 0);
  if (!sane) {
    throw new NiftiError(
      "header",
      `Cannot open ${file}: its dim field is [${
        header.dim.join(", ")
      }], wanted a count from 1 to 7 and sizes more than 0`,
    );
  }
  const [ni, nj = 1, nk = 1, fourth = 1, fifth = 1, ...others] = used as [number, ...number[]];
  const vector = fourth === 1 && header.intentCode === INTENT_VECTOR;
  if ((fifth > 1 && !vector) || others.some((size) => size > 1)) {
    throw new NiftiError(
      "dimensions",
      `Cannot open ${file}: it has ${count} dimensions (${
        used.join(" x ")
      }), wanted three, or a fourth of frames or channels`,
    );
  }
  const frames = vector ? fifth : fourth;
  const bytes = ni * nj * nk * frames * DATATYPES[header.datatype].bytes;
  if (bytes > MOST_BYTES) {
    throw new NiftiError(
      "header",
      `Cannot open ${file}: its header promises ${
        used.join(" x ")
      } ${header.datatype}, which is ${bytes} bytes, wanted at most ${MOST_BYTES}`,
    );
  }
  return { shape: [ni, nj, nk], frames, bytes };
}

/**
 * Fails where a file holds more than one volume.
 *
 * @throws {NiftiError} ("dimensions")
 */
export function assertOneFrame({ shape, frames }: GridLayout, file: string): void {
  if (frames === 1) return;
  throw new NiftiError(
    "dimensions",
    `Cannot open ${file}: it holds ${frames} volumes (${
      [...shape, frames].join(" x ")
    }), wanted one 3-D volume; write one file a volume, or, where they are channels, open it with a ` +
      `layout that takes its fourth axis as channels`,
  );
}
