import { pairedSamples } from "./finite_sample.ts";
import { midranks } from "./midranks.ts";

/**
 * What becomes of pairs that do not differ. `wilcoxon`: they are dropped before ranking (Wilcoxon
 * 1945). `pratt`: they are ranked with the others, as the least, and their ranks dropped (Pratt
 * 1959), so that many equal pairs make the others' ranks more alike.
 */
export type ZeroHandling = "wilcoxon" | "pratt";

/** The ranks of absolute differences of pairs, by the sign of the difference. */
export interface SignedRanks {
  /** Ranks of the pairs whose first value is greater. */
  readonly positive: readonly number[];
  /** Ranks of the pairs whose second value is greater. */
  readonly negative: readonly number[];
  /** Number of pairs that do not differ. */
  readonly zeros: number;
}

/**
 * Ranks paired differences by their size; equal sizes share the mean of their ranks.
 *
 * @throws {TypeError} If the numbers of values differ, or there are none.
 * @throws {RangeError} If a value is NaN or infinite.
 */
export function signedRanks(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  zeroHandling: ZeroHandling,
  task: string,
): SignedRanks {
  const [x, y] = pairedSamples(first, second, task);
  const differences = x.map((value, pair) => value - y[pair]!);
  const different = differences.filter((difference) => difference !== 0);
  const ranked = zeroHandling === "pratt" ? differences : different;
  const ranks = midranks(ranked.map(Math.abs));
  return {
    positive: ranks.filter((_, place) => ranked[place]! > 0),
    negative: ranks.filter((_, place) => ranked[place]! < 0),
    zeros: differences.length - different.length,
  };
}
