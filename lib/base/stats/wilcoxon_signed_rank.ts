import { rankSum } from "./midranks.ts";
import { normalTails } from "./normal_tails.ts";
import { signedRanks, type ZeroHandling } from "./signed_ranks.ts";

/** The most differing pairs of which `auto` takes the exact distribution. */
const MOST_EXACT_PAIRS = 25;

/** How to test. */
export interface WilcoxonOptions {
  /** What becomes of pairs that do not differ; `wilcoxon` (dropped) by default. */
  readonly zeros?: ZeroHandling;
  /**
   * How to get the p-value. `exact`: from all assignments of signs to the ranks that are there, ties
   * or not; its time grows with the cube of the number of pairs. `normal`: from the normal
   * distribution of the same mean and variance, which holds the correction for ties, without one
   * for continuity. `auto`, the default: exact where at most 25 pairs differ and no two by the same
   * amount, otherwise normal.
   */
  readonly method?: "auto" | "exact" | "normal";
}

/** What the test says. */
export interface WilcoxonResult {
  /** Sum of the ranks of pairs whose first value is greater (W+, R's V). */
  readonly positiveRankSum: number;
  /** Sum of the ranks of pairs whose second value is greater (W-). */
  readonly negativeRankSum: number;
  /** Number of pairs that differ. */
  readonly differing: number;
  /** Number of pairs that do not. */
  readonly zeros: number;
  /** How the p-value was got. */
  readonly method: "exact" | "normal";
  /** Two-sided, 0 to 1; 1 where no pair differs. */
  readonly pValue: number;
}

/**
 * Wilcoxon's signed-rank test of paired samples, two-sided: whether the differences of the pairs are
 * symmetric about 0. Wilcoxon, Individual comparisons by ranking methods (Biometrics Bulletin,
 * 1945); Pratt, Remarks on zeros and ties in the Wilcoxon signed rank procedures (JASA, 1959); the
 * exact distribution by Streitberg and Röhmel's shift algorithm (1986).
 *
 * Pairs are subjects: average over seeds first ({@linkcode averageOverSeeds}). Differences that
 * should be equal may differ in their last bits, as 0.3 - 0.2 and 0.2 - 0.1 do: round scores that
 * come in coarse steps.
 *
 * @param first One finite number a subject.
 * @param second As many, of the same subjects in the same order.
 * @throws {TypeError} If the numbers of values differ, or there are none.
 * @throws {RangeError} If a value is NaN or infinite.
 *
 * @example Five subjects that all gain: the least p-value that five pairs can give
 * ```ts
 * import { wilcoxonSignedRank } from "./wilcoxon_signed_rank.ts";
 *
 * const { pValue } = wilcoxonSignedRank([0.9, 0.8, 0.85, 0.7, 0.95], [0.8, 0.6, 0.82, 0.65, 0.8]);
 * if (pValue !== 2 / 2 ** 5) throw new Error(`p is ${pValue}`);
 * ```
 */
export function wilcoxonSignedRank(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { zeros: zeroHandling = "wilcoxon", method = "auto" }: WilcoxonOptions = {},
): WilcoxonResult {
  const task = "compute Wilcoxon's signed-rank test";
  const { positive, negative, zeros } = signedRanks(first, second, zeroHandling, task);
  const ranks = [...positive, ...negative];
  const tied = new Set(ranks).size < ranks.length;
  const exact = method === "exact" ||
    (method === "auto" && ranks.length <= MOST_EXACT_PAIRS && !tied);
  const positiveRankSum = rankSum(positive);
  const negativeRankSum = rankSum(negative);
  const lesser = Math.min(positiveRankSum, negativeRankSum);
  return {
    positiveRankSum,
    negativeRankSum,
    differing: ranks.length,
    zeros,
    method: exact ? "exact" : "normal",
    pValue: exact ? exactPValue(ranks, lesser) : normalPValue(ranks, lesser),
  };
}

/** Twice the probability that ranks with fair signs sum up to at most the lesser sum. */
function exactPValue(ranks: readonly number[], lesser: number): number {
  // Doubled ranks are whole numbers also where there are ties.
  const probability = new Float64Array(2 * lesser + 1);
  probability[0] = 1;
  for (const rank of ranks) {
    for (let sum = 2 * lesser; sum >= 0; sum--) {
      const without = sum >= 2 * rank ? probability[sum - 2 * rank]! : 0;
      probability[sum] = (probability[sum]! + without) / 2;
    }
  }
  return Math.min(1, 2 * probability.reduce((total, part) => total + part, 0));
}

/** With fair signs, a sum of ranks has half their sum as mean, a quarter of their squares' as variance. */
function normalPValue(ranks: readonly number[], lesser: number): number {
  const distance = rankSum(ranks) / 2 - lesser;
  if (distance === 0) return 1;
  return normalTails(distance / Math.sqrt(rankSum(ranks.map((rank) => rank * rank)) / 4));
}
