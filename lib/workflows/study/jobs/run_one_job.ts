import { ClaimError } from "../../../formats/files/claim.ts";
import { exists } from "../../../formats/files/exists.ts";
import type { CreateStepper } from "../../../learning/cooperative/create_stepper.ts";
import { jobsOf } from "../plan/jobs_of.ts";
import { StudyError } from "../plan/study_error.ts";
import { readPlan, studyFolder } from "../plan/study_folder.ts";
import { attemptJob } from "./attempt_job.ts";
import { checkVersions } from "./check_versions.ts";
import type { JobRunner } from "./job_runner.ts";
import { localRunner } from "./local_runner.ts";
import { pause } from "./pause.ts";
import type { JobOutcome } from "./run_job.ts";
import type { JobEvent } from "./study_events.ts";

/** Other runs that are looked at for their version: each of thousands of jobs shall not read them all. */
const COMPARED = 20;

/** Milliseconds between two looks at a run that another process has. */
const LOOK = 5000;

/** How to run one job of a study. */
export interface OneJobOptions {
  /** Threads of the backend; all cores by default. Changes no result. */
  readonly threads?: number;
  /** Aborted to end the job after the step under way; an evaluation comes to its end. */
  readonly stop?: AbortSignal;
  /** Is told what happens in the job. */
  readonly onEvent?: (event: JobEvent) => void;
  /** Seconds to wait for a run that another process has; 0 by default. */
  readonly patience?: number;
  /** Whether runs of other versions of the code may be in the study; false by default. */
  readonly allowOtherVersion?: boolean;
  /** Makes the network; the cooperative networks on the WASM backend by default. */
  readonly createStepper?: CreateStepper;
}

/**
 * Runs one job of a study that is planned, wherever its folder is seen, or goes on with it. It holds the
 * run alone, so that others of the study may run at the same time; tables and page are left to
 * `reportStudy`. Why it failed stands in the study's folder.
 *
 * @param id The name of the run's folder.
 * @throws {StudyError} If the folder holds no study, or the study has no such job, or another version
 * has trained runs of it.
 * @throws {ClaimError} If another process has the run for longer than there is patience.
 * @throws {Error} As `startRun`, `resumeRun` and the evaluation.
 */
export async function runOneJob(
  dir: string,
  id: string,
  options: OneJobOptions = {},
): Promise<JobOutcome> {
  const { threads = null, onEvent = () => {}, patience = 0, createStepper } = options;
  const stop = options.stop ?? new AbortController().signal;
  const plan = await readPlan(dir), folder = studyFolder(dir), jobs = jobsOf(plan);
  const job = jobs.find((one) => one.id === id);
  if (job === undefined) {
    throw new StudyError(
      `Cannot run ${id}: the study in ${dir} has no such run, wanted one as ${jobs[0]!.id}; ` +
        "study jobs lists them",
    );
  }
  if (await exists(folder.run(job).evaluation)) return "done";
  using own = localRunner({ plan, dir, threads, stop, createStepper });
  const runner: JobRunner = {
    async run(job, onEvent) {
      await checkVersions(folder, [job, ...jobs.slice(0, COMPARED)], {
        allowOther: options.allowOtherVersion,
        onNotice: (text) => onEvent({ type: "notice", job: job.id, text }),
      });
      return await patiently(
        () => own.run(job, onEvent),
        patience,
        stop,
        () =>
          onEvent({
            type: "notice",
            job: job.id,
            text: "waiting for the process that has this run",
          }),
      );
    },
    [Symbol.dispose]() {},
  };
  return await attemptJob(folder, job, runner, onEvent);
}

/** Tries again for some seconds while another process has what is wanted. */
async function patiently(
  work: () => Promise<JobOutcome>,
  seconds: number,
  stop: AbortSignal,
  onWait: () => void,
): Promise<JobOutcome> {
  const end = performance.now() + 1000 * seconds;
  for (let first = true;; first = false) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ClaimError) || performance.now() >= end) throw error;
    }
    if (first) onWait();
    if (stop.aborted) return "interrupted";
    await pause(Math.min(LOOK, Math.max(0, end - performance.now())), stop);
  }
}
