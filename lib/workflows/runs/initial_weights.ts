/** Beginning a run with the weights of another one. */
import { loadCheckpoint } from "../../formats/run_folder/checkpoint.ts";
import { CheckpointError } from "../../formats/run_folder/checkpoint_error.ts";
import { readSavedConfig, runFolder } from "../../formats/run_folder/run_folder.ts";
import type { NamedTensors } from "../../formats/safetensors/tensor_record.ts";
import type { Stepper } from "../../learning/training/stepper.ts";
import { findCheckpoint } from "./find_checkpoint.ts";

/** The weights of another run. */
export interface InitialWeights {
  /** The checkpoint that they are of. */
  readonly path: string;
  readonly tensors: NamedTensors;
}

/** Names that a notice tells before it counts. */
const NAMES_TOLD = 8;

/**
 * Reads the best weights of a run, or the last where nothing was validated, whatever its networks.
 *
 * @throws {RunFolderError} If the folder holds no run, or a run without a checkpoint.
 * @throws {CheckpointError | SafetensorsError} If the checkpoint cannot be used.
 */
export async function readInitialWeights(dir: string): Promise<InitialWeights> {
  const folder = runFolder(dir);
  await readSavedConfig(folder);
  const path = await findCheckpoint(folder);
  const { tensors } = await loadCheckpoint(path, {});
  return { path, tensors };
}

/**
 * Gives a stepper the weights and running statistics of another run wherever names and shapes agree;
 * the others stay as they were drawn. The optimiser starts afresh.
 *
 * @returns One line that tells how many were taken, and which were not.
 * @throws {CheckpointError} If none agrees.
 */
export function takeInitialWeights(
  stepper: Pick<Stepper, "tensors" | "load">,
  { path, tensors }: InitialWeights,
): string {
  const begun: NamedTensors = new Map();
  const drawn: string[] = [];
  for (const [name, own] of stepper.tensors()) {
    if (name.startsWith("optimizer.")) continue;
    const other = tensors.get(name);
    const agrees = other?.shape.join() === own.shape.join();
    begun.set(name, agrees ? other! : own);
    if (!agrees) drawn.push(name);
  }
  if (drawn.length === begun.size) {
    throw new CheckpointError(
      `Cannot begin with ${path}: none of its tensors has the name and shape of one of the ` +
        `${begun.size} of this run, wanted a run with networks of the same kind and width`,
    );
  }
  stepper.load(begun);
  const taken = `begins with ${begun.size - drawn.length} of ${begun.size} tensors from ${path}`;
  if (drawn.length === 0) return taken;
  const more = drawn.length - NAMES_TOLD;
  return `${taken}; drawn anew: ${drawn.slice(0, NAMES_TOLD).join(", ")}` +
    (more > 0 ? ` and ${more} more` : "");
}
