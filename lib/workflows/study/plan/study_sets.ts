import type { Task } from "../../../base/task/task.ts";
import { openThroughTask } from "../../../imaging/data/cases/open_through_task.ts";
import { realPlace } from "../../../formats/files/real_place.ts";
import type { TestSet } from "../../../learning/evaluation/evaluate.ts";
import { byDomain, type RunCases } from "../../../imaging/data/cases/run_cases.ts";
import { runTestSets, type TestSetOptions } from "../../../learning/evaluation/run_test_sets.ts";
import { StudyError } from "./study_error.ts";
import type { StudyTest } from "./study_plan.ts";

/** Names of columns that hold several sets. */
const TAKEN = ["intra", "cross", "average"];

/**
 * The further data sets of a study as test sets of other domains: one a domain, named after the data
 * set, and after the domain too where there are several.
 *
 * @param run What the runs segment: labels and channels are brought to it by name.
 * @param dir The runs' own data set; names of subjects hold within it.
 * @param onNotice Is told what a person should know of them, a line each, as labels that one lacks.
 * @throws {DatasetError | NiftiError | TaskMismatchError} If one cannot be used.
 * @throws {StudyError} If two have one name.
 */
export async function studyTestSets(
  tests: readonly StudyTest[],
  run: Task,
  dir: string | null = null,
  onNotice: (line: string) => void = () => {},
): Promise<Map<string, TestSet>> {
  const sets = new Map<string, TestSet>();
  const place = dir === null ? undefined : await realPlace(dir);
  for (const { name, dir: at, layout } of tests) {
    const { cases: all, task, notices } = await openThroughTask(at, layout, run);
    notices.forEach((line) => onNotice(`${name}: ${line}`));
    const own = await realPlace(at) === place;
    const domains = byDomain(all);
    for (const [domain, cases] of domains) {
      const set = domains.size === 1 ? name : `${name} ${domain}`;
      if (sets.has(set)) throw sameName(set, "another test");
      sets.set(set, { kind: "cross", cases, task, own });
    }
  }
  return sets;
}

/**
 * All that a run of a study is tested on: its own sets, then the further ones.
 *
 * @param more As {@linkcode studyTestSets} gives them.
 * @throws {StudyError} If a name is taken, or there is nothing to test on.
 */
export function allTestSets(
  cases: RunCases,
  config: TestSetOptions,
  more: ReadonlyMap<string, TestSet>,
): Map<string, TestSet> {
  const own = runTestSets(cases, config);
  for (const name of more.keys()) {
    if (own.has(name)) throw sameName(name, "a test set of the runs themselves");
  }
  const sets = new Map([...own, ...more]);
  for (const [name, { kind }] of sets) {
    if (kind !== "intra" && TAKEN.includes(name)) throw sameName(name, "a column of the tables");
  }
  if (![...sets.values()].some(({ cases }) => cases.length > 0)) {
    throw new StudyError(
      `Cannot run a study on ${cases.division.source}: there is nothing to test on, wanted test ` +
        "subjects (data.testFraction, data.split, data.folds, `test` in data.splitFile) or a further " +
        "data set",
    );
  }
  return sets;
}

function sameName(name: string, other: string): StudyError {
  return new StudyError(`Cannot test on ${name}: ${other} has this name, wanted one of its own`);
}
