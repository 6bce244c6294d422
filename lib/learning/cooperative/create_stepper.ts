import type { RandomStream } from "../../base/random/random_stream.ts";
import type { Stepper } from "../training/stepper.ts";
import { startThreads } from "../training/start_threads.ts";
import type { StepperOptions } from "./cooperative_stepper.ts";

/** What making a stepper takes of a run's configuration. */
export interface CreateOptions extends StepperOptions {
  /** How the backend computes, and by how many threads. */
  readonly training: StepperOptions["training"] & {
    /** Threads of the backend; null = all cores. */
    readonly threads: number | null;
  };
}

/**
 * Makes the networks of a run; their first weights come from `random`. `start` starts what they are
 * computed on: the backend with the configured threads by default.
 */
export type CreateStepper = (
  options: CreateOptions,
  random: RandomStream,
  start?: () => Promise<unknown>,
) => Promise<Stepper>;

/**
 * Starts the backend and makes a stepper on it.
 *
 * @throws {RangeError} If `training.threads` is out of range.
 */
export const createStepper: CreateStepper = async (
  options,
  random,
  start,
): Promise<Stepper> => {
  // Loaded when needed, so that a run with a stepper of its own starts without a backend.
  const { CooperativeStepper } = await import("./cooperative_stepper.ts");
  await (start?.() ?? startThreads(options.training.threads));
  return new CooperativeStepper(options, random);
};
