/** What a worker of `job_runner.ts` runs: one job after the other, on a backend of its own. */
import { serveTasks } from "../../../base/workers/serve_tasks.ts";
import { parseConfig } from "../../../base/config/parse_config.ts";
import { memoryBytes } from "../../runs/open_cache.ts";
import { PreparedCases } from "../../../learning/evaluation/prepared_cases.ts";
import type { StudyJob, StudyPlan } from "../plan/study_plan.ts";
import { type JobOutcome, runJob } from "./run_job.ts";
import type { JobEvent } from "./study_events.ts";

/** What goes to and fro. */
export interface JobWork {
  readonly start: { readonly plan: StudyPlan; readonly dir: string; readonly threads: number };
  readonly task: StudyJob;
  readonly result: JobOutcome;
  readonly news: JobEvent;
  /** Ends the job under way after its step. */
  readonly order: "stop";
}

serveTasks<JobWork>(({ plan, dir, threads }) => {
  const stop = new AbortController();
  const shared = {
    dir,
    threads,
    prepared: new PreparedCases(memoryBytes(parseConfig(plan.settings).data)),
    stop: stop.signal,
  };
  return {
    work: (job, onEvent) => runJob(plan, job, { ...shared, onEvent }),
    hear: () => stop.abort(),
  };
});
