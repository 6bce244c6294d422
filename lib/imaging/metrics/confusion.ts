import { meanOf } from "../../base/stats/mean_of.ts";

/** Counts of voxels by true and predicted class, and what follows from them. */

/** A square table of counts by rows: `counts[true * classes + predicted]`. */
export interface ConfusionMatrix {
  /** Number of classes, the background included. */
  readonly classes: number;
  /** `classes * classes` whole numbers, exact to 2^53. */
  readonly counts: Float64Array;
}

/** A table of zeros; throws RangeError unless `classes` is a whole number from 1 to 256. */
export function emptyConfusion(classes: number): ConfusionMatrix {
  if (!Number.isInteger(classes) || classes < 1 || classes > 256) {
    throw new RangeError(`Cannot count ${classes} classes: wanted a whole number from 1 to 256`);
  }
  return { classes, counts: new Float64Array(classes * classes) };
}

/**
 * Adds the voxels of one prediction to a table.
 *
 * @throws {TypeError} If the numbers of voxels differ.
 * @throws {RangeError} If a voxel's class is not in the table; the table is then unchanged.
 */
export function addToConfusion(
  confusion: ConfusionMatrix,
  prediction: ArrayLike<number>,
  reference: ArrayLike<number>,
): void {
  const { classes, counts } = confusion;
  if (prediction.length !== reference.length) {
    throw new TypeError(
      `Cannot count classes: the prediction has ${prediction.length} voxels and the reference ${reference.length}`,
    );
  }
  const added = new Float64Array(counts.length);
  for (let n = 0; n < prediction.length; n++) {
    const [p, r] = [prediction[n]!, reference[n]!];
    if (!(p >= 0 && p < classes && r >= 0 && r < classes)) {
      throw new RangeError(
        `Cannot count classes: voxel ${n} is predicted ${p} and labelled ${r}, wanted 0 to ${
          classes - 1
        }`,
      );
    }
    added[r * classes + p]!++;
  }
  for (let n = 0; n < counts.length; n++) counts[n]! += added[n]!;
}

/**
 * Intersection over union of each class: true positives over true positives, false positives and
 * false negatives; null where a class is neither labelled nor predicted.
 */
export function iouPerClass(confusion: ConfusionMatrix): (number | null)[] {
  const { classes, counts } = confusion;
  return Array.from({ length: classes }, (_, c) => {
    let union = -counts[c * classes + c]!;
    for (let n = 0; n < classes; n++) union += counts[c * classes + n]! + counts[n * classes + c]!;
    return union > 0 ? counts[c * classes + c]! / union : null;
  });
}

/**
 * The mean of {@linkcode iouPerClass}, background included, over the classes that occur (Chen et al.
 * 2021 select checkpoints by it); null for a table of zeros.
 */
export function meanIou(confusion: ConfusionMatrix): number | null {
  const values = iouPerClass(confusion).filter((value) => value !== null);
  return values.length === 0 ? null : meanOf(values);
}
