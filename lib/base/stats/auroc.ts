import { finiteSample } from "./finite_sample.ts";
import { midranks, rankSum } from "./midranks.ts";

/**
 * The area under the ROC curve: the probability that a positive case scores higher than a negative
 * one, equal scores counted half. Hanley and McNeil, The meaning and use of the area under a receiver
 * operating characteristic (ROC) curve (Radiology, 1982), by the ranks of the positives.
 *
 * @param scores One finite number a case, higher where it looks more like a positive one: to judge
 * how well an uncertainty flags failed segmentations, the uncertainties.
 * @param positives Whether each case is positive, as many: the failures.
 * @returns 0 to 1; 0.5 is chance.
 * @throws {TypeError} If the numbers of values differ, or there are none.
 * @throws {RangeError} If a score is NaN or infinite, or all cases are positive, or none.
 *
 * @example
 * ```ts
 * import { auroc } from "./auroc.ts";
 *
 * const area = auroc([0.1, 0.4, 0.4, 0.8], [false, false, true, true]);
 * if (area !== 3.5 / 4) throw new Error(`area is ${area}`);
 * ```
 */
export function auroc(scores: ArrayLike<number>, positives: ArrayLike<boolean>): number {
  const task = "compute the area under the ROC curve";
  if (scores.length !== positives.length) {
    throw new TypeError(
      `Cannot ${task}: there are ${scores.length} scores and ${positives.length} positives flags`,
    );
  }
  const ranks = midranks(finiteSample(scores, "scores", task));
  const ofPositives = ranks.filter((_, place) => positives[place]);
  const [count, others] = [ofPositives.length, ranks.length - ofPositives.length];
  if (count === 0 || others === 0) {
    throw new RangeError(
      `Cannot ${task}: ${count} of ${ranks.length} cases are positive, wanted some but not all`,
    );
  }
  return (rankSum(ofPositives) - count * (count + 1) / 2) / (count * others);
}
