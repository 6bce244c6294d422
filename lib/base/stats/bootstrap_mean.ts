import type { RandomStream } from "../random/random_stream.ts";
import { type BootstrapOptions, bootstrapStrata, type MeanInterval } from "./bootstrap_strata.ts";

export type { BootstrapOptions, MeanInterval };

/**
 * The mean over subjects with its percentile bootstrap interval: subjects are drawn with
 * replacement, as many as there are, and the interval's ends are quantiles (type 7) of the means of
 * these resamples. Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
 *
 * For runs of several seeds, give the means of {@linkcode averageOverSeeds}: a resampled subject
 * then brings the runs of all seeds with it. The interval tells how far the mean depends on which
 * subjects were there; the spread of the seeds is not in it. For the difference of two methods, give
 * the differences of each subject.
 *
 * A percentile interval is too narrow for few subjects: in effect it takes the variance over n, not
 * n - 1, and quantiles of the normal distribution, not Student's (Hesterberg, What teachers should
 * know about the bootstrap, The American Statistician, 2015).
 *
 * @param scores One finite number a subject, at least two.
 * @param random Draws the resamples: the same stream gives the same interval.
 * @param options By default 95 % of 10 000 resamples.
 * @throws {TypeError} If there are fewer than two scores.
 * @throws {RangeError} If a score is NaN or infinite, or an option is out of its range.
 *
 * @example
 * ```ts
 * import { RandomStream } from "../random/random_stream.ts";
 * import { bootstrapMean } from "./bootstrap_mean.ts";
 *
 * const random = RandomStream.fromSeed(1).stream("bootstrap");
 * const { mean, low, high } = bootstrapMean([0.81, 0.9, 0.84, 0.92, 0.88], random);
 * if (!(low < mean && mean < high)) throw new Error(`${mean} is not from ${low} to ${high}`);
 * ```
 */
export function bootstrapMean(
  scores: ArrayLike<number>,
  random: RandomStream,
  options: BootstrapOptions = {},
): MeanInterval {
  return bootstrapStrata([{ scores, weight: 1 }], random, options);
}
