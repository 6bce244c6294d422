import type { CaseEvaluation } from "../../../formats/run_folder/evaluation.ts";
import { meanOf } from "../../../base/stats/mean_of.ts";
import type { JobResult } from "./open_study.ts";
import type { Column } from "./study_summary.ts";

/** A number of a volume; undefined or null where it has none. */
export type VolumeScore = (volume: CaseEvaluation) => number | null | undefined;

/** Whether the subjects of a column are others than the run's own, so that each set has its own names. */
export function isOther(kind: Column["kind"]): boolean {
  return kind === "cross" || kind === "given";
}

/** The scores of one method in one column, 0-1 where they are Dice. */
export interface SubjectScores {
  /** The mean of each subject over its volumes, then over the replicates that tested it. */
  readonly subjects: ReadonlyMap<string, number>;
  /** The mean over subjects of each replicate; null where it tested none. */
  readonly replicates: readonly (number | null)[];
}

/**
 * Takes the subjects' scores together, since subjects are what a study samples: frames, repeats and
 * seeds of one subject are no independent observations.
 *
 * @param results One a replicate, all of one method.
 * @param column Whose sets are taken together; subjects of the run's own domains go by their name,
 * those of others by set and name.
 * @param score Which number of a volume, as the mean Dice of a network; volumes without it are left out.
 */
export function subjectScores(
  results: readonly JobResult[],
  column: Column,
  score: VolumeScore,
): SubjectScores {
  const byReplicate = results.map(({ evaluation }) => {
    const values = new Map<string, number[]>();
    for (const volume of evaluation.volumes) {
      const value = column.sets.includes(volume.set) ? score(volume) : undefined;
      if (value === undefined || value === null) continue;
      // Two data sets of other domains may number their subjects alike.
      const subject = isOther(column.kind) ? `${volume.set}/${volume.subject}` : volume.subject;
      values.set(subject, [...values.get(subject) ?? [], value]);
    }
    return new Map([...values].map(([subject, all]) => [subject, meanOf(all)]));
  });
  const names = new Set(byReplicate.flatMap((subjects) => [...subjects.keys()]));
  return {
    subjects: new Map(
      [...names].map((subject) => {
        const all = byReplicate.flatMap((subjects) => subjects.get(subject) ?? []);
        return [subject, meanOf(all)];
      }),
    ),
    replicates: byReplicate.map((subjects) =>
      subjects.size === 0 ? null : meanOf([...subjects.values()])
    ),
  };
}
