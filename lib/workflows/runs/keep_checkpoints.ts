import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import { saveCheckpoint, type TrainerState } from "../../formats/run_folder/checkpoint.ts";
import type { TrainingEvents, TrainingPosition } from "../../learning/training/events.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import { networkModel } from "./settle_data.ts";
import type { RunFolder } from "../../formats/run_folder/run_folder.ts";
import type { StepLog } from "../../formats/run_folder/step_log.ts";
import type { BestScore } from "../../learning/training/validation.ts";
import type { Stepper } from "../../learning/training/stepper.ts";

/** What the checkpoints of a run are made of. */
export interface CheckpointSources {
  readonly folder: RunFolder;
  readonly config: ResolvedConfig;
  readonly data: RunData;
  readonly stepper: Stepper;
  readonly rng: RandomStream;
  readonly best: BestScore;
  readonly log: StepLog;
}

/**
 * Saves `last` after every so many steps, every epoch, before a step that a graphics card could not
 * take, and at the end, and `best` after a
 * validation with a better score. Add it after the validation, so that `last` knows its score.
 */
export function keepCheckpoints(events: TrainingEvents, sources: CheckpointSources): void {
  const { folder, config, data, stepper, rng, best, log } = sources;
  const every = config.training.checkpointEverySteps;

  const save = async (kind: "last" | "best", position: TrainingPosition) => {
    // The log must not end before the checkpoint does, even if the power fails.
    log.sync();
    await saveCheckpoint(folder[kind], stepper.tensors(), {
      format: 1,
      model: { ...networkModel(config.model, data) },
      data,
      position,
      best: best.current,
      rng: rng.state() as TrainerState["rng"],
    });
    await events.emit({ type: "checkpoint", kind, path: folder[kind], position });
  };

  events
    .on("step", async ({ position }) => {
      if (position.step % every === 0) await save("last", position);
    })
    .on("validation", async ({ best, position }) => {
      if (best) await save("best", position);
    })
    .on("epoch", ({ position }) => save("last", position))
    .on("failed", ({ position }) => save("last", position))
    .on("done", ({ position }) => save("last", position));
}
