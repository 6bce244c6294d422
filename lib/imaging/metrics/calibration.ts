import { boxAround } from "./mask_surface.ts";

/** How sure a prediction is, and how often it is right, by bins of equal width. */
export interface Calibration {
  /** Voxels of each bin. */
  readonly counts: Float64Array;
  /** Of each bin the sum over its voxels of the probability of the predicted class. */
  readonly confidence: Float64Array;
  /** Of each bin the voxels whose predicted class is the true one. */
  readonly correct: Float64Array;
}

/** Bins that are taken by default. */
const BINS = 15;

/** Counts of no voxel; throws RangeError unless `bins` is a whole number from 1 to 1000. */
export function emptyCalibration(bins = BINS): Calibration {
  if (!Number.isInteger(bins) || bins < 1 || bins > 1000) {
    throw new RangeError(`Cannot count in ${bins} bins: wanted a whole number from 1 to 1000`);
  }
  const [counts, confidence, correct] = [0, 0, 0].map(() => new Float64Array(bins));
  return { counts: counts!, confidence: confidence!, correct: correct! };
}

/**
 * Adds the voxels of one volume that lie in the smallest box around its foreground, so that the
 * background far away, where every prediction is sure and right, does not hide what is in doubt. A
 * volume without foreground adds nothing.
 *
 * A voxel falls into the bin of its top probability: bin b of B holds those from above b / B to
 * (b + 1) / B, as Guo et al. (ICML 2017) have it.
 *
 * @param probabilities A class after another, each in the order of the voxels, 0 to 1.
 * @param reference True class of each voxel, 0 background.
 * @param shape Number of voxels along i, j and k; voxel (i, j, k) is at `i + ni * (j + nj * k)`.
 * @param ignored A class of the reference whose voxels are left out.
 * @throws {TypeError} If the numbers of voxels differ.
 * @throws {RangeError} If a probability that is looked at is none.
 */
export function addToCalibration(
  calibration: Calibration,
  probabilities: ArrayLike<number>,
  reference: ArrayLike<number>,
  shape: readonly [number, number, number],
  ignored?: number,
): void {
  const voxels = shape[0] * shape[1] * shape[2], classes = probabilities.length / voxels;
  if (reference.length !== voxels || !Number.isInteger(classes) || classes < 2) {
    throw new TypeError(
      `Cannot take the calibration: got ${probabilities.length} probabilities and ${reference.length} labels, wanted ${
        shape.join(" x ")
      } voxels and at least two classes`,
    );
  }
  const foreground = new Uint8Array(voxels);
  for (let n = 0; n < voxels; n++) {
    if (reference[n]! > 0 && reference[n] !== ignored) foreground[n] = 1;
  }
  const box = boxAround([foreground], 1, shape);
  if (box === null) return;
  const bins = calibration.counts.length;
  const { from, shape: [bi, bj, bk] } = box;
  for (let k = 0; k < bk; k++) {
    for (let j = 0; j < bj; j++) {
      const row = from[0] + shape[0] * (from[1] + j + shape[1] * (from[2] + k));
      for (let n = row; n < row + bi; n++) {
        if (reference[n] === ignored) continue;
        let top = -1, winner = 0;
        for (let c = 0; c < classes; c++) {
          const value = probabilities[c * voxels + n]!;
          if (!(value >= 0 && value <= 1 + 1e-3)) {
            throw new RangeError(
              `Cannot take the calibration: class ${c} of voxel ${n} has probability ${value}, wanted 0 to 1`,
            );
          }
          if (value > top) {
            top = value;
            winner = c;
          }
        }
        const bin = Math.min(Math.max(Math.ceil(top * bins) - 1, 0), bins - 1);
        calibration.counts[bin]!++;
        calibration.confidence[bin]! += top;
        if (winner === reference[n]) calibration.correct[bin]!++;
      }
    }
  }
}

/**
 * The expected calibration error: the mean over voxels of the difference, in each bin, between how sure
 * the prediction is and how often it is right (Naeini et al., AAAI 2015; Guo et al., ICML 2017).
 *
 * @returns 0 (as sure as right) to 1; null where no voxel was counted.
 *
 * @example Nine tenths sure, and always right
 * ```ts
 * import { addToCalibration, emptyCalibration, expectedCalibrationError } from "./calibration.ts";
 *
 * const counts = emptyCalibration();
 * addToCalibration(counts, [0.1, 0.1, 0.9, 0.9], [1, 1], [2, 1, 1]);
 * const error = expectedCalibrationError(counts)!;
 * if (Math.abs(error - 0.1) > 1e-12) throw new Error(`${error}`);
 * ```
 */
export function expectedCalibrationError(
  { counts, confidence, correct }: Calibration,
): number | null {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  return counts.reduce((sum, _, bin) => sum + Math.abs(confidence[bin]! - correct[bin]!), 0) / all;
}
