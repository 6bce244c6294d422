import { byDomain } from "../training/run_data.ts";
import { openDataset } from "../data/open_dataset.ts";
import type { TestSet } from "../training/evaluate.ts";
import type { StudyTest } from "./study_plan.ts";

/**
 * The further data sets of a study as test sets of other domains: one a domain, named after the data
 * set, and after the domain too where there are several.
 *
 * @throws {DatasetError | NiftiError} If one cannot be used.
 */
export async function studyTestSets(tests: readonly StudyTest[]): Promise<Map<string, TestSet>> {
  const sets = new Map<string, TestSet>();
  for (const { name, dir, layout } of tests) {
    const domains = byDomain((await openDataset(dir, layout)).cases);
    for (const [domain, cases] of domains) {
      sets.set(domains.size === 1 ? name : `${name} ${domain}`, { kind: "cross", cases });
    }
  }
  return sets;
}
