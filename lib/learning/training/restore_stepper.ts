import type { Checkpoint } from "../../formats/run_folder/checkpoint.ts";
import { CheckpointError } from "../../formats/run_folder/checkpoint_error.ts";
import type { Stepper } from "./stepper.ts";

/**
 * Gives a stepper the tensors of a checkpoint.
 *
 * @param path What errors call the checkpoint.
 * @throws {CheckpointError} If a tensor is missing, or of another shape.
 */
export function restoreStepper(
  stepper: Pick<Stepper, "load">,
  path: string,
  { tensors }: Pick<Checkpoint, "tensors">,
): void {
  fromCheckpoint(path, () => stepper.load(tensors));
}

/** Names the checkpoint where its tensors do not fit; throws CheckpointError then. */
export function fromCheckpoint<T>(path: string, take: () => T): T {
  try {
    return take();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new CheckpointError(`Cannot load ${path}: ${cause.message}`, { cause });
  }
}
