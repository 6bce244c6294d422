/** The components of a mask: which voxel is of which. */
export interface Components {
  /** How many there are. */
  readonly count: number;
  /** For each voxel 0, or the number of its component from 1, in the order of their first voxels. */
  readonly numbers: Int32Array;
}

/**
 * The connected components of a mask. Voxels are neighbours where they share a face, an edge or a
 * corner: 26 in a volume, 8 in one of a single slice.
 *
 * @param mask Not 0 where a voxel belongs to the mask; voxel (i, j, k) is at `i + ni * (j + nj * k)`.
 * @param shape Number of voxels along i, j and k.
 * @throws {TypeError} If the number of voxels is not that of the shape.
 *
 * @example Two voxels that share a corner, and one apart
 * ```ts
 * import { connectedComponents } from "./connected_components.ts";
 *
 * const { count, numbers } = connectedComponents([1, 0, 0, 0, 0, 1, 0, 1], [4, 2, 1]);
 * if (count !== 2 || numbers.join("") !== "10000102") throw new Error(numbers.join(""));
 * ```
 */
export function connectedComponents(
  mask: ArrayLike<number>,
  [ni, nj, nk]: readonly [number, number, number],
): Components {
  if (mask.length !== ni * nj * nk) {
    throw new TypeError(
      `Cannot find components: got ${mask.length} voxels, wanted ${ni} x ${nj} x ${nk}`,
    );
  }
  const numbers = new Int32Array(mask.length);
  let waiting = new Int32Array(1024);
  let count = 0;
  for (let first = 0; first < mask.length; first++) {
    if (mask[first] === 0 || numbers[first] !== 0) continue;
    numbers[first] = ++count;
    waiting[0] = first;
    for (let left = 1; left > 0;) {
      const at = waiting[--left]!;
      const i = at % ni, j = Math.floor(at / ni) % nj, k = Math.floor(at / (ni * nj));
      const [toI, toJ, toK] = [
        Math.min(i + 1, ni - 1),
        Math.min(j + 1, nj - 1),
        Math.min(k + 1, nk - 1),
      ];
      // One voxel adds 26 others at most.
      if (left + 26 > waiting.length) {
        const longer = new Int32Array(2 * waiting.length);
        longer.set(waiting);
        waiting = longer;
      }
      for (let z = Math.max(k - 1, 0); z <= toK; z++) {
        for (let y = Math.max(j - 1, 0); y <= toJ; y++) {
          const row = ni * (y + nj * z);
          for (let x = Math.max(i - 1, 0); x <= toI; x++) {
            if (mask[row + x] === 0 || numbers[row + x] !== 0) continue;
            numbers[row + x] = count;
            waiting[left++] = row + x;
          }
        }
      }
    }
  }
  return { count, numbers };
}
