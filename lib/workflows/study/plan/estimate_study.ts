import type { ResolvedConfig } from "../../../base/config/config_schema.ts";
import {
  evaluateSets,
  type ScoringOptions,
  type TestSet,
} from "../../../learning/evaluation/evaluate.ts";
import { PreparedCases } from "../../../learning/evaluation/prepared_cases.ts";
import { openRunCases, type RunCases } from "../../../imaging/data/cases/run_cases.ts";
import { batchesPerEpoch } from "../../../imaging/data/batches/batch_sampler.ts";
import { sliceAxisOf } from "../../../base/volume/slice_axis.ts";
import { type CreateStepper, createStepper } from "../../../learning/cooperative/create_stepper.ts";
import type { Stepper } from "../../../learning/training/stepper.ts";
import { configOf } from "./config_of.ts";
import { measureSteps, openSteps } from "./random_steps.ts";
import { jobsLeft } from "./jobs_left.ts";
import { countVolumes } from "../../../learning/evaluation/count_volumes.ts";
import type { StudyJob, StudyPlan } from "./study_plan.ts";
import { allTestSets, studyTestSets } from "./study_sets.ts";

/** How long a study takes, from a few steps and one volume of each method. */
export interface StudyEstimate {
  /** The runs that are left. */
  readonly jobs: readonly JobEstimate[];
  /** Seconds a step, by method; the mean of two measured ones. */
  readonly secondsPerStep: Readonly<Record<string, number>>;
  /** Seconds to prepare and to segment and score a volume. */
  readonly secondsPerVolume: { readonly preparation: number; readonly evaluation: number };
  /** Seconds of all of them, one run after the other. */
  readonly seconds: number;
}

/** How long one job takes. */
export interface JobEstimate {
  /** The job, one of those that are left. */
  readonly job: StudyJob;
  /** Steps of its whole training. */
  readonly steps: number;
  /** Volumes that it is tested on, with those of severities. */
  readonly volumes: number;
  /** Seconds of all of it: steps, evaluation, and, of the first job, the preparation of volumes. */
  readonly seconds: number;
}

/** How to measure. */
export interface EstimateOptions {
  /** The study's folder: what it holds already is not counted. */
  readonly dir?: string;
  /** Threads of the backend; all cores by default. */
  readonly threads?: number;
  /** Makes the network that is measured; the cooperative networks on the WASM backend by default. */
  readonly createStepper?: CreateStepper;
  /** A clock in milliseconds. */
  readonly now?: () => number;
}

/**
 * Estimates a study and writes no file: takes a step to warm up and two that are measured of each
 * method, on random slices of the configured size, and evaluates one volume twice, of which the
 * second time needs no preparation. Validation, checkpoints and pictures are not counted, nor is the
 * making of training cases.
 *
 * @throws {ConfigError | DatasetError | NiftiError} If settings or data cannot be used.
 * @throws {StudyError} If `dir` holds what the plan cannot go on with, as `runStudy`.
 */
export async function estimateStudy(
  plan: StudyPlan,
  { dir, threads, createStepper: create = createStepper, now = () => performance.now() }:
    EstimateOptions = {},
): Promise<StudyEstimate> {
  const jobs = await jobsLeft(plan, dir);
  const secondsPerStep: Record<string, number> = {};
  let secondsPerVolume: StudyEstimate["secondsPerVolume"] | undefined;
  for (const [method, [job]] of Map.groupBy(jobs, ({ method }) => method)) {
    const { stepper, config, cases, data } = await openSteps(plan, job!, threads ?? null, create);
    try {
      secondsPerStep[method] = measureSteps(stepper, config, data, now);
      const more = await studyTestSets(plan.tests, data.task);
      secondsPerVolume ??= await measureVolume(
        stepper,
        { data, evaluation: config.evaluation },
        allTestSets(cases, config, more),
        now,
      );
    } finally {
      stepper.dispose();
    }
  }
  secondsPerVolume ??= { preparation: 0, evaluation: 0 };
  const { preparation, evaluation } = secondsPerVolume;
  const estimates: JobEstimate[] = [];
  for (const job of jobs) {
    const config = configOf(plan, job);
    const cases = await openRunCases(config);
    const more = await studyTestSets(plan.tests, cases.task);
    const volumes = countVolumes(allTestSets(cases, config, more), config);
    const steps = await stepsOf(config, cases);
    estimates.push({
      job,
      steps,
      volumes,
      // Later jobs find the volumes prepared.
      seconds: steps * secondsPerStep[job.method]! + volumes * evaluation +
        (estimates.length === 0 ? volumes * preparation : 0),
    });
  }
  const seconds = estimates.reduce((sum, estimate) => sum + estimate.seconds, 0);
  return { jobs: estimates, secondsPerStep, secondsPerVolume, seconds };
}

async function measureVolume(
  stepper: Stepper,
  options: ScoringOptions,
  sets: ReadonlyMap<string, TestSet>,
  now: () => number,
): Promise<StudyEstimate["secondsPerVolume"]> {
  const [name, set] = [...sets].find(([, { cases }]) => cases.length > 0) ?? [];
  if (name === undefined || set === undefined) return { preparation: 0, evaluation: 0 };
  const one = new Map([[name, { ...set, cases: set.cases.slice(0, 1) }]]);
  const { prepare } = new PreparedCases();
  const measure = async () => {
    const started = now();
    await evaluateSets(stepper, one, options, { prepare });
    return (now() - started) / 1000;
  };
  const first = await measure();
  const evaluation = await measure();
  return { preparation: Math.max(0, first - evaluation), evaluation };
}

async function stepsOf(
  { data: { sliceAxis }, training }: ResolvedConfig,
  { train }: RunCases,
): Promise<number> {
  const outlines = await Promise.all(train.map((source) => source.outline()));
  const slices = outlines.reduce(
    (sum, { shape, affine }) => sum + shape[sliceAxisOf(affine, sliceAxis)],
    0,
  );
  const batches = batchesPerEpoch(slices, training.batchSize);
  return Math.min(training.maxSteps ?? Infinity, training.epochs * batches);
}
