import { exists } from "../../formats/files/exists.ts";
import { readStepLog } from "../../formats/run_folder/step_log.ts";
import { jobsOf } from "../study/plan/jobs_of.ts";
import { studyFolder } from "../study/plan/study_folder.ts";
import type { StudyPlan } from "../study/plan/study_plan.ts";
import type { StudyProgress } from "./page_progress.ts";

/** A job that has written nothing for so many seconds runs no more. */
const QUIET_SECONDS = 120;

/** Characters of a reason at most. */
const MOST_TEXT = 500;

/**
 * What of a study is done, runs, failed and is left, by its folder's files.
 *
 * @throws {RunFolderError} If a log cannot be read.
 */
export async function studyProgress(dir: string, plan: StudyPlan): Promise<StudyProgress> {
  const folder = studyFolder(dir);
  const jobs: StudyProgress["jobs"] = [];
  for (const job of jobsOf(plan)) {
    const { config, log, evaluation } = folder.run(job), { id } = job;
    const hasRun = await exists(config);
    const steps = await readStepLog(log), step = steps.at(-1)?.step ?? 0;
    const changed = await Deno.stat(log).then(({ mtime }) => mtime?.getTime() ?? 0, () => 0);
    if (await exists(evaluation)) jobs.push({ id, state: "done", step, hasRun });
    else if (await exists(folder.failure(job))) {
      const reason = (await Deno.readTextFile(folder.failure(job))).trim().slice(0, MOST_TEXT);
      jobs.push({ id, state: "failed", step, hasRun, reason });
    } else {
      const running = Date.now() - changed < QUIET_SECONDS * 1000;
      jobs.push({ id, state: running ? "running" : "left", step, hasRun });
    }
  }
  return { kind: "study", jobs };
}
