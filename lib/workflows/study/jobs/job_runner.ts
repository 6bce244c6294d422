/** Where jobs run: in this process, or each in a worker. */
import { PreparedCases } from "../../../learning/evaluation/prepared_cases.ts";
import type { CreateStepper } from "../../runs/start_run.ts";
import type { JobAnswer, JobRequest } from "./job_messages.ts";
import { type JobOutcome, runJob } from "./run_job.ts";
import type { JobEvent } from "./study_events.ts";
import type { StudyJob, StudyPlan } from "../plan/study_plan.ts";

/** Runs one job at a time. */
export interface JobRunner extends Disposable {
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

/** Runs jobs in this process. */
export function localRunner(
  { plan, createStepper, ...options }: RunnerOptions & {
    readonly createStepper?: CreateStepper | undefined;
  },
): JobRunner {
  const prepared = new PreparedCases();
  return {
    run: (job, onEvent) => runJob(plan, job, { ...options, createStepper, prepared, onEvent }),
    [Symbol.dispose]() {},
  };
}

/** Runs jobs in a worker, which has a backend and prepared cases of its own. */
export function workerRunner(
  { plan, dir, threads, stop }: RunnerOptions & { readonly threads: number },
): JobRunner {
  let worker: Worker | undefined;
  const post = (request: JobRequest) => worker?.postMessage(request);
  const interrupt = () => post({ stop: true });
  stop.addEventListener("abort", interrupt, { once: true });
  const end = () => {
    worker?.terminate();
    worker = undefined;
  };
  const start = () => {
    const started = new Worker(new URL("./job_worker.ts", import.meta.url), { type: "module" });
    worker = started;
    post({ plan, dir, threads });
    // Nobody was there to hear it.
    if (stop.aborted) interrupt();
    return started;
  };
  return {
    run: (job, onEvent) =>
      new Promise((resolve, reject) => {
        const running = worker ?? start();
        running.onmessage = ({ data }: MessageEvent<JobAnswer>) => {
          if ("event" in data) onEvent(data.event);
          else if ("outcome" in data) resolve(data.outcome);
          else reject(new Error(data.error));
        };
        running.onerror = (event) => {
          event.preventDefault();
          end();
          reject(new Error(`A worker failed: ${event.message}`));
        };
        post({ job });
      }),
    [Symbol.dispose]() {
      stop.removeEventListener("abort", interrupt);
      end();
    },
  };
}
