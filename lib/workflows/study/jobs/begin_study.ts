import { join } from "../../../base/deps/std.ts";
import { ClaimError } from "../../../formats/files/claim.ts";
import { exists } from "../../../formats/files/exists.ts";
import { WriteError } from "../../../formats/files/write_atomically.ts";
import { readStepLog } from "../../../formats/run_folder/step_log.ts";
import { claimRun } from "../../runs/claim_run.ts";
import { checkData } from "../plan/check_data.ts";
import { continuePlan, planIn } from "../plan/continue_plan.ts";
import { jobsOf } from "../plan/jobs_of.ts";
import { StudyError } from "../plan/study_error.ts";
import { loadPlan, savePlan, type StudyFolder, studyFolder } from "../plan/study_folder.ts";
import { planText, type StudyJob, type StudyPlan } from "../plan/study_plan.ts";
import { type JobResult, readResult } from "../results/open_study.ts";
import { checkVersions } from "./check_versions.ts";
import { lockStudy } from "./lock_study.ts";
import type { StudyEvent } from "./study_events.ts";
import { StudyPace } from "./study_pace.ts";

/** How a study begins. */
export interface BeginOptions {
  /** The study's folder; one that holds a study already goes on. */
  readonly dir: string;
  /** Runs at once, 1 by default. */
  readonly jobs?: number;
  /** Whether runs of other versions of the code may be in the study; false by default. */
  readonly allowOtherVersion?: boolean;
  /** Is told what happens in the study. */
  readonly onEvent?: (event: StudyEvent) => void;
}

/** A study that is checked, planned and held for this process until it is disposed of. */
export interface BegunStudy extends Disposable {
  /** The places in the study's folder. */
  readonly folder: StudyFolder;
  /** The plan on disk: what was asked for, with what the study had before. */
  readonly plan: StudyPlan;
  /** Every job of the plan, in the order of the table. */
  readonly jobs: readonly StudyJob[];
  /** Those that are not done. */
  readonly left: readonly StudyJob[];
  /** What earlier sittings have done, by job. */
  readonly results: ReadonlyMap<string, JobResult>;
  /** Tells how long the study will still take; it knows what earlier sittings measured. */
  readonly pace: StudyPace;
}

/**
 * Checks a study and its data, holds its folder and saves its plan; no job has begun by then.
 *
 * @throws {Error} As `runStudy`.
 */
export async function beginStudy(asked: StudyPlan, options: BeginOptions): Promise<BegunStudy> {
  const { dir, jobs: atOnce = 1, onEvent = () => {} } = options;
  const folder = studyFolder(dir);
  const { plan, added } = await planIn(folder, asked);
  const jobs = jobsOf(plan);
  const results = await earlierResults(folder, jobs);
  const left = jobs.filter(({ id }) => !results.has(id));
  await checkData(plan, left);
  if (left.length > 0) {
    const told = { onNotice: (text: string) => onEvent({ type: "notice", text }) };
    await checkVersions(folder, jobs, { ...told, allowOther: options.allowOtherVersion });
  }
  await makeRoom(folder);
  using held = new DisposableStack();
  held.use(await lockStudy(dir, (text) => onEvent({ type: "notice", text })));
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
  const lock = held.move();
  return { folder, plan, jobs, left, results, pace, [Symbol.dispose]: () => lock.dispose() };
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
