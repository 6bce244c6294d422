import { shellWord } from "../../base/text/shell_word.ts";
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { CardError } from "../../gpu/device/card_error.ts";
import { RandomStream } from "../../base/random/random_stream.ts";
import {
  type Checkpoint,
  loadCheckpoint,
  type TrainerState,
} from "../../formats/run_folder/checkpoint.ts";
import { CheckpointError } from "../../formats/run_folder/checkpoint_error.ts";
import { restoreStepper } from "../../learning/training/restore_stepper.ts";
import type {
  StopReason,
  TrainingEvents,
  ValidationScores,
} from "../../learning/training/events.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import { networkModel, readData } from "./settle_data.ts";
import { type InitialWeights, readInitialWeights } from "./initial_weights.ts";
import { keepCheckpoints } from "./keep_checkpoints.ts";
import { keepScalars } from "./keep_scalars.ts";
import { addValidation, type BestScore } from "../../learning/training/validation.ts";
import { MetricsTable } from "../../formats/run_folder/metrics_table.ts";
import { exists } from "../../formats/files/exists.ts";
import type { RunFolder } from "../../formats/run_folder/run_folder.ts";
import { StepLog } from "../../formats/run_folder/step_log.ts";
import type { Stepper } from "../../learning/training/stepper.ts";
import { addStopRules } from "../../learning/training/stop_rules.ts";
import { type BatchSource, train } from "../../learning/training/train.ts";

/** What one sitting of a run is made of. */
export interface RunParts {
  readonly folder: RunFolder;
  readonly config: ResolvedConfig;
  /** What is segmented and how it is prepared, which checkpoints keep. */
  readonly data: RunData;
  readonly stepper: Stepper;
  readonly batches: BatchSource;
  /** Scores the validation subjects; left out where there are none, and then nothing is `best`. */
  readonly validate?: () => ValidationScores | Promise<ValidationScores>;
  /** The name of the score by which the best checkpoint is chosen. */
  readonly choose: string;
  /** Listeners that are there already hear each event before it is on disk. */
  readonly events: TrainingEvents;
  /** Aborted, with a {@linkcode StopReason}, to end the run after the step under way. */
  readonly stop: AbortController;
  /** Seconds since 1970, for the times in TensorBoard's file; the system's clock by default. */
  readonly clock?: (() => number) | undefined;
  /** Is told what a person should know, a line each. */
  readonly onNotice?: ((line: string) => void) | undefined;
}

/** The root stream of a run's random numbers and where it stands. */
export interface RunStart {
  readonly rng: RandomStream;
  /** The checkpoint to go on from; none for a run that has none yet. */
  readonly checkpoint?: Checkpoint;
  /** What a run without a checkpoint begins with, where it is not drawn alone. */
  readonly init?: InitialWeights;
}

/**
 * Where a run begins: at its last checkpoint, or, if it was ended before the first, at its seed, with
 * the weights of the run that `training.init` names.
 *
 * @throws {RunFolderError} If `training.init` names no run, or one without a checkpoint.
 * @throws {SafetensorsError | CheckpointError} If there is a checkpoint that cannot be used.
 */
export async function findStart(folder: RunFolder, config: ResolvedConfig): Promise<RunStart> {
  if (!await exists(folder.last)) {
    const { seed, init } = config.training, rng = RandomStream.fromSeed(seed);
    return init === null ? { rng } : { rng, init: await readInitialWeights(init) };
  }
  const model = networkModel(config.model, await readData(folder, config));
  const checkpoint = await loadCheckpoint(folder.last, { ...model });
  return { rng: RandomStream.fromState(checkpoint.state.rng), checkpoint };
}

/**
 * Trains with everything that a run folder keeps: log, metrics, scalars for TensorBoard and
 * checkpoints. A run that was ended at any moment goes on with the same numbers, digit for digit.
 *
 * @throws {CardError} If a graphics card fails, after a save where its memory can still be read.
 * @throws {WriteError} If the disk refuses; the last good checkpoint stays.
 * @throws {RunFolderError} If the log does not reach to the checkpoint.
 * @throws {CheckpointError} If the checkpoint's position is none of this run.
 */
export async function runTraining(parts: RunParts, start: RunStart): Promise<StopReason> {
  const { folder, config, data, stepper, batches, validate, choose, events, stop, onNotice } =
    parts;
  const { clock = systemClock } = parts;
  const { rng, checkpoint } = start;
  if (checkpoint !== undefined) restoreStepper(stepper, folder.last, checkpoint);
  const position = checkpoint?.state.position ?? { step: 0, epoch: 0, index: 0 };
  checkPosition(folder.last, position, batches.batchesPerEpoch);
  const best: BestScore = { current: checkpoint?.state.best ?? null };
  const { epochs, maxSteps } = config.training;

  const log = await StepLog.open(folder.log, position.step);
  try {
    const metrics = await MetricsTable.open(folder.metrics, position.epoch);
    events
      .on("step", ({ position: { step }, ...event }) => log.append({ ...event, step }))
      .on("validation", ({ position: { step }, ...event }) => metrics.add({ ...event, step }));
    const { step } = position;
    using _scalars = keepScalars(events, { path: folder.scalars, step, clock, onNotice });
    if (validate !== undefined) {
      addValidation(events, {
        ...{ every: config.training.validateEveryEpochs, best, validate, choose },
        learningRate: () => stepper.learningRate?.(),
      });
    }
    keepCheckpoints(events, { folder, config, data, stepper, rng, best, log });
    addStopRules(events, config.training, best, stop);
    let saved = position.step;
    events.on("checkpoint", ({ kind, position: { step } }) => {
      if (kind === "last") saved = step;
    });
    try {
      return await train({
        stepper,
        batches,
        events,
        rng: rng.stream("training"),
        start: position,
        epochs,
        ...(maxSteps === null ? {} : { maxSteps }),
        stop: stop.signal,
      });
    } catch (error) {
      if (error instanceof CardError) {
        onNotice?.(
          `saved after step ${saved}; go on with: train --resume ${
            shellWord(folder.dir)
          }, on the card or with ` +
            "--device cpu",
        );
      }
      throw error;
    }
  } finally {
    log.close();
  }
}

/** Refuses a place that no run of so many batches an epoch comes to. */
function checkPosition(
  path: string,
  { step, epoch, index }: TrainerState["position"],
  batchesPerEpoch: number,
): void {
  if (index <= batchesPerEpoch && step === epoch * batchesPerEpoch + index) return;
  throw new CheckpointError(
    `Cannot go on from ${path}: it stands at step ${step}, batch ${index} after ${epoch} epochs, ` +
      `but an epoch has ${batchesPerEpoch} batches`,
  );
}

function systemClock(): number {
  return (performance.timeOrigin + performance.now()) / 1000;
}
