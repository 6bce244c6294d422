/** What a worker of `case_workers.ts` runs. */
import { nextTurn } from "../../base/workers/next_turn.ts";
import { serveTasks } from "../../base/workers/serve_tasks.ts";
import { type CaseTask, type MadeVolume, runCaseTask, type SuiteJob } from "./case_task.ts";
import { openOrigin } from "./origin.ts";

/** What goes to and fro. */
export interface CaseWork {
  readonly start: SuiteJob;
  readonly task: CaseTask;
  readonly result: readonly MadeVolume[];
  readonly news: never;
  /** Ends the task under way before its next image, and those that wait. */
  readonly order: "stop";
}

serveTasks<CaseWork>(async (job) => {
  const opened = await openOrigin(job.origin, job.layout);
  let stopped = false;
  const goOn = async () => {
    await nextTurn();
    if (stopped) throw new Error("The worker was told to stop");
  };
  return {
    work: (task) => runCaseTask(job, task, opened, goOn),
    hear: () => void (stopped = true),
  };
});
