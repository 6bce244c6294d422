import { openRunCases } from "../../../imaging/data/cases/run_cases.ts";
import { checkStepMemory } from "../../../learning/training/step_memory.ts";
import { configOf } from "./config_of.ts";
import type { StudyJob, StudyPlan } from "./study_plan.ts";
import { allTestSets, studyTestSets } from "./study_sets.ts";

/**
 * Finds the data of jobs, and whether a step fits in memory, without reading a voxel, since what is wrong with a data set to test on would
 * else be told after hours of training.
 *
 * @throws {ConfigError | DatasetError | NiftiError} If data cannot be used, or not be divided so.
 * @throws {StudyError} As `allTestSets`.
 */
export async function checkData(
  plan: Pick<StudyPlan, "settings" | "tests">,
  jobs: readonly StudyJob[],
): Promise<void> {
  if (jobs.length === 0) return;
  // Methods and seeds change nothing in how subjects are divided.
  const divisions = Map.groupBy(
    jobs,
    ({ replicate: { split, fold }, trainingSubjects }) =>
      JSON.stringify([split, fold, trainingSubjects]),
  );
  for (const [job] of divisions.values()) {
    const config = configOf(plan, job!);
    const cases = await openRunCases(config);
    for (const { method } of new Map(jobs.map((job) => [job.method, job])).values()) {
      const own = configOf(plan, { ...job!, method });
      // A size that is chosen from the data is known when a run begins.
      const { data: { size }, training: { device } } = own;
      if (size !== "auto" && device === "cpu") checkStepMemory(own, size);
    }
    allTestSets(cases, config, await studyTestSets(plan.tests, cases.task));
  }
}
