/** How many voxels two masks of one class have, and share. */
export interface Overlap {
  /** Voxels of the class in the prediction. */
  readonly predicted: number;
  /** Voxels of the class in the reference. */
  readonly labelled: number;
  /** Voxels of the class in both. */
  readonly both: number;
}

/**
 * Counts the voxels of one class in a prediction, a reference and both.
 *
 * @param metric What is computed, for the message of an error.
 * @throws {TypeError} If the numbers of voxels differ.
 */
export function countOverlap(
  prediction: ArrayLike<number>,
  reference: ArrayLike<number>,
  classIndex: number,
  metric: string,
): Overlap {
  if (prediction.length !== reference.length) {
    throw new TypeError(
      `Cannot compute ${metric}: the prediction has ${prediction.length} voxels and the reference ${reference.length}`,
    );
  }
  let [both, predictedOnly, labelledOnly] = [0, 0, 0];
  for (let n = 0; n < prediction.length; n++) {
    const p = prediction[n], r = reference[n];
    if (p === r) {
      if (p === classIndex) both++;
    } else if (p === classIndex) predictedOnly++;
    else if (r === classIndex) labelledOnly++;
  }
  return { predicted: both + predictedOnly, labelled: both + labelledOnly, both };
}
