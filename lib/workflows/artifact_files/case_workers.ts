import { WorkerClient } from "../../base/workers/worker_client.ts";
import { NiftiError } from "../../formats/nifti/nifti_error.ts";
import { SuiteManifestError } from "../../imaging/artifacts/suites/manifest.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import { type CaseTask, type MadeVolume, runCaseTask, type SuiteJob } from "./case_task.ts";
import type { CaseWork } from "./case_worker.ts";
import type { OpenedOrigin } from "./origin.ts";

const ERRORS = [DatasetError, NiftiError, SuiteManifestError];

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
  let next = 0;
  const serve = async () => {
    const module = new URL("./case_worker.ts", import.meta.url);
    using worker = new WorkerClient<CaseWork>(module, job, { errors: ERRORS });
    while (next < tasks.length) {
      const index = next++;
      try {
        results[index] = await worker.ask(tasks[index]!);
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
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
  return results;
}
