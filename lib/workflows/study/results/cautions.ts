import type { Evaluation } from "../../../formats/run_folder/evaluation.ts";

/**
 * What a person should know of the scores of runs, a sentence each: subjects that a run was trained or
 * validated on, and is scored on; labels that a set has none of.
 */
export function cautionsOf(
  evaluations: readonly Pick<Evaluation, "sets" | "seen">[],
): string[] {
  const seen = new Map<string, Set<string>>();
  const unlabelled = new Map<string, Set<string>>();
  const add = (to: Map<string, Set<string>>, set: string, name: string) =>
    to.set(set, (to.get(set) ?? new Set()).add(name));
  for (const evaluation of evaluations) {
    for (const { set, subject } of evaluation.seen ?? []) add(seen, set, subject);
    for (const [set, { unlabelled: labels = [] }] of Object.entries(evaluation.sets)) {
      for (const label of labels) add(unlabelled, set, label);
    }
  }
  return [
    ...[...seen].map(([set, subjects]) =>
      `${set} holds subjects that a run scored on them was trained or validated on: ${
        [...subjects].join(", ")
      }.`
    ),
    ...[...unlabelled].map(([set, labels]) =>
      `No label of ${set} holds ${
        [...labels].join(", ")
      }: left out of its means, but where it is segmented.`
    ),
  ];
}
