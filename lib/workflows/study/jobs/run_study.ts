import { join } from "../../../base/deps/std.ts";
import { ClaimError } from "../../../formats/files/claim.ts";
import { exists } from "../../../formats/files/exists.ts";
import { WriteError } from "../../../formats/files/write_atomically.ts";
import { claimRun } from "../../runs/claim_run.ts";
import type { CreateStepper } from "../../../learning/cooperative/create_stepper.ts";
import { readStepLog } from "../../../formats/run_folder/step_log.ts";
import { checkData } from "../plan/check_data.ts";
import { continuePlan, planIn } from "../plan/continue_plan.ts";
import { type FailedJob, JobQueue } from "./job_queue.ts";
import { localRunner, type RunnerOptions, workerRunner } from "./job_runner.ts";
import { jobsOf } from "../plan/jobs_of.ts";
import { lockStudy } from "./lock_study.ts";
import { type JobResult, readResult } from "../results/open_study.ts";
import { reportStudy, type StudyReport } from "../page/report_study.ts";
import type { StudyEvent } from "./study_events.ts";
import { loadPlan, savePlan, type StudyFolder, studyFolder } from "../plan/study_folder.ts";
import { StudyPace } from "./study_pace.ts";
import { StudyError } from "../plan/study_error.ts";
import { planText, type StudyJob, type StudyPlan } from "../plan/study_plan.ts";

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
  readonly onEvent?: (event: StudyEvent) => void;
  /** Makes the network of each run, where they run in this process. */
  readonly createStepper?: CreateStepper;
  /** Writes tables and page at the end; `reportStudy` by default. */
  readonly report?: (dir: string) => Promise<StudyReport>;
}

/** How a study ended. */
export interface StudyResult {
  readonly dir: string;
  /** Jobs that are done, of this sitting and earlier ones. */
  readonly done: number;
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
 * or another process runs it, or the runs would be tested on nothing or on two sets of one name.
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
  const folder = studyFolder(dir);
  const { plan, added } = await planIn(folder, asked);
  const jobs = jobsOf(plan);
  const results = await earlierResults(folder, jobs);
  const left = jobs.filter(({ id }) => !results.has(id));
  await checkData(plan, left);
  await makeRoom(folder);
  using _lock = await lockStudy(dir, (text) => onEvent({ type: "notice", text }));
  // another process may have begun, and ended, while this one checked the data
  const found = await loadPlan(folder);
  if (found !== undefined && planText(continuePlan(dir, found, asked).plan) !== planText(plan)) {
    throw new StudyError(`Cannot run the study in ${dir}: another process has changed its plan`);
  }
  for (const { dir } of results.values()) await tidy(dir);
  await savePlan(folder, plan);
  if (added.length > 0) {
    onEvent({ type: "notice", text: `added to the study: ${added.join("; ")}` });
  }
  const pace = new StudyPace(plan, left, atOnce);
  for (const { job } of results.values()) {
    const steps = await readStepLog(folder.run(job).log);
    pace.remember(job.method, steps.length, steps.reduce((sum, { seconds }) => sum + seconds, 0));
  }
  onEvent({ type: "study", dir, jobs: jobs.length, done: results.size });

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

/** The jobs that are done already. */
async function earlierResults(
  folder: StudyFolder,
  jobs: readonly StudyJob[],
): Promise<Map<string, JobResult>> {
  const results = new Map<string, JobResult>();
  for (const job of jobs) {
    const result = await readResult(job, folder.run(job).dir);
    if (result !== undefined) results.set(job.id, result);
  }
  return results;
}

/** Removes what a process that was killed once a run was done has left in its folder. */
async function tidy(dir: string): Promise<void> {
  if (!await exists(join(dir, ".claim"))) return;
  try {
    (await claimRun(dir, { task: `tidy ${dir}` }))[Symbol.dispose]();
  } catch (error) {
    // somebody resumes it by itself
    if (!(error instanceof ClaimError)) throw error;
  }
}

async function makeRoom({ dir, runs }: StudyFolder): Promise<void> {
  try {
    await Deno.mkdir(runs, { recursive: true });
  } catch (cause) {
    throw new WriteError(dir, { cause });
  }
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
