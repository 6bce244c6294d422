import { exists } from "../../../formats/files/exists.ts";
import { jobsOf } from "../plan/jobs_of.ts";
import { StudyError } from "../plan/study_error.ts";
import { readPlan, studyFolder } from "../plan/study_folder.ts";

/** Which runs of a study. */
export interface StudyRunsOptions {
  /** The method; absent: the only one. */
  readonly method?: string;
  /** Is told what a person should know, a line each. */
  readonly onNotice?: (line: string) => void;
}

/**
 * The run folders of a study's method, trained by the most training subjects: its folds and seeds, as
 * far as they are done.
 *
 * @throws {StudyError} If the folder holds no study, it has several methods and none is named, or no run
 * of the method is done.
 */
export async function studyRuns(
  dir: string,
  { method, onNotice = () => {} }: StudyRunsOptions = {},
): Promise<string[]> {
  const folder = studyFolder(dir), plan = await readPlan(dir);
  const named = method ?? (plan.methods.length === 1 ? plan.methods[0] : undefined);
  if (named === undefined || !plan.methods.includes(named)) {
    throw new StudyError(
      `Cannot choose the runs of ${dir}: ` +
        (named === undefined ? "no method is named" : `it has no method ${named}`) +
        `, wanted one of ${plan.methods.join(", ")}`,
    );
  }
  const most = plan.trainingSubjects.at(-1)!;
  const jobs = jobsOf(plan).filter((job) => job.method === named && job.trainingSubjects === most);
  const done: string[] = [];
  for (const job of jobs) {
    const run = folder.run(job);
    if (await exists(run.evaluation)) done.push(run.dir);
  }
  if (done.length === 0) {
    throw new StudyError(`Cannot use ${dir}: none of its ${jobs.length} runs of ${named} is done`);
  }
  onNotice(
    `averaging ${done.length} runs of ${named}` +
      (done.length < jobs.length ? `; ${jobs.length - done.length} are not done` : ""),
  );
  return done;
}
