/** How large a paired difference is, beside how sure. */
import { mean, sampleStandardDeviation } from "../deps/simple_statistics.ts";
import { pairedSamples } from "./finite_sample.ts";
import { rankSum } from "./midranks.ts";
import { signedRanks } from "./signed_ranks.ts";

/**
 * Cohen's d of paired samples: the mean of the differences `first - second` over their standard
 * deviation (n - 1). d_z in Lakens, Calculating and reporting effect sizes (Frontiers in Psychology,
 * 2013).
 *
 * @param first One finite number a subject, at least two.
 * @param second As many, of the same subjects in the same order.
 * @returns Positive where the first is greater on average.
 * @throws {TypeError} If the numbers of values differ, or are below two.
 * @throws {RangeError} If a value is NaN or infinite, or all differences are equal.
 */
export function cohensDz(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const task = "compute Cohen's d";
  const [x, y] = pairedSamples(first, second, task, 2);
  const differences = x.map((value, pair) => value - y[pair]!);
  if (differences.every((difference) => difference === differences[0])) {
    throw new RangeError(
      `Cannot ${task}: every difference is ${differences[0]}, wanted at least two different ones`,
    );
  }
  return mean(differences) / sampleStandardDeviation(differences);
}

/**
 * The matched-pairs rank-biserial correlation: the share of the signed-rank sum in favour of the
 * first less that in favour of the second. Pairs that do not differ are dropped. Kerby, The simple
 * difference formula (Comprehensive Psychology, 2014).
 *
 * @param first One finite number a subject.
 * @param second As many, of the same subjects in the same order.
 * @returns -1 (the second is greater in every pair) to 1 (the first is).
 * @throws {TypeError} If the numbers of values differ, or there are none.
 * @throws {RangeError} If a value is NaN or infinite, or no pair differs.
 *
 * @example Ranks 1 and 2 for the first, 3 for the second
 * ```ts
 * import { rankBiserial } from "./effect_sizes.ts";
 *
 * if (rankBiserial([2, 4, 1], [1, 2, 5]) !== 0) throw new Error("not balanced");
 * ```
 */
export function rankBiserial(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const task = "compute the rank-biserial correlation";
  const { positive, negative, zeros } = signedRanks(first, second, "wilcoxon", task);
  const [inFavour, against] = [rankSum(positive), rankSum(negative)];
  if (inFavour + against === 0) {
    throw new RangeError(
      `Cannot ${task}: none of the ${zeros} pairs differs, wanted one that does`,
    );
  }
  return (inFavour - against) / (inFavour + against);
}
