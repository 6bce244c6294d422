/**
 * Cases spread over workers. Each worker is this library's own `case_worker.ts`, started by its URL,
 * so that it runs wherever the library was imported from.
 */
import { SuiteManifestError } from "../../imaging/artifacts/suites/manifest.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import { NiftiError, type NiftiErrorCode } from "../../formats/nifti/nifti_error.ts";
import { type CaseTask, type MadeVolume, runCaseTask, type SuiteJob } from "./case_task.ts";
import type { OpenedOrigin } from "./origin.ts";
import type { WorkerAnswer, WorkerRequest } from "./worker_messages.ts";

/**
 * Does every task and gives the results in the order of the tasks.
 *
 * @param threads 1 or more; with 1 no worker is started.
 * @param onDone Is told after each case how many volumes it had.
 */
export async function runCaseTasks(
  job: SuiteJob,
  tasks: readonly CaseTask[],
  opened: OpenedOrigin,
  threads: number,
  onDone: (volumes: number) => void = () => {},
): Promise<(readonly MadeVolume[])[]> {
  const results: (readonly MadeVolume[])[] = [];
  if (threads === 1 || tasks.length === 1) {
    for (const task of tasks) {
      results.push(await runCaseTask(job, task, opened));
      onDone(results.at(-1)!.length);
    }
    return results;
  }
  const workers: Worker[] = [];
  let next = 0;
  const serve = async () => {
    const worker = new Worker(new URL("./case_worker.ts", import.meta.url), { type: "module" });
    workers.push(worker);
    worker.postMessage({ job } satisfies WorkerRequest);
    while (next < tasks.length) {
      const index = next++;
      try {
        results[index] = await ask(worker, { index, task: tasks[index]! });
      } catch (error) {
        next = tasks.length;
        throw error;
      }
      onDone(results[index]!.length);
    }
  };
  // all of them, so that none still writes when an error has been told
  const ends = await Promise.allSettled(
    Array.from({ length: Math.min(threads, tasks.length) }, serve),
  );
  for (const worker of workers) worker.terminate();
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
  return results;
}

function ask(worker: Worker, request: WorkerRequest): Promise<readonly MadeVolume[]> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data: { volumes, error } }: MessageEvent<WorkerAnswer>) => {
      if (error !== undefined) reject(revived(error));
      else resolve(volumes!);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`A worker failed: ${event.message}`));
    };
    worker.postMessage(request);
  });
}

/** The error that was thrown in a worker, in its class. */
function revived({ name, message, code }: NonNullable<WorkerAnswer["error"]>): Error {
  if (name === "NiftiError") return new NiftiError(code as NiftiErrorCode, message);
  const classes = { RangeError, TypeError, DatasetError, SuiteManifestError };
  const Class = classes[name as keyof typeof classes] ?? Error;
  return new Class(message);
}
