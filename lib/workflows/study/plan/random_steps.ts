import type { ResolvedConfig } from "../../../base/config/config_schema.ts";
import { RandomStream } from "../../../base/random/random_stream.ts";
import type { Batch } from "../../../imaging/data/batches/batch.ts";
import { openRunCases, type RunCases } from "../../../imaging/data/cases/run_cases.ts";
import type { RunData } from "../../../imaging/data/cases/run_data.ts";
import { type CreateStepper, createStepper } from "../../../learning/cooperative/create_stepper.ts";
import { checkStepMemory } from "../../../learning/training/step_memory.ts";
import type { Stepper } from "../../../learning/training/stepper.ts";
import { startDevice } from "../../devices/start_device.ts";
import { chooseData, networkModel } from "../../runs/settle_data.ts";
import { configOf } from "./config_of.ts";
import type { StudyJob, StudyPlan } from "./study_plan.ts";

/** A job's network with fresh weights, to be timed. */
export interface OpenedSteps {
  /** The caller's to dispose of. */
  readonly stepper: Stepper;
  readonly config: ResolvedConfig;
  readonly cases: RunCases;
  readonly data: RunData;
}

/**
 * Makes the network of a job and opens its data, without writing anything.
 *
 * @param threads Of its backend; null: all cores.
 * @throws {ConfigError | DatasetError | NiftiError} If settings or data cannot be used.
 */
export async function openSteps(
  plan: StudyPlan,
  job: StudyJob,
  threads: number | null,
  create: CreateStepper = createStepper,
): Promise<OpenedSteps> {
  const config = configOf(plan, job, { threads });
  const cases = await openRunCases(config);
  const data = await chooseData(config, cases);
  const model = networkModel(config.model, data);
  if (create === createStepper && config.training.device === "cpu") {
    checkStepMemory(config, data.preparation.size);
  }
  const weights = RandomStream.fromSeed(0).stream("weights");
  // How the rate would fall is not known before the data are open, and costs no time.
  const optimizer = { ...config.optimizer, schedule: "constant" as const };
  const start = () => startDevice(config.training);
  const stepper = await create({ ...config, model, optimizer }, weights, start);
  return { stepper, config, cases, data };
}

/** Seconds a step on random slices of the configured size: the mean of two, after one to warm up. */
export function measureSteps(
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
