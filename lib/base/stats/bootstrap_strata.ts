import { quantileSorted } from "../deps/simple_statistics.ts";
import type { RandomStream } from "../random/random_stream.ts";
import { finiteSample } from "./finite_sample.ts";

/** How to bootstrap. */
export interface BootstrapOptions {
  /** How much of the bootstrap distribution the interval holds, above 0 and below 1. */
  readonly confidence?: number;
  /** How many times to resample, at least 100. */
  readonly resamples?: number;
}

/** A mean and an interval around it. */
export interface MeanInterval {
  /** The mean of the sample itself. */
  readonly mean: number;
  /** Lower end. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
}

/** Subjects that are drawn among themselves. */
export interface Stratum {
  /** One finite number a subject, at least two. */
  readonly scores: ArrayLike<number>;
  /** What the stratum's mean is multiplied by, above 0. */
  readonly weight: number;
}

/**
 * The weighted mean of the means of strata with its percentile bootstrap interval. Each stratum is
 * resampled on its own, with as many subjects as it has, since their numbers are the design's and no
 * chance. Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 8.
 *
 * For the average of a table's columns, subjects that several columns share form one stratum: the
 * score of each is its mean over these columns, the weight their number. A subject that is drawn
 * then brings all of its columns with it, and the interval counts it once.
 *
 * @param strata At least one; weights need not sum up to 1.
 * @param random Draws the resamples: the same stream gives the same interval.
 * @param options By default 95 % of 10 000 resamples.
 * @throws {TypeError} If there is no stratum, or one has fewer than two scores.
 * @throws {RangeError} If a score or weight is out of its range, or an option.
 *
 * @example Two columns of the same three subjects, and a third of two others
 * ```ts
 * import { RandomStream } from "../random/random_stream.ts";
 * import { bootstrapStrata } from "./bootstrap_strata.ts";
 *
 * const { mean } = bootstrapStrata([
 *   { scores: [0.9, 0.8, 0.7], weight: 2 },
 *   { scores: [0.4, 0.6], weight: 1 },
 * ], RandomStream.fromSeed(1));
 * if (Math.abs(mean - 0.7) > 1e-12) throw new Error(`mean is ${mean}`);
 * ```
 */
export function bootstrapStrata(
  strata: readonly Stratum[],
  random: RandomStream,
  { confidence = 0.95, resamples = 10_000 }: BootstrapOptions = {},
): MeanInterval {
  const task = "bootstrap a mean";
  if (strata.length === 0) throw new TypeError(`Cannot ${task}: there is no stratum`);
  const samples = strata.map(({ scores, weight }, n) => {
    const name = strata.length === 1 ? "scores" : `stratum ${n}`;
    const sample = finiteSample(scores, name, task, 2);
    if (!(weight > 0 && Number.isFinite(weight))) {
      throw new RangeError(`Cannot ${task}: the weight of ${name} is ${weight}, wanted above 0`);
    }
    return { sample, weight };
  });
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`Cannot ${task}: confidence is ${confidence}, wanted above 0 and below 1`);
  }
  if (!Number.isSafeInteger(resamples) || resamples < 100) {
    throw new RangeError(`Cannot ${task}: resamples is ${resamples}, wanted a whole number >= 100`);
  }
  const weights = samples.reduce((sum, { weight }) => sum + weight, 0);
  // One way to sum for all, so that equal scores give an interval that holds their mean.
  const meanOf = (subject: (n: number, last: number) => number) => {
    let weighted = 0;
    for (const { sample, weight } of samples) {
      let sum = 0;
      for (let n = 0; n < sample.length; n++) sum += sample[subject(n, sample.length - 1)]!;
      weighted += weight * (sum / sample.length);
    }
    return weighted / weights;
  };
  const draw = (_: number, last: number) => random.integer(0, last);
  const means = Array.from({ length: resamples }, () => meanOf(draw)).sort((a, b) => a - b);
  return {
    mean: meanOf((n) => n),
    low: quantileSorted(means, (1 - confidence) / 2),
    high: quantileSorted(means, (1 + confidence) / 2),
  };
}
