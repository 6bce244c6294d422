import type { CaseSource } from "../../imaging/data/cases/case_source.ts";
import { artifactSets } from "./artifact_sets.ts";
import type { TestSet } from "./evaluate.ts";
import type { RunCases } from "../../imaging/data/cases/run_cases.ts";

/** What a run is tested on besides its own sets. */
export interface TestSetOptions {
  /** Which sets there are. */
  readonly evaluation: {
    /** Whether artifact sets are made of the run's own test cases. */
    readonly artifacts: boolean;
  };
}

/** The test cases of the run's own domains (`intra`), which artifacts are put in. */
export function ownTestCases({ test, division }: RunCases): CaseSource[] {
  return [...test].filter(([domain]) => !Object.hasOwn(division.others, domain))
    .flatMap(([, sources]) => sources);
}

/**
 * What a trained run is tested on, by name: its test subjects by domain, those of other domains, and,
 * with `evaluation.artifacts`, the artifact sets made of the first.
 */
export function runTestSets(
  cases: RunCases,
  { evaluation: { artifacts } }: TestSetOptions,
): Map<string, TestSet> {
  const sets = new Map<string, TestSet>();
  for (const [domain, sources] of cases.test) {
    const kind = Object.hasOwn(cases.division.others, domain) ? "cross" : "intra";
    sets.set(domain, { kind, cases: sources, own: kind === "intra" });
  }
  for (
    const [name, sources] of artifacts ? artifactSets(ownTestCases(cases), cases.task.labels) : []
  ) {
    sets.set(name, { kind: "corrupted", cases: sources });
  }
  return sets;
}
