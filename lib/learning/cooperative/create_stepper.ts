import type { RandomStream } from "../../base/random/random_stream.ts";
import type { Stepper } from "../training/stepper.ts";
import type { StepperOptions } from "./cooperative_stepper.ts";

/** What making a stepper takes of a run's configuration. */
export interface CreateOptions extends StepperOptions {
  readonly training: StepperOptions["training"] & {
    /** Threads of the backend; null = all cores. */
    readonly threads: number | null;
  };
}

/** Makes the networks of a run; their first weights come from `random`. */
export type CreateStepper = (options: CreateOptions, random: RandomStream) => Promise<Stepper>;

/**
 * Starts the backend with the configured threads and makes a stepper on it.
 *
 * @throws {RangeError} If `training.threads` is out of range.
 */
export const createStepper: CreateStepper = async (options, random) => {
  const { threads } = options.training;
  // Loaded when needed, so that a run with a stepper of its own starts without a backend.
  const { startBackend } = await import("../../../wasm/mod.ts");
  const { CooperativeStepper } = await import("./cooperative_stepper.ts");
  await startBackend(threads === null ? {} : { threads });
  return new CooperativeStepper(options, random);
};
