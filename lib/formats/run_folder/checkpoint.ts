/**
 * Checkpoints: one safetensors file with the network's and the optimiser's tensors, and the
 * trainer's own state as JSON in its metadata under `tandem`.
 */
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { z } from "../../base/deps/zod.ts";
import { readSafetensors, writeSafetensors } from "../safetensors/files.ts";
import { CheckpointError } from "./checkpoint_error.ts";
import type { Stepper, StepperTensors } from "../../learning/training/stepper.ts";

const count = z.number().int().min(0);

const stateSchema = z.object({
  /** Version of this schema. */
  format: z.literal(1),
  /** The architecture whose tensors these are. */
  model: z.record(z.string(), z.number()),
  /** Where to go on. */
  position: z.object({ step: count, epoch: count, index: count }),
  /** The best validation score so far, with its epoch from 1; null before the first. */
  best: z.object({ score: z.number(), epoch: count }).nullable(),
  /** The run's root stream of random numbers. */
  rng: z.object({ key: z.tuple([z.number(), z.number()]), generator: z.array(z.number()) }),
});

/** The trainer's state in a checkpoint. */
export type TrainerState = z.infer<typeof stateSchema>;

/** A checkpoint in memory. */
export interface Checkpoint {
  readonly tensors: StepperTensors;
  readonly state: TrainerState;
}

/**
 * Writes a checkpoint atomically: if the disk refuses, the one that was there stays.
 *
 * @throws {WriteError} If the disk refuses.
 */
export async function saveCheckpoint(
  path: string,
  tensors: StepperTensors,
  state: TrainerState,
): Promise<void> {
  await writeSafetensors(path, tensors, { tandem: JSON.stringify(state) });
}

/**
 * Reads a checkpoint and checks that it is one of this architecture.
 *
 * @throws {SafetensorsError} If the file cannot be read.
 * @throws {CheckpointError} If it holds no trainer state, or that of another architecture.
 */
export async function loadCheckpoint(
  path: string,
  model: ResolvedConfig["model"],
): Promise<Checkpoint> {
  const { tensors, metadata } = await readSafetensors(path);
  const state = parseState(path, metadata.tandem);
  for (const [key, wanted] of Object.entries(model)) {
    if (state.model[key] === wanted) continue;
    throw new CheckpointError(
      `Cannot load ${path}: its network has model.${key} ${state.model[key]}, wanted ${wanted}`,
    );
  }
  for (const [name, { data }] of tensors) {
    if (data instanceof Float32Array) continue;
    throw new CheckpointError(
      `Cannot load ${path}: tensor ${name} is a ${data.constructor.name}, wanted Float32Array`,
    );
  }
  return { tensors: tensors as StepperTensors, state };
}

/**
 * Gives a stepper the tensors of a checkpoint.
 *
 * @throws {CheckpointError} If a tensor is missing, unknown or of another shape.
 */
export function restoreStepper(stepper: Stepper, path: string, { tensors }: Checkpoint): void {
  try {
    stepper.load(tensors);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new CheckpointError(`Cannot load ${path}: ${cause.message}`, { cause });
  }
}

function parseState(path: string, text: string | undefined): TrainerState {
  if (text === undefined) {
    throw new CheckpointError(`Cannot load ${path}: it holds tensors, but no state of a trainer`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CheckpointError(`Cannot load ${path}: its trainer state is no JSON`, { cause });
  }
  const result = stateSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new CheckpointError(
    `Cannot load ${path}: its trainer state has a bad ${issue.path.join(".")}: ${issue.message}`,
  );
}
