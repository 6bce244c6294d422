import type { ResolvedConfig } from "../config/config_schema.ts";
import type { TestSet } from "../training/evaluate.ts";

/** Cases that `evaluateSeverities` takes at most, and the volumes of each: clean, then 4 x 5. */
const [SEVERITY_CASES, SEVERITY_VOLUMES] = [2, 21];

/** The volumes that an evaluation segments: those of its sets, and those of severities. */
export function countVolumes(
  sets: ReadonlyMap<string, TestSet>,
  { evaluation: { artifacts } }: Pick<ResolvedConfig, "evaluation">,
): number {
  let [all, own] = [0, 0];
  for (const { kind, cases } of sets.values()) {
    all += cases.length;
    if (kind === "intra") own += cases.length;
  }
  return all + (artifacts ? SEVERITY_VOLUMES * Math.min(SEVERITY_CASES, own) : 0);
}
