/** Location and spread of one sample, as simple-statistics computes them. */
import * as library from "../deps/simple_statistics.ts";
import { finiteSample } from "./finite_sample.ts";

/**
 * The arithmetic mean.
 *
 * @param values At least one finite number.
 * @throws {TypeError} If there are no values.
 * @throws {RangeError} If a value is NaN or infinite.
 */
export function mean(values: ArrayLike<number>): number {
  return library.mean(finiteSample(values, "values", "compute the mean"));
}

/**
 * The standard deviation of a sample: the sum of squared deviations over n - 1, its root.
 *
 * @param values At least two finite numbers.
 * @throws {TypeError} If there are fewer than two values.
 * @throws {RangeError} If a value is NaN or infinite.
 */
export function standardDeviation(values: ArrayLike<number>): number {
  const sample = finiteSample(values, "values", "compute the standard deviation", 2);
  return library.sampleStandardDeviation(sample);
}

/**
 * The median: the middle value, or the mean of the two in the middle.
 *
 * @param values At least one finite number, in any order.
 * @throws {TypeError} If there are no values.
 * @throws {RangeError} If a value is NaN or infinite.
 */
export function median(values: ArrayLike<number>): number {
  return library.median(finiteSample(values, "values", "compute the median"));
}

/**
 * A quantile, interpolated linearly between order statistics: type 7 of Hyndman and Fan, Sample
 * quantiles in statistical packages (The American Statistician, 1996), the default of R and numpy.
 *
 * @param values At least one finite number, in any order.
 * @param probability Which quantile, 0 (the least value) to 1 (the greatest).
 * @throws {TypeError} If there are no values.
 * @throws {RangeError} If a value is NaN or infinite, or the probability is not from 0 to 1.
 *
 * @example
 * ```ts
 * import { quantile } from "./descriptives.ts";
 *
 * if (quantile([4, 1, 3, 2], 0.25) !== 1.75) throw new Error("not type 7");
 * ```
 */
export function quantile(values: ArrayLike<number>, probability: number): number {
  const sample = finiteSample(values, "values", "compute a quantile");
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(
      `Cannot compute a quantile: probability is ${probability}, wanted a number from 0 to 1`,
    );
  }
  return library.quantile(sample, probability);
}
