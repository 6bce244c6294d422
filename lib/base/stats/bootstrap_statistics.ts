import { quantileSorted } from "../deps/simple_statistics.ts";
import type { RandomStream } from "../random/random_stream.ts";
import type { BootstrapOptions } from "./bootstrap_strata.ts";

/** The ends of an interval; null where no resample gave a number. */
export interface StatisticInterval {
  /** Its lower end. */
  readonly low: number | null;
  /** Its upper end. */
  readonly high: number | null;
}

/**
 * Percentile bootstrap intervals of any statistics of subjects, all from the same resamples: subjects are
 * drawn with replacement, as many as there are. For statistics that are no mean of a number a subject,
 * as those of means over subjects that lack a score here and there. Efron and Tibshirani, An Introduction
 * to the Bootstrap (1993), chapter 13.
 *
 * @param subjects How many there are, at least two.
 * @param statistics The numbers of a resample, always as many, from how often each subject was drawn.
 * Those that are not finite are left out of the interval.
 * @param random Draws the resamples: the same stream gives the same intervals.
 * @param options By default 95 % of 10 000 resamples.
 * @throws {RangeError} If the number of subjects or an option is out of its range.
 *
 * @example The interval of a mean
 * ```ts
 * import { RandomStream } from "../random/random_stream.ts";
 * import { bootstrapStatistics } from "./bootstrap_statistics.ts";
 *
 * const scores = [0.8, 0.9, 0.7];
 * const mean = (drawn: Uint32Array) => [scores.reduce((sum, x, n) => sum + drawn[n]! * x, 0) / 3];
 * const [interval] = bootstrapStatistics(3, mean, RandomStream.fromSeed(1));
 * if (!(interval!.low! < 0.8 && interval!.high! > 0.8)) throw new Error("0.8 is not in it");
 * ```
 */
export function bootstrapStatistics(
  subjects: number,
  statistics: (drawn: Uint32Array) => readonly number[],
  random: RandomStream,
  { confidence = 0.95, resamples = 10_000 }: BootstrapOptions = {},
): StatisticInterval[] {
  const task = "bootstrap statistics";
  if (!Number.isSafeInteger(subjects) || subjects < 2) {
    throw new RangeError(`Cannot ${task}: there are ${subjects} subjects, wanted at least 2`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`Cannot ${task}: confidence is ${confidence}, wanted above 0 and below 1`);
  }
  if (!Number.isSafeInteger(resamples) || resamples < 100) {
    throw new RangeError(`Cannot ${task}: resamples is ${resamples}, wanted a whole number >= 100`);
  }
  const drawn = new Uint32Array(subjects);
  const found: number[][] = [];
  for (let resample = 0; resample < resamples; resample++) {
    drawn.fill(0);
    for (let n = 0; n < subjects; n++) drawn[random.integer(0, subjects - 1)]!++;
    statistics(drawn).forEach((value, n) => {
      const own = found[n] ??= [];
      if (Number.isFinite(value)) own.push(value);
    });
  }
  return found.map((values) => {
    if (values.length === 0) return { low: null, high: null };
    values.sort((a, b) => a - b);
    return {
      low: quantileSorted(values, (1 - confidence) / 2),
      high: quantileSorted(values, (1 + confidence) / 2),
    };
  });
}
