import { WorkerClient } from "../../../base/workers/worker_client.ts";
import { jobsLeft } from "../plan/jobs_left.ts";
import type { StudyJob, StudyPlan } from "../plan/study_plan.ts";
import type { StepWork } from "./step_worker.ts";
import { JOB_ERRORS } from "./worker_runner.ts";

/** How cores are shared: so many runs at once, of so many threads each. */
export interface Division {
  /** Runs at once, 1 to 64. */
  readonly jobs: number;
  /** Threads of each. */
  readonly threads: number;
}

/** A division, and how long it takes. */
export interface MeasuredDivision extends Division {
  /** A step of the slowest, while all take theirs. */
  readonly secondsPerStep: number;
}

/** What was measured, and what to take. */
export interface DivisionChoice {
  /** The one by which the study ends first. */
  readonly best: Division;
  /** Nothing where there was nothing to choose. */
  readonly measured: readonly MeasuredDivision[];
}

/** Where a study runs. */
export interface ChooseDivisionOptions {
  /** The study's folder: what is done in it needs no core. */
  readonly dir?: string;
  /** To share; all of the machine by default. */
  readonly cores?: number;
  /** Times a step of a job while `jobs` of them run; by default each runs in a worker. */
  readonly time?: (job: StudyJob, division: Division) => Promise<number>;
}

/** The divisions of some cores, halving threads from all of them to one, for at most so many runs. */
export function divisionsOf(cores: number, runs: number): Division[] {
  const found: Division[] = [];
  for (let threads = cores; threads >= 1; threads = Math.floor(threads / 2)) {
    const jobs = Math.min(Math.floor(cores / threads), runs, 64);
    // As many runs with fewer threads leave cores idle.
    if (jobs >= 1 && !found.some((other) => other.jobs === jobs)) found.push({ jobs, threads });
  }
  return found;
}

/**
 * Measures how a study is done soonest on the cores there are: one run at a time with all of them, or
 * several with a share each. Every division takes steps of the plan's last method, all its runs at the
 * same time, since they share caches and memory; the fastest is that whose runs, one after the other on
 * each share, end first.
 *
 * @throws {ConfigError | DatasetError | NiftiError} If settings or data cannot be used.
 */
export async function chooseDivision(
  plan: StudyPlan,
  { dir, cores = navigator.hardwareConcurrency, time = timeInWorkers(plan) }:
    ChooseDivisionOptions = {},
): Promise<DivisionChoice> {
  const left = await jobsLeft(plan, dir), job = left.at(-1);
  const divisions = divisionsOf(cores, left.length);
  if (job === undefined || divisions.length < 2) {
    return { best: divisions[0] ?? { jobs: 1, threads: cores }, measured: [] };
  }
  const measured: MeasuredDivision[] = [];
  for (const division of divisions) {
    measured.push({ ...division, secondsPerStep: await time(job, division) });
  }
  const seconds = ({ jobs, secondsPerStep }: MeasuredDivision) =>
    Math.ceil(left.length / jobs) * secondsPerStep;
  const { jobs, threads } = measured.reduce((a, b) => seconds(b) < seconds(a) ? b : a);
  return { best: { jobs, threads }, measured };
}

function timeInWorkers(plan: StudyPlan) {
  return async (job: StudyJob, { jobs, threads }: Division): Promise<number> => {
    using workers = new DisposableStack();
    const module = new URL("./step_worker.ts", import.meta.url);
    const times = Array.from({ length: jobs }, () => {
      const start = { plan, threads };
      const worker = new WorkerClient<StepWork>(module, start, { errors: JOB_ERRORS });
      return workers.use(worker).ask(job);
    });
    return Math.max(...await Promise.all(times));
  };
}
