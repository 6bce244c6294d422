import type { ResolvedConfig } from "../../../base/config/config_schema.ts";
import { RandomStream } from "../../../base/random/random_stream.ts";
import {
  evaluateSets,
  type ScoringOptions,
  type TestSet,
} from "../../../learning/evaluation/evaluate.ts";
import { PreparedCases } from "../../../learning/evaluation/prepared_cases.ts";
import { openRunCases, type RunCases } from "../../../imaging/data/cases/run_cases.ts";
import { batchesPerEpoch } from "../../../imaging/data/batches/batch_sampler.ts";
import { sliceAxisOf } from "../../../base/volume/slice_axis.ts";
import type { RunData } from "../../../imaging/data/cases/run_data.ts";
import { chooseData, networkModel } from "../../runs/settle_data.ts";
import { startDevice } from "../../devices/start_device.ts";
import { checkStepMemory } from "../../../learning/training/step_memory.ts";
import { exists } from "../../../formats/files/exists.ts";
import { type CreateStepper, createStepper } from "../../../learning/cooperative/create_stepper.ts";
import type { Batch } from "../../../imaging/data/batches/batch.ts";
import type { Stepper } from "../../../learning/training/stepper.ts";
import { configOf } from "./config_of.ts";
import { planIn } from "./continue_plan.ts";
import { countVolumes } from "./count_volumes.ts";
import { jobsOf } from "./jobs_of.ts";
import { studyFolder } from "./study_folder.ts";
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
  readonly job: StudyJob;
  readonly steps: number;
  /** Volumes that it is tested on, with those of severities. */
  readonly volumes: number;
  readonly seconds: number;
}

/** How to measure. */
export interface EstimateOptions {
  /** The study's folder: what it holds already is not counted. */
  readonly dir?: string;
  /** Threads of the backend; all cores by default. */
  readonly threads?: number;
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
    const config = configOf(plan, job!, { threads: threads ?? null });
    const cases = await openRunCases(config);
    const data = await chooseData(config, cases);
    const model = networkModel(config.model, data);
    const { device } = config.training;
    if (create === createStepper && device === "cpu") {
      checkStepMemory(config, data.preparation.size);
    }
    const weights = RandomStream.fromSeed(0).stream("weights");
    // How the rate would fall is not known before the data are open, and costs no time.
    const optimizer = { ...config.optimizer, schedule: "constant" as const };
    const start = () => startDevice(config.training);
    const stepper = await create({ ...config, model, optimizer }, weights, start);
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

/** The jobs that a study in a folder would run; all where no folder is given. */
async function jobsLeft(asked: StudyPlan, dir: string | undefined): Promise<StudyJob[]> {
  if (dir === undefined) return jobsOf(asked);
  const folder = studyFolder(dir);
  const jobs = jobsOf((await planIn(folder, asked)).plan);
  const done = await Promise.all(jobs.map((job) => exists(folder.run(job).evaluation)));
  return jobs.filter((_, n) => !done[n]);
}

function measureSteps(
  stepper: Stepper,
  { training: { batchSize: batch } }: ResolvedConfig,
  { task, preparation: { size } }: RunData,
  now: () => number,
): number {
  const random = RandomStream.fromSeed(0);
  const pixels = batch * size.height * size.width, channels = task.channels.length;
  const slices: Batch = {
    images: Float32Array.from({ length: pixels * channels }, () => random.uniform()),
    labels: Uint8Array.from(
      { length: pixels },
      () => random.integer(0, task.labels.length - 1),
    ),
    ...{ ...size, channels, batch },
  };
  stepper.step(slices, random.stream("warm up"));
  const started = now();
  const measured = 2;
  for (let n = 0; n < measured; n++) stepper.step(slices, random.stream("step", n));
  return (now() - started) / 1000 / measured;
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
