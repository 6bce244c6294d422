/**
 * Checkpoints: one safetensors file with the network's and the optimiser's tensors, and the
 * trainer's own state as JSON in its metadata under `tandem`.
 */
import { z } from "../../base/deps/zod.ts";
import { parseJson } from "../../base/text/parse_json.ts";
import { readSafetensors, writeSafetensors } from "../safetensors/files.ts";
import type { NamedTensors } from "../safetensors/tensor_record.ts";
import { CheckpointError } from "./checkpoint_error.ts";

const count = z.number().int().min(0);

/** Version of the trainer state. */
const FORMAT = 1;

const stateSchema = z.object({
  format: z.literal(FORMAT),
  model: z.record(z.string(), z.number())
    .transform((model): Record<string, number> => ({ levels: 4, ...model })),
  data: z.record(z.string(), z.unknown()).exactOptional(),
  position: z.object({ step: count, epoch: count, index: count }),
  best: z.object({ score: z.number(), epoch: count }).nullable(),
  rng: z.object({
    key: z.tuple([z.number(), z.number()]),
    generator: z.array(z.int()).length(4),
  }),
});

/** The trainer's state in a checkpoint. */
export interface TrainerState {
  /** Version of this schema. */
  format: 1;
  /** The architecture whose tensors these are; all had four levels before `levels` was told. */
  model: Record<string, number>;
  /** Where to go on. */
  position: {
    step: number;
    epoch: number;
    index: number;
  };
  /** The best validation score so far, with its epoch from 1; null before the first. */
  best: {
    score: number;
    epoch: number;
  } | null;
  /** The run's root stream of random numbers. */
  rng: {
    key: [number, number];
    generator: number[];
  };
  /** What is segmented and how it is prepared, as `data.json`; absent in older ones. */
  data?: object;
}

/** A checkpoint in memory. */
export interface Checkpoint {
  /** Weights, buffers and, under `optimizer.`, the optimiser's state. */
  readonly tensors: NamedTensors;
  /** Where training stands. */
  readonly state: TrainerState;
}

/**
 * Writes a checkpoint atomically: if the disk refuses, the one that was there stays.
 *
 * @throws {WriteError} If the disk refuses.
 */
export async function saveCheckpoint(
  path: string,
  tensors: NamedTensors,
  state: TrainerState,
): Promise<void> {
  await writeSafetensors(path, tensors, { tandem: JSON.stringify(state) });
}

/**
 * Reads a checkpoint and checks that it is one of this architecture.
 *
 * @param model The numbers that tell the architecture, by name.
 * @throws {SafetensorsError} If the file cannot be read.
 * @throws {CheckpointError} If it holds no trainer state, one of another version, that of another
 * architecture, or a number that is not finite: networks of such segment, but nothing that is there.
 */
export async function loadCheckpoint(
  path: string,
  model: Readonly<Record<string, number>>,
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
    if (!(data instanceof Float32Array)) {
      throw new CheckpointError(
        `Cannot load ${path}: tensor ${name} is a ${data.constructor.name}, wanted Float32Array`,
      );
    }
    const at = data.findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    throw new CheckpointError(
      `Cannot load ${path}: tensor ${name} holds ${data[at]} at ${at}, wanted finite numbers`,
    );
  }
  return { tensors: tensors as NamedTensors, state };
}

function parseState(path: string, text: string | undefined): TrainerState {
  if (text === undefined) {
    throw new CheckpointError(`Cannot load ${path}: it holds tensors, but no state of a trainer`);
  }
  return parseJson(text, stateSchema, `the trainer state of ${path}`, CheckpointError);
}
