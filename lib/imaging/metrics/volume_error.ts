import type { EmptyErrorPolicy } from "./surface_distances.ts";
import { countOverlap } from "./overlap.ts";

/** Volumes of one class, and how far the predicted one is off. */
export interface VolumeError {
  /** Predicted volume in ml. */
  readonly predicted: number;
  /** True volume in ml. */
  readonly reference: number;
  /** Predicted minus true volume in ml. */
  readonly error: number;
  /**
   * `error` in percent of the true volume: -100 where only the reference holds the class, Infinity
   * where only the prediction does, null only under `exclude`.
   */
  readonly percent: number | null;
}

/**
 * The error of the volume of one class, signed.
 *
 * @param prediction Class of each voxel.
 * @param reference True class of each voxel, as many as `prediction`.
 * @param classIndex The class to compare.
 * @param spacing Between voxel centres along each axis, in mm.
 * @param empty What `percent` is where neither holds the class; `error` is 0 there.
 * @throws {TypeError} If the numbers of voxels differ.
 * @throws {RangeError} If a spacing is not more than 0 and finite.
 *
 * @example One voxel of 1 ml too much
 * ```ts
 * import { volumeError } from "./volume_error.ts";
 *
 * const { error, percent } = volumeError([1, 1, 0], [1, 0, 0], 1, [10, 10, 10]);
 * if (error !== 1 || percent !== 100) throw new Error(`${error} ml, ${percent} %`);
 * ```
 */
export function volumeError(
  prediction: ArrayLike<number>,
  reference: ArrayLike<number>,
  classIndex: number,
  spacing: readonly [number, number, number],
  empty: EmptyErrorPolicy = "zero",
): VolumeError {
  if (!spacing.every((mm) => mm > 0 && Number.isFinite(mm))) {
    throw new RangeError(
      `Cannot compute the volume error: spacing is ${spacing.join(" x ")} mm, wanted more than 0`,
    );
  }
  const counts = countOverlap(prediction, reference, classIndex, "the volume error");
  const millilitres = spacing[0] * spacing[1] * spacing[2] / 1000;
  const extra = counts.predicted - counts.labelled;
  return {
    predicted: counts.predicted * millilitres,
    reference: counts.labelled * millilitres,
    error: extra * millilitres,
    percent: counts.labelled > 0
      ? 100 * extra / counts.labelled
      : extra > 0
      ? Infinity
      : empty === "zero"
      ? 0
      : null,
  };
}
