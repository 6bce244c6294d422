import { nextTurn } from "../../base/workers/next_turn.ts";
import { WorkerClient } from "../../base/workers/worker_client.ts";
import { NiftiError } from "../../formats/nifti/nifti_error.ts";
import { SuiteManifestError } from "../../imaging/artifacts/suites/manifest.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import { type CaseTask, type MadeVolume, runCaseTask, type SuiteJob } from "./case_task.ts";
import type { CaseWork } from "./case_worker.ts";
import type { OpenedOrigin } from "./origin.ts";
import { ArtifactRequestError } from "./request_error.ts";

/** Milliseconds that workers are given to end what they write before they are ended amid it. */
const GRACE = 3000;

const ERRORS = [DatasetError, NiftiError, SuiteManifestError, ArtifactRequestError];

/** How to do the tasks. */
export interface CaseTasksOptions {
  /** 1 or more; with 1 no worker is started. */
  readonly threads: number;
  /** Is told after each case how many volumes it had. */
  readonly onDone?: (volumes: number) => void;
  /** Aborted to end the work before the next image, workers included. */
  readonly stop?: AbortSignal | undefined;
}

/**
 * Does every task and gives the results in the order of the tasks.
 *
 * @throws {DOMException} "AbortError", where `stop` is aborted.
 */
export async function runCaseTasks(
  job: SuiteJob,
  tasks: readonly CaseTask[],
  opened: OpenedOrigin,
  { threads, onDone = () => {}, stop }: CaseTasksOptions,
): Promise<(readonly MadeVolume[])[]> {
  const results: (readonly MadeVolume[])[] = [];
  if (threads === 1 || tasks.length === 1) {
    const goOn = async () => {
      await nextTurn();
      if (stop?.aborted) throw ended();
    };
    for (const task of tasks) {
      await goOn();
      results.push(await runCaseTask(job, task, opened, goOn));
      onDone(results.at(-1)!.length);
    }
    return results;
  }
  let next = 0;
  const overdue = Promise.withResolvers<never>();
  overdue.promise.catch(() => {});
  const workers = new Set<WorkerClient<CaseWork>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const abort = () => {
    next = tasks.length;
    // A worker that is ended amid a file goes on writing it, and its folder would be there again.
    for (const worker of workers) worker.order("stop");
    timer = setTimeout(() => overdue.reject(ended()), GRACE);
  };
  const serve = async () => {
    const module = new URL("./case_worker.ts", import.meta.url);
    using worker = new WorkerClient<CaseWork>(module, job, { errors: ERRORS });
    workers.add(worker);
    while (next < tasks.length) {
      const index = next++;
      try {
        results[index] = await Promise.race([worker.ask(tasks[index]!), overdue.promise]);
      } catch (error) {
        next = tasks.length;
        throw stop?.aborted ? ended() : error;
      }
      onDone(results[index]!.length);
    }
  };
  stop?.addEventListener("abort", abort, { once: true });
  if (stop?.aborted) abort();
  // all of them, so that none still writes when an error has been told
  const ends = await Promise.allSettled(
    Array.from({ length: Math.min(threads, tasks.length) }, serve),
  );
  stop?.removeEventListener("abort", abort);
  clearTimeout(timer);
  if (stop?.aborted) throw ended();
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
  return results;
}

function ended(): DOMException {
  return new DOMException("Ended before it was done; nothing was written", "AbortError");
}
