import { sampleRankCorrelation } from "../deps/simple_statistics.ts";
import { pairedSamples } from "./finite_sample.ts";

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, equal values sharing the mean of
 * theirs. Spearman, The proof and measurement of association between two things (American Journal of
 * Psychology, 1904).
 *
 * @param first One finite number a case, at least two.
 * @param second As many, of the same cases in the same order.
 * @returns -1 to 1.
 * @throws {TypeError} If the numbers of values differ, or are below two.
 * @throws {RangeError} If a value is NaN or infinite, or all values of a sample are equal.
 *
 * @example
 * ```ts
 * import { spearman } from "./spearman.ts";
 *
 * const rho = spearman([1, 2, 3, 4], [10, 100, 1000, 10000]);
 * if (Math.abs(rho - 1) > 1e-12) throw new Error(`rho is ${rho}`);
 * ```
 */
export function spearman(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const task = "compute the rank correlation";
  const samples = pairedSamples(first, second, task, 2);
  samples.forEach((sample, which) => {
    if (sample.every((value) => value === sample[0])) {
      const name = which === 0 ? "first" : "second";
      throw new RangeError(`Cannot ${task}: every value of ${name} is ${sample[0]}`);
    }
  });
  // Rounding can take a perfect correlation past 1 by a bit.
  return Math.max(-1, Math.min(1, sampleRankCorrelation(...samples)));
}
