/** The least, mean and greatest intensity. */
export interface IntensityRange {
  /** The least. */
  readonly min: number;
  /** The mean over voxels; NaN where there are none. */
  readonly mean: number;
  /** The greatest. */
  readonly max: number;
}

/** The range of voxels; of none, `min` is above `max` and the mean NaN. */
export function intensityRange(voxels: ArrayLike<number>): IntensityRange {
  let min = Infinity, max = -Infinity, sum = 0;
  for (let o = 0; o < voxels.length; o++) {
    const value = voxels[o]!;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  return { min, mean: sum / voxels.length, max };
}
