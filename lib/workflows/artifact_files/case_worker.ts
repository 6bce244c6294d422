/** What a worker of `case_workers.ts` runs. */
import { runCaseTask, type SuiteJob } from "./case_task.ts";
import { type OpenedOrigin, openOrigin } from "./origin.ts";
import type { WorkerAnswer, WorkerRequest } from "./worker_messages.ts";

/** The part of a worker's global scope that is used. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<WorkerRequest>) => void) | null;
  postMessage(message: WorkerAnswer): void;
}

const scope = globalThis as unknown as WorkerScope;
let job: SuiteJob, opened: Promise<OpenedOrigin>;

scope.onmessage = async ({ data }) => {
  if ("job" in data) {
    job = data.job;
    opened = openOrigin(job.origin);
    // told with the first task
    opened.catch(() => {});
    return;
  }
  const { index, task } = data;
  try {
    scope.postMessage({ index, volumes: await runCaseTask(job, task, await opened) });
  } catch (thrown) {
    const { name, message, code } = thrown as Error & { code?: unknown };
    scope.postMessage({ index, error: { name, message, code } });
  }
};
