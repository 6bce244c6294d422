import type { EmptyMaskPolicy } from "./dice.ts";
import { countOverlap } from "./overlap.ts";

/**
 * Intersection over union (Jaccard index) of one class: |P and R| / |P or R|, over all voxels of a
 * volume at once. Of a table of many volumes, see `iouPerClass`.
 *
 * @param prediction Class of each voxel.
 * @param reference True class of each voxel, as many as `prediction`.
 * @param classIndex The class to compare.
 * @param empty What to give where neither holds the class.
 * @returns 0 (no overlap) to 1 (equal); 0 where just one holds the class; null only under `exclude`.
 * @throws {TypeError} If the numbers of voxels differ.
 *
 * @example
 * ```ts
 * import { iou } from "./iou.ts";
 *
 * const value = iou(Uint8Array.of(0, 1, 1, 0), Uint8Array.of(0, 1, 0, 0), 1);
 * if (value !== 1 / 2) throw new Error(`IoU is ${value}`);
 * ```
 */
export function iou(
  prediction: ArrayLike<number>,
  reference: ArrayLike<number>,
  classIndex: number,
  empty?: "one" | "zero",
): number;
/** The same by any rule for empty masks; null under `exclude` where neither holds the class. */
export function iou(
  prediction: ArrayLike<number>,
  reference: ArrayLike<number>,
  classIndex: number,
  empty: EmptyMaskPolicy,
): number | null;
export function iou(
  prediction: ArrayLike<number>,
  reference: ArrayLike<number>,
  classIndex: number,
  empty: EmptyMaskPolicy = "one",
): number | null {
  const { predicted, labelled, both } = countOverlap(prediction, reference, classIndex, "IoU");
  if (predicted + labelled > 0) return both / (predicted + labelled - both);
  return empty === "one" ? 1 : empty === "zero" ? 0 : null;
}
