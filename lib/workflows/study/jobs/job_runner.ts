/** Where jobs run: in this process (`local_runner.ts`), in workers, or on the nodes of a cluster. */
import type { JobOutcome } from "./run_job.ts";
import type { JobEvent } from "./study_events.ts";
import type { StudyJob, StudyPlan } from "../plan/study_plan.ts";

/** Runs one job at a time. */
export interface JobRunner extends Disposable {
  /** Whether it says itself in the study's folder why a job failed; otherwise whoever calls it does. */
  readonly notesFailures?: boolean;
  /** @throws {Error} If the job fails; the runner can take another one. */
  run(job: StudyJob, onEvent: (event: JobEvent) => void): Promise<JobOutcome>;
}

/** What all jobs of a study share. */
export interface RunnerOptions {
  readonly plan: StudyPlan;
  /** The study's folder. */
  readonly dir: string;
  /** Threads of the backend; null = all cores. */
  readonly threads: number | null;
  readonly stop: AbortSignal;
}
