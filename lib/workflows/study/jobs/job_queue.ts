import { attemptJob } from "./attempt_job.ts";
import type { JobRunner } from "./job_runner.ts";
import { type JobResult, readResult } from "../results/open_study.ts";
import type { JobEvent, StudyEvent } from "./study_events.ts";
import type { StudyFolder } from "../plan/study_folder.ts";
import type { StudyPace } from "./study_pace.ts";
import type { StudyJob, StudyPlan } from "../plan/study_plan.ts";
import { StudyError } from "../plan/study_error.ts";
import { summarise } from "../results/summarise.ts";

/** A job that could not be done, and why. */
export interface FailedJob {
  /** The job's id, which names its run's folder. */
  readonly job: string;
  /** Why it failed, for a person. */
  readonly message: string;
}

/** What the jobs of a study share while they run. */
export interface JobQueueOptions {
  readonly plan: StudyPlan;
  /** Every job, in the order of the table. */
  readonly jobs: readonly StudyJob[];
  readonly folder: StudyFolder;
  readonly pace: StudyPace;
  /** Aborted, no further job begins. */
  readonly stop: AbortSignal;
  readonly onEvent: (event: StudyEvent) => void;
}

/** Resamples of the summaries on the way; the last has ten times as many. */
const RESAMPLES_ON_THE_WAY = 1000;

/** The jobs that are left, handed to one or several runners, and what came of them. */
export class JobQueue {
  /** What is done, by the job's id; those of earlier sittings included. */
  readonly results: Map<string, JobResult>;
  readonly failed: FailedJob[] = [];
  readonly #options: JobQueueOptions;
  readonly #left: StudyJob[];

  /** @param results What earlier sittings have done. */
  constructor(options: JobQueueOptions, results: ReadonlyMap<string, JobResult>) {
    this.#options = options;
    this.results = new Map(results);
    this.#left = options.jobs.filter(({ id }) => !results.has(id));
  }

  /** Has a runner do one job after another until none is left. */
  async serve(runner: JobRunner): Promise<void> {
    while (!this.#options.stop.aborted) {
      const job = this.#left.shift();
      if (job === undefined) return;
      let result: JobResult | undefined;
      try {
        result = await this.#run(job, runner);
      } catch (error) {
        this.#noteFailure(job, error instanceof Error ? error.message : String(error));
      }
      if (result !== undefined) this.#tellResult(job, result);
    }
  }

  /** What came of the job; nothing where it was interrupted. */
  async #run(job: StudyJob, runner: JobRunner): Promise<JobResult | undefined> {
    const { folder, pace } = this.#options;
    const { dir } = folder.run(job);
    // another process may have done it while this one did others
    const outcome = await readResult(job, dir) !== undefined
      ? "done"
      : await attemptJob(folder, job, runner, (event) => this.#hear(job, event));
    if (outcome === "interrupted") return undefined;
    const result = (await readResult(job, dir))!;
    this.results.set(job.id, result);
    pace.ended(job, true);
    return result;
  }

  #hear(job: StudyJob, event: JobEvent): void {
    const { pace } = this.#options;
    if (event.type === "job-start") pace.started(job, event.firstStep);
    if (event.type === "step") pace.stepped(job, event.step, event.totalSteps);
    if (event.type === "evaluation") pace.evaluating(job);
    this.#tell(event);
  }

  /** Tells the job's own scores, and what all that are done say together. */
  #tellResult(job: StudyJob, { evaluation }: JobResult): void {
    const { plan, jobs } = this.#options;
    const done = this.results.size;
    this.#tell({ type: "job-done", job: job.id, scores: scoresOf(evaluation), done });
    const finished = jobs.flatMap(({ id }) => this.results.get(id) ?? []);
    try {
      const summary = summarise(plan, finished, { resamples: RESAMPLES_ON_THE_WAY });
      this.#tell({ type: "summary", summary });
    } catch (error) {
      // some folds may not be comparable before others are done
      if (!(error instanceof StudyError)) throw error;
      this.#tell({ type: "notice", text: `no table yet: ${error.message}` });
    }
  }

  #noteFailure(job: StudyJob, message: string): void {
    this.failed.push({ job: job.id, message });
    this.#options.pace.ended(job, false);
    this.#tell({ type: "job-failed", job: job.id, message });
  }

  #tell(event: StudyEvent): void {
    const seconds = this.#options.pace.secondsLeft();
    this.#options.onEvent({ ...event, secondsLeft: Number.isFinite(seconds) ? seconds : null });
  }
}

function scoresOf({ sets }: JobResult["evaluation"]) {
  return Object.fromEntries(
    Object.entries(sets).flatMap(([name, { ftn, stn }]) => {
      if (ftn.mean === null) return [];
      const refined = stn?.mean ?? null;
      return [[name, { ftn: ftn.mean, ...refined !== null && { stn: refined } }]];
    }),
  );
}
