import { ConfigError } from "../../../base/config/config_error.ts";
import { WorkerClient } from "../../../base/workers/worker_client.ts";
import { ClaimError } from "../../../formats/files/claim.ts";
import { WriteError } from "../../../formats/files/write_atomically.ts";
import { NiftiError } from "../../../formats/nifti/nifti_error.ts";
import { CheckpointError } from "../../../formats/run_folder/checkpoint_error.ts";
import { RunExistsError, RunFolderError } from "../../../formats/run_folder/run_folder_error.ts";
import { SafetensorsError } from "../../../formats/safetensors/safetensors_error.ts";
import { DatasetError } from "../../../imaging/data/cases/dataset_error.ts";
import { StudyError } from "../plan/study_error.ts";
import type { JobRunner, RunnerOptions } from "./job_runner.ts";
import type { JobWork } from "./job_worker.ts";

/** What a job may end with; see `runJob`. */
export const JOB_ERRORS = [
  ...[
    CheckpointError,
    ClaimError,
    ConfigError,
    DatasetError,
    NiftiError,
    RunExistsError,
    RunFolderError,
  ],
  ...[SafetensorsError, StudyError, WriteError],
];

/** Runs jobs in a worker, which has a backend and prepared cases of its own. */
export function workerRunner(
  { plan, dir, threads, stop }: RunnerOptions & { readonly threads: number },
): JobRunner {
  let worker: WorkerClient<JobWork> | undefined;
  const interrupt = () => worker?.order("stop");
  stop.addEventListener("abort", interrupt, { once: true });
  const start = () => {
    const module = new URL("./job_worker.ts", import.meta.url);
    worker = new WorkerClient<JobWork>(module, { plan, dir, threads }, { errors: JOB_ERRORS });
    // Nobody was there to hear it.
    if (stop.aborted) interrupt();
    return worker;
  };
  return {
    // One that has failed as a whole gives way to a new one.
    run: (job, onEvent) => (worker?.ended === false ? worker : start()).ask(job, onEvent),
    [Symbol.dispose]() {
      stop.removeEventListener("abort", interrupt);
      worker?.[Symbol.dispose]();
    },
  };
}
