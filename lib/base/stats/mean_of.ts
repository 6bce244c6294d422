/**
 * The plain mean of numbers that are known to be finite, NaN where there are none; `mean` checks them
 * first.
 */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < values.length; n++) sum += values[n]!;
  return sum / values.length;
}
