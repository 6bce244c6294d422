/**
 * How a score holds out against corruption of several severities: the measures of ROOD-MRI (Boone et
 * al. 2022, arXiv 2203.06060), for a score of any kind.
 */

/** The weight of one severity against the next milder one, as published. */
export const SEVERITY_WEIGHT = 2 / 3;

/** A score at a severity. */
export interface SeverityScore {
  /** 1 for the mildest, a whole number; 0 where a corruption has no severities, which weighs 1. */
  readonly severity: number;
  /** Of any unit; the mean over subjects, or one subject's. */
  readonly score: number;
}

/**
 * The score over clean and corrupted images, the milder the more it counts:
 * `(clean + sum_s a^s score_s) / (1 + sum_s a^s)`.
 *
 * @param clean The score of clean images.
 * @param weight The weight a, above 0; 2/3 by default.
 * @returns Of the score's unit; NaN where one of the scores is.
 * @throws {RangeError} If the weight or a severity is out of its range.
 * @throws {TypeError} If there is no corrupted score.
 *
 * @example
 * ```ts
 * import { overallScore } from "./severity_weighted.ts";
 *
 * const overall = overallScore(1, [{ severity: 1, score: 0.5 }], 0.5);
 * if (Math.abs(overall - (1 + 0.25) / 1.5) > 1e-12) throw new Error(`${overall}`);
 * ```
 */
export function overallScore(
  clean: number,
  scores: readonly SeverityScore[],
  weight = SEVERITY_WEIGHT,
): number {
  const { sum, weights } = weighted(scores, weight);
  return (clean + sum) / (1 + weights);
}

/**
 * What corruption costs: `sum_s a^s loss_s / sum_s a^s`, with `loss_s` the clean score less that at
 * severity s where more is better, and the other way round where less is. 0 is no loss, below it a gain.
 *
 * @param clean The score of clean images.
 * @param how Whether more is better, and the weight a, 2/3 by default.
 * @returns Of the score's unit; NaN where one of the scores is.
 * @throws {RangeError} If the weight or a severity is out of its range.
 * @throws {TypeError} If there is no corrupted score.
 *
 * @example
 * ```ts
 * import { degradation } from "./severity_weighted.ts";
 *
 * const scores = [{ severity: 1, score: 5 }, { severity: 2, score: 11 }];
 * const cost = degradation(2, scores, { higherIsBetter: false, weight: 0.5 });
 * if (Math.abs(cost - (3 / 2 + 9 / 4) / (3 / 4)) > 1e-12) throw new Error(`${cost}`);
 * ```
 */
export function degradation(
  clean: number,
  scores: readonly SeverityScore[],
  { higherIsBetter, weight = SEVERITY_WEIGHT }: {
    readonly higherIsBetter: boolean;
    readonly weight?: number;
  },
): number {
  const { sum, weights } = weighted(scores, weight);
  const corrupted = sum / weights;
  return higherIsBetter ? clean - corrupted : corrupted - clean;
}

function weighted(scores: readonly SeverityScore[], weight: number) {
  if (scores.length === 0) throw new TypeError("Cannot weigh severities: there is no score");
  if (!(weight > 0 && Number.isFinite(weight))) {
    throw new RangeError(`Cannot weigh severities: the weight is ${weight}, wanted above 0`);
  }
  let sum = 0, weights = 0;
  for (const { severity, score } of scores) {
    if (!Number.isInteger(severity) || severity < 0) {
      throw new RangeError(
        `Cannot weigh severities: a severity is ${severity}, wanted a whole number of 0 or more`,
      );
    }
    const own = weight ** severity;
    sum += own * score;
    weights += own;
  }
  return { sum, weights };
}
