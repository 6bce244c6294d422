import { TrainingEvents } from "../../../learning/training/events.ts";
import type { Evaluation } from "../../../formats/run_folder/evaluation.ts";
import { evaluateTrained, type TrainedRun } from "../../../learning/evaluation/evaluate_trained.ts";
import type { PreparedCases } from "../../../learning/evaluation/prepared_cases.ts";
import { exists } from "../../../formats/files/exists.ts";
import type { CreateStepper } from "../../../learning/cooperative/create_stepper.ts";
import { resumeRun } from "../../runs/resume_run.ts";
import type { RunHooks } from "../../runs/run_hooks.ts";
import { startRun } from "../../runs/start_run.ts";
import { configOf } from "../plan/config_of.ts";
import { countVolumes } from "../../../learning/evaluation/count_volumes.ts";
import { keepCases } from "../results/kept_cases.ts";
import type { JobEvent } from "./study_events.ts";
import { studyFolder } from "../plan/study_folder.ts";
import type { StudyJob, StudyPlan } from "../plan/study_plan.ts";
import { allTestSets, studyTestSets } from "../plan/study_sets.ts";

/** Where a job's life shows, and what it shares with others. */
export interface JobOptions {
  /** The study's folder. */
  readonly dir: string;
  /** Threads of the backend; null = all cores. */
  readonly threads: number | null;
  /** Prepared test cases that jobs share. */
  readonly prepared: PreparedCases;
  /** Aborted to end the job after the step under way; one that is evaluated comes to its end. */
  readonly stop: AbortSignal;
  readonly onEvent: (event: JobEvent) => void;
  readonly createStepper?: CreateStepper | undefined;
}

/** How a job ended. */
export type JobOutcome = "done" | "interrupted";

/**
 * Runs a job of a study, or goes on with it where it has begun, to its evaluation.
 *
 * @throws {Error} As `startRun`, `resumeRun` and the evaluation.
 */
export async function runJob(
  plan: StudyPlan,
  job: StudyJob,
  options: JobOptions,
): Promise<JobOutcome> {
  const { threads, onEvent, createStepper } = options;
  const { dir, config } = studyFolder(options.dir).run(job);
  // The run's own rules abort it too, which must not end the study.
  const stop = new AbortController();
  const interrupt = () => stop.abort("interrupted");
  if (options.stop.aborted) return "interrupted";
  options.stop.addEventListener("abort", interrupt, { once: true });
  const hooks: RunHooks = {
    events: new TrainingEvents().on(
      "step",
      ({ position: { step }, totalSteps, losses }) =>
        onEvent({ type: "step", job: job.id, step, totalSteps, loss: losses["totalLoss"]! }),
    ),
    stop,
    onNotice: (text) => onEvent({ type: "notice", job: job.id, text }),
    onStart: ({ dir, firstStep }) => onEvent({ type: "job-start", job: job.id, dir, firstStep }),
    keepHardExamples: true,
    evaluate: (trained) => evaluateJob(plan, job, trained, options),
    ...(createStepper === undefined ? {} : { createStepper }),
  };
  try {
    const planned = configOf(plan, job, { dir, threads }), { mlflow } = planned.tracking;
    // a study may have got its store since the run began
    const changes = { training: { threads }, ...mlflow !== null && { tracking: { mlflow } } };
    const { reason } = await exists(config)
      ? await resumeRun(dir, changes, hooks)
      : await startRun(planned, hooks);
    return reason === "interrupted" ? "interrupted" : "done";
  } finally {
    options.stop.removeEventListener("abort", interrupt);
  }
}

async function evaluateJob(
  plan: StudyPlan,
  job: StudyJob,
  trained: TrainedRun,
  { dir, prepared, onEvent }: JobOptions,
): Promise<Evaluation> {
  const { task, preparation } = trained.config.data;
  const more = await studyTestSets(
    plan.tests,
    task,
    plan.settings.data?.dir,
    (text) => onEvent({ type: "notice", job: job.id, text }),
  );
  const sets = allTestSets(trained.cases, trained.config, more);
  const cases = new Map([...sets].map(([name, set]) => [name, set.cases] as const));
  const total = countVolumes(sets, trained.config);
  let volumes = 0;
  const tell = () => onEvent({ type: "evaluation", job: job.id, volumes, total });
  tell();
  const evaluation = await evaluateTrained(trained, {
    more,
    prepare: (source, set, how) => {
      volumes++;
      tell();
      return prepared.prepare(source, set, how, trained.prepare);
    },
  });
  await keepCases(
    studyFolder(dir).cases(job),
    evaluation,
    cases,
    (set, source) => prepared.prepare(source, set, preparation, trained.prepare),
    trained.segmenter,
  );
  return evaluation;
}
