import { exists } from "../../../formats/files/exists.ts";
import { planIn } from "./continue_plan.ts";
import { jobsOf } from "./jobs_of.ts";
import { studyFolder } from "./study_folder.ts";
import type { StudyJob, StudyPlan } from "./study_plan.ts";

/**
 * The jobs that a study in a folder would run; all where no folder is given.
 *
 * @throws {StudyError} If the folder holds what the plan cannot go on with.
 */
export async function jobsLeft(asked: StudyPlan, dir: string | undefined): Promise<StudyJob[]> {
  if (dir === undefined) return jobsOf(asked);
  const folder = studyFolder(dir);
  const jobs = jobsOf((await planIn(folder, asked)).plan);
  const done = await Promise.all(jobs.map((job) => exists(folder.run(job).evaluation)));
  return jobs.filter((_, n) => !done[n]);
}
