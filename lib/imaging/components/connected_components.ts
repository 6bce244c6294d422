/** The connected pieces of label maps, by union and find in one scan. */
import type { Volume } from "../../base/volume/volume.ts";

/** Voxels that touch by their faces (6), edges too (18), or corners too (26). */
export type Connectivity = 6 | 18 | 26;

/** The pieces of a label map; piece 0 is background. */
export interface Components {
  /** The piece of each voxel, numbered from 1 by their first voxels. */
  readonly pieceOf: Int32Array;
  /** Voxels of each piece. */
  readonly sizes: readonly number[];
  /** The class of each piece. */
  readonly classes: readonly number[];
}

/**
 * Parts the classes of a label map into connected pieces; background (0) is in none.
 *
 * @param labels Classes, voxels as of a volume.
 * @throws {RangeError} If `connectivity` is another number.
 *
 * @example
 * ```ts
 * import { connectedComponents } from "./connected_components.ts";
 *
 * const { pieceOf } = connectedComponents({ data: Uint8Array.of(1, 1, 0, 1, 2), shape: [5, 1, 1] }, 26);
 * if (pieceOf.join() !== "1,1,0,2,3") throw new Error(pieceOf.join());
 * ```
 */
export function connectedComponents(
  { data, shape }: Pick<Volume<Uint8Array>, "data" | "shape">,
  connectivity: Connectivity,
): Components {
  const before = neighboursBefore(connectivity);
  const [ni, nj, nk] = shape, steps = before.map(([i, j, k]) => i + ni * (j + nj * k));
  // The provisional piece of each voxel, and of each piece one that it is joined to, or itself.
  const pieceOf = new Int32Array(data.length), parents = [0];
  const rootOf = (piece: number) => {
    while (parents[piece] !== piece) piece = parents[piece] = parents[parents[piece]!]!;
    return piece;
  };
  for (let k = 0, at = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, at++) {
        const own = data[at]!;
        if (own === 0) continue;
        let piece = 0;
        for (let n = 0; n < steps.length; n++) {
          const [di, dj, dk] = before[n]!;
          const [x, y] = [i + di, j + dj];
          if (x < 0 || x >= ni || y < 0 || y >= nj || k + dk < 0) continue;
          const other = at + steps[n]!;
          if (data[other] !== own) continue;
          const root = rootOf(pieceOf[other]!);
          if (piece === 0 || root === piece) {
            piece = root;
            continue;
          }
          // The smaller number wins, so that pieces are numbered by their first voxels.
          const [low, high] = root < piece ? [root, piece] : [piece, root];
          parents[high] = low;
          piece = low;
        }
        if (piece === 0) {
          piece = parents.length;
          parents.push(piece);
        }
        pieceOf[at] = piece;
      }
    }
  }
  return numbered(data, pieceOf, parents, rootOf);
}

/** Numbers the pieces without gaps, and counts them. */
function numbered(
  data: Uint8Array,
  pieceOf: Int32Array,
  parents: readonly number[],
  rootOf: (piece: number) => number,
): Components {
  const numbers = new Int32Array(parents.length), sizes = [0], classes = [0];
  for (let at = 0; at < data.length; at++) {
    if (pieceOf[at] === 0) continue;
    const root = rootOf(pieceOf[at]!);
    if (numbers[root] === 0) {
      numbers[root] = sizes.length;
      sizes.push(0);
      classes.push(data[at]!);
    }
    const number = numbers[root]!;
    pieceOf[at] = number;
    sizes[number]!++;
  }
  return { pieceOf, sizes, classes };
}

/** The neighbours of a voxel that a scan has seen by then, as steps along i, j and k. */
function neighboursBefore(connectivity: Connectivity): [number, number, number][] {
  const axes = ({ 6: 1, 18: 2, 26: 3 } as const)[connectivity];
  if (axes === undefined) {
    throw new RangeError(
      `Cannot find pieces: connectivity is ${connectivity}, wanted 6, 18 or 26`,
    );
  }
  const found: [number, number, number][] = [];
  for (const k of [-1, 0]) {
    for (const j of [-1, 0, 1]) {
      for (const i of [-1, 0, 1]) {
        const moved = Math.abs(i) + Math.abs(j) + Math.abs(k);
        const isBefore = k < 0 || (k === 0 && (j < 0 || (j === 0 && i < 0)));
        if (isBefore && moved <= axes) found.push([i, j, k]);
      }
    }
  }
  return found;
}
