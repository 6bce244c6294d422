import { countOverlap } from "./overlap.ts";

/**
 * What an overlap metric gives where a class is in neither prediction nor reference: `one` (perfect
 * agreement, 1), `zero` (0), or `exclude` (null: leave the case out of means). The default is `one`.
 */
export type EmptyMaskPolicy = "one" | "zero" | "exclude";

/**
 * The Dice similarity coefficient of one class: 2 |P and R| / (|P| + |R|), over all voxels of a
 * volume at once (3-D), as challenges count it.
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
 * import { dice } from "./dice.ts";
 *
 * const value = dice(Uint8Array.of(0, 1, 1, 0), Uint8Array.of(0, 1, 0, 0), 1);
 * if (value !== 2 / 3) throw new Error(`Dice is ${value}`);
 * ```
 */
export function dice(
  prediction: ArrayLike<number>,
  reference: ArrayLike<number>,
  classIndex: number,
  empty?: "one" | "zero",
): number;
/** The same by any rule for empty masks; null under `exclude` where neither holds the class. */
export function dice(
  prediction: ArrayLike<number>,
  reference: ArrayLike<number>,
  classIndex: number,
  empty: EmptyMaskPolicy,
): number | null;
export function dice(
  prediction: ArrayLike<number>,
  reference: ArrayLike<number>,
  classIndex: number,
  empty: EmptyMaskPolicy = "one",
): number | null {
  const { predicted, labelled, both } = countOverlap(prediction, reference, classIndex, "Dice");
  if (predicted + labelled > 0) return 2 * both / (predicted + labelled);
  return empty === "one" ? 1 : empty === "zero" ? 0 : null;
}
