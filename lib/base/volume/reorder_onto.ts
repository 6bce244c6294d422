/** Voxels that lie in the same place, stored in another order. */
import { applyAffine, invertAffine, multiplyAffines } from "./affine.ts";
import type { Volume, Voxels } from "./volume.ts";

/** Voxels may lie this share of a voxel apart and still be the same. */
const TOLERANCE = 0.1;

/**
 * The volume with its voxels in the order of another grid, where the two differ by nothing but the
 * order and the direction of their axes; undefined where they do not show the same places.
 *
 * @throws {RangeError} If the volume's affine is singular.
 *
 * @example
 * ```ts
 * import { reorderOnto } from "./reorder_onto.ts";
 *
 * const grid = { shape: [3, 1, 1], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] } as const;
 * const flipped = [-1, 0, 0, 2, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
 * const stored = { data: Uint8Array.of(1, 2, 3), shape: grid.shape, affine: flipped };
 * if (reorderOnto(stored, grid)?.data.join() !== "3,2,1") throw new Error();
 * ```
 */
export function reorderOnto<T extends Voxels>(
  volume: Volume<T>,
  grid: Pick<Volume, "shape" | "affine">,
): Volume<T> | undefined {
  const toVolume = multiplyAffines(invertAffine(volume.affine), grid.affine);
  const whole = toVolume.map((value) => Math.round(value) + 0);
  const [ni, nj, nk] = grid.shape, ends = [[0, ni - 1], [0, nj - 1], [0, nk - 1]] as const;
  const columns = [0, 1, 2].map((axis) => [whole[axis]!, whole[4 + axis]!, whole[8 + axis]!]);
  const isTurn = columns.every((column) => column.map(Math.abs).sort().join() === "0,0,1") &&
    new Set(columns.map((column) => column.findIndex((value) => value !== 0))).size === 3;
  if (!isTurn) return undefined;
  if (columns.some((c, axis) => volume.shape[c.findIndex((v) => v !== 0)] !== grid.shape[axis])) {
    return undefined;
  }
  for (const i of ends[0]) {
    for (const j of ends[1]) {
      for (const k of ends[2]) {
        const at = applyAffine(whole, [i, j, k]), exact = applyAffine(toVolume, [i, j, k]);
        const inside = at.every((index, axis) => index >= 0 && index < volume.shape[axis]!);
        const near = at.every((index, axis) => Math.abs(index - exact[axis]!) <= TOLERANCE);
        if (!inside || !near) return undefined;
      }
    }
  }
  const strides = [1, volume.shape[0], volume.shape[0] * volume.shape[1]];
  const step = columns.map((c) => c.reduce((sum, value, axis) => sum + value * strides[axis]!, 0));
  const start = applyAffine(whole, [0, 0, 0])
    .reduce((sum, index, axis) => sum + index * strides[axis]!, 0);
  const data = volume.data.slice() as T;
  for (let k = 0, to = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      let from = start + k * step[2]! + j * step[1]!;
      for (let i = 0; i < ni; i++, from += step[0]!) data[to++] = volume.data[from]!;
    }
  }
  return { data, shape: grid.shape, affine: grid.affine };
}
