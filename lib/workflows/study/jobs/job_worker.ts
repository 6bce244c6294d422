/** What a worker of `job_runner.ts` runs: one job after the other, on a backend of its own. */
import { PreparedCases } from "../../../learning/evaluation/prepared_cases.ts";
import type { JobAnswer, JobRequest } from "./job_messages.ts";
import { runJob } from "./run_job.ts";
import type { StudyPlan } from "../plan/study_plan.ts";

/** The part of a worker's global scope that is used. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<JobRequest>) => void) | null;
  postMessage(message: JobAnswer): void;
}

const scope = globalThis as unknown as WorkerScope;
const stop = new AbortController();
const prepared = new PreparedCases();
let work: { readonly plan: StudyPlan; readonly dir: string; readonly threads: number };

scope.onmessage = async ({ data }) => {
  if ("stop" in data) return stop.abort();
  if ("plan" in data) return void (work = data);
  try {
    const outcome = await runJob(work.plan, data.job, {
      dir: work.dir,
      threads: work.threads,
      prepared,
      stop: stop.signal,
      onEvent: (event) => scope.postMessage({ event }),
    });
    scope.postMessage({ outcome });
  } catch (thrown) {
    scope.postMessage({ error: thrown instanceof Error ? thrown.message : String(thrown) });
  }
};
