/** What a worker of `case_workers.ts` runs. */
import { serveTasks } from "../../base/workers/serve_tasks.ts";
import { type CaseTask, type MadeVolume, runCaseTask, type SuiteJob } from "./case_task.ts";
import { openOrigin } from "./origin.ts";

/** What goes to and fro. */
export interface CaseWork {
  readonly start: SuiteJob;
  readonly task: CaseTask;
  readonly result: readonly MadeVolume[];
  readonly news: never;
  readonly order: never;
}

serveTasks<CaseWork>(async (job) => {
  const opened = await openOrigin(job.origin, job.layout);
  return { work: (task) => runCaseTask(job, task, opened) };
});
