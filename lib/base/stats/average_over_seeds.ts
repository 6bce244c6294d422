import { mean } from "../deps/simple_statistics.ts";
import { finiteSample } from "./finite_sample.ts";

/**
 * The score of each subject, averaged over runs that differ in their seed alone.
 *
 * Subjects are what a study samples: the runs of several seeds on one subject are no independent
 * observations, and counting them as such would make intervals too narrow and p-values too small.
 * So average over seeds first, then give the subjects to {@linkcode bootstrapMean} or
 * {@linkcode wilcoxonSignedRank}.
 *
 * @param scores Shape [seeds, subjects]: the subjects in the same order for each seed.
 * @returns Shape [subjects].
 * @throws {TypeError} If there are no seeds or no subjects, or seeds differ in their number of
 * subjects.
 * @throws {RangeError} If a score is NaN or infinite.
 *
 * @example
 * ```ts
 * import { averageOverSeeds } from "./average_over_seeds.ts";
 *
 * const [first, second] = averageOverSeeds([[0.5, 1], [1, 1]]);
 * if (first !== 0.75 || second !== 1) throw new Error(`${first}, ${second}`);
 * ```
 */
export function averageOverSeeds(scores: readonly ArrayLike<number>[]): number[] {
  const task = "average over seeds";
  if (scores.length === 0) throw new TypeError(`Cannot ${task}: scores holds no seed`);
  const subjects = scores[0]!.length;
  const runs = scores.map((run, seed) => {
    if (run.length !== subjects) {
      throw new TypeError(
        `Cannot ${task}: scores[${seed}] has ${run.length} subjects, scores[0] has ${subjects}`,
      );
    }
    return finiteSample(run, `scores[${seed}]`, task);
  });
  return runs[0]!.map((_, subject) => mean(runs.map((run) => run[subject]!)));
}
