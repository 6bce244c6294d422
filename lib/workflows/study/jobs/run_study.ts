import type { CreateStepper } from "../../../learning/cooperative/create_stepper.ts";
import { reportStudy, type StudyReport } from "../page/report_study.ts";
import type { StudyPlan } from "../plan/study_plan.ts";
import { beginStudy } from "./begin_study.ts";
import { type FailedJob, JobQueue } from "./job_queue.ts";
import type { RunnerOptions } from "./job_runner.ts";
import { localRunner } from "./local_runner.ts";
import type { StudyEvent } from "./study_events.ts";
import { workerRunner } from "./worker_runner.ts";

/** Where a study lives and how it shows. */
export interface RunStudyOptions {
  /** The study's folder; one that holds a study already goes on. */
  readonly dir: string;
  /** Runs at once, 1 to 64, 1 by default: each more takes a worker, and a share of the cores. */
  readonly jobs?: number;
  /** Threads of each run; all cores by default, shared by the runs. Changes no result. */
  readonly threads?: number;
  /** Aborted to end the study after the steps under way; what is being evaluated comes to its end. */
  readonly stop?: AbortSignal;
  /** Is told what happens in the study. */
  readonly onEvent?: (event: StudyEvent) => void;
  /** Whether runs of other versions of the code may be in the study; false by default. */
  readonly allowOtherVersion?: boolean;
  /** Makes the network of each run, where they run in this process. */
  readonly createStepper?: CreateStepper;
  /** Writes tables and page at the end; `reportStudy` by default. */
  readonly report?: (dir: string) => Promise<StudyReport>;
}

/** How a study ended. */
export interface StudyResult {
  /** The study's folder. */
  readonly dir: string;
  /** Jobs that are done, of this sitting and earlier ones. */
  readonly done: number;
  /** Jobs of the plan, done or not. */
  readonly jobs: number;
  /** Those that failed, with why. */
  readonly failed: readonly FailedJob[];
  /** Whether it was ended from outside, with jobs left. */
  readonly interrupted: boolean;
  /** Absent where it was interrupted, or no job is done. */
  readonly report?: StudyReport;
}

/**
 * Runs the jobs of a study, those that are left, then writes its tables and its page. A job that
 * fails is told, and the others go on; asked for again, it is tried again.
 *
 * @throws {StudyError} If the folder holds a study of other settings, or no study but something else,
 * or another process runs it, or another version of the code has trained runs of it, or the runs would
 * be tested on nothing or on two sets of one name.
 * @throws {ConfigError | DatasetError | NiftiError} If the data of a run cannot be used; then nothing
 * is written.
 * @throws {RangeError} If `jobs` is no whole number from 1 to 64; then nothing is written, either.
 * @throws {WriteError} If the disk refuses the plan, the summary or the page.
 */
export async function runStudy(asked: StudyPlan, options: RunStudyOptions): Promise<StudyResult> {
  const { dir, jobs: atOnce = 1, threads = null, onEvent = () => {}, createStepper } = options;
  if (!Number.isSafeInteger(atOnce) || atOnce < 1 || atOnce > 64) {
    throw new RangeError(
      `Cannot run a study: jobs is ${atOnce}, wanted a whole number from 1 to 64`,
    );
  }
  const device = asked.settings.training?.device ?? "cpu";
  if (device !== "cpu" && atOnce > 1) {
    throw new RangeError(
      `Cannot run a study with training.device ${device}: jobs is ${atOnce}, wanted 1: a graphics ` +
        "card takes one at a time",
    );
  }
  using study = await beginStudy(asked, options);
  const { folder, plan, jobs, left, results, pace } = study;
  const stop = options.stop ?? new AbortController().signal;
  const queue = new JobQueue({ plan, jobs, folder, pace, stop, onEvent }, results);
  const runners = Math.min(atOnce, Math.max(1, left.length));
  await serveAll(queue, runners, { plan, dir, stop, threads, atOnce, createStepper });

  const { failed } = queue, done = queue.results.size;
  const interrupted = stop.aborted && done + failed.length < jobs.length;
  const ended = { dir, done, jobs: jobs.length, failed, interrupted };
  if (interrupted || done === 0) return ended;
  const report = await (options.report ?? reportStudy)(dir);
  onEvent({ type: "page", path: report.page });
  return { ...ended, report };
}

/** Lets one runner serve in this process, or several at once, each in a worker. */
async function serveAll(
  queue: JobQueue,
  runners: number,
  { plan, dir, stop, threads, atOnce, createStepper }: RunnerOptions & {
    readonly createStepper?: CreateStepper | undefined;
    readonly atOnce: number;
  },
): Promise<void> {
  if (atOnce === 1) {
    using runner = localRunner({ plan, dir, stop, threads, createStepper });
    return await queue.serve(runner);
  }
  const share = threads ?? Math.max(1, Math.floor(navigator.hardwareConcurrency / atOnce));
  await Promise.all(Array.from({ length: runners }, async () => {
    using runner = workerRunner({ plan, dir, stop, threads: share });
    await queue.serve(runner);
  }));
}
