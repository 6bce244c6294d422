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
 * @param voxelVolume Of one voxel, in mm^3; see `voxelVolumeOf`.
 * @param empty What `percent` is where neither holds the class; `error` is 0 there.
 * @throws {TypeError} If the numbers of voxels differ.
 * @throws {RangeError} If the volume of a voxel is not more than 0 and finite.
 *
 * @example One voxel of 1 ml too much
 * ```ts
 * import { volumeError } from "./volume_error.ts";
 *
 * const { error, percent } = volumeError([1, 1, 0], [1, 0, 0], 1, 1000);
 * if (error !== 1 || percent !== 100) throw new Error(`${error} ml, ${percent} %`);
 * ```
 */
export function volumeError(
  prediction: ArrayLike<number>,
  reference: ArrayLike<number>,
  classIndex: number,
  voxelVolume: number,
  empty: EmptyErrorPolicy = "zero",
): VolumeError {
  if (!(voxelVolume > 0 && Number.isFinite(voxelVolume))) {
    throw new RangeError(
      `Cannot compute the volume error: a voxel has ${voxelVolume} mm^3, wanted more than 0`,
    );
  }
  const counts = countOverlap(prediction, reference, classIndex, "the volume error");
  const millilitres = voxelVolume / 1000;
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
