import type { TrainedRunOptions } from "./evaluate_trained.ts";
import type { TestSet } from "./evaluate.ts";

/** What `evaluateSeverities` makes of a case: itself, and four artifacts at five severities. */
const VOLUMES_OF_A_CASE = 21;

/** The volumes that an evaluation segments: those of its sets, and those of severities. */
export function countVolumes(
  sets: ReadonlyMap<string, TestSet>,
  { evaluation: { artifacts, severityVolumes } }: Pick<TrainedRunOptions, "evaluation">,
): number {
  let [all, own] = [0, 0];
  for (const { kind, cases } of sets.values()) {
    all += cases.length;
    if (kind === "intra") own += cases.length;
  }
  return all + (artifacts ? VOLUMES_OF_A_CASE * Math.min(severityVolumes, own) : 0);
}
