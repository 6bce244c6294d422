import { basename, resolve } from "../../../base/deps/std.ts";
import { type Evaluation, readEvaluation } from "../../../formats/run_folder/evaluation.ts";
import { exists } from "../../../formats/files/exists.ts";
import { runFolder } from "../../../formats/run_folder/run_folder.ts";
import { openRunFolder } from "../../runs/open_run_folder.ts";
import { readStepLog, type StepRecord } from "../../../formats/run_folder/step_log.ts";
import { jobsOf } from "../plan/jobs_of.ts";
import { StudyError } from "../plan/study_error.ts";
import { loadPlan, studyFolder } from "../plan/study_folder.ts";
import type { StudyJob, StudyPlan } from "../plan/study_plan.ts";

/** A job that is done. */
export interface JobResult {
  /** Which job it is. */
  readonly job: StudyJob;
  /** Its run folder. */
  readonly dir: string;
  /** Its scores, as `evaluation.json` has them. */
  readonly evaluation: Evaluation;
}

/** A job that is done, with how it was trained. */
export interface OpenedJob extends JobResult {
  /** The lines of its log. */
  readonly losses: readonly StepRecord[];
}

/** A study as it stands on disk; a single run is one of one job. */
export interface OpenedStudy {
  /** The folder that was opened. */
  readonly dir: string;
  /** What was asked for; of a single run or of scores, one that says the same. */
  readonly plan: StudyPlan;
  /** All jobs, done or not, in their order. */
  readonly jobs: readonly StudyJob[];
  /** Those that are done, in the same order. */
  readonly results: readonly OpenedJob[];
}

/**
 * Opens the folder of a study, finished or not, of a single run, or of scored predictions, whose method
 * then has the folder's name.
 *
 * @throws {StudyError} If it is none of these, or an evaluation cannot be read.
 * @throws {RunFolderError} If a log, or the configuration of a single run, is no valid one.
 */
export async function openStudy(dir: string): Promise<OpenedStudy> {
  const folder = studyFolder(dir);
  const plan = await loadPlan(folder);
  if (plan === undefined) return await openRun(dir);
  const jobs = jobsOf(plan);
  const results = await Promise.all(
    jobs.map((job) => openJob(job, folder.run(job).dir)),
  );
  return { dir, plan, jobs, results: results.filter((result) => result !== undefined) };
}

async function openRun(dir: string): Promise<OpenedStudy> {
  if (!await exists(runFolder(dir).config)) {
    const scores = await openScores(dir);
    if (scores !== undefined) return scores;
    throw new StudyError(
      `Cannot open ${dir}: it holds no study.json, nor the config.json of a run, nor scores of ` +
        "predictions",
    );
  }
  const { config } = await openRunFolder(dir);
  const { data, training } = config;
  const method = basename(resolve(dir));
  const replicate = {
    seed: training.seed,
    split: data.split,
    fold: data.folds === null ? null : data.fold,
  };
  const job = { id: method, method, replicate, trainingSubjects: data.trainingSubjects };
  const result = await openJob(job, dir);
  const plan = {
    preset: "run",
    methods: [method],
    replicates: [replicate],
    trainingSubjects: [data.trainingSubjects],
    tests: [],
    settings: config,
  };
  return { dir, plan, jobs: [job], results: result === undefined ? [] : [result] };
}

/** Scores of predictions made elsewhere, as a run that was not trained; undefined where it holds none. */
async function openScores(dir: string): Promise<OpenedStudy | undefined> {
  const method = basename(resolve(dir));
  const replicate = { seed: 0, split: null, fold: null };
  const job = { id: method, method, replicate, trainingSubjects: null };
  const result = await openJob(job, dir);
  if (result?.evaluation.predictions === undefined) return undefined;
  const plan = {
    preset: "scores",
    methods: [method],
    replicates: [replicate],
    trainingSubjects: [null],
    tests: [],
    settings: { evaluation: { grid: result.evaluation.grid } },
  };
  return { dir, plan, jobs: [job], results: [result] };
}

async function openJob(job: StudyJob, dir: string): Promise<OpenedJob | undefined> {
  const result = await readResult(job, dir);
  return result && { ...result, losses: await readStepLog(runFolder(dir).log) };
}

/**
 * The result of a job; undefined where its run has not been evaluated yet.
 *
 * @throws {StudyError} If its evaluation cannot be read, or lacks what is needed here.
 */
export async function readResult(job: StudyJob, dir: string): Promise<JobResult | undefined> {
  const { evaluation: path } = runFolder(dir);
  if (!await exists(path)) return undefined;
  try {
    return { job, dir, evaluation: await readEvaluation(path) };
  } catch (cause) {
    throw new StudyError((cause as Error).message, { cause });
  }
}
