import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import { exists } from "../../formats/files/exists.ts";
import { loadCheckpoint } from "../../formats/run_folder/checkpoint.ts";
import type { RunFolder } from "../../formats/run_folder/run_folder.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import type { PreparedCase } from "../../imaging/data/preparation/prepare_case.ts";
import { restoreStepper } from "../../learning/training/restore_stepper.ts";
import type { Stepper } from "../../learning/training/stepper.ts";
import { drawRun } from "./run_pictures.ts";
import { networkModel } from "./settle_data.ts";

/** A run whose training has ended, at its end or before. */
export interface TrainedParts {
  readonly config: ResolvedConfig;
  readonly data: RunData;
  readonly stepper: Stepper;
  readonly rng: RandomStream;
}

/**
 * Takes the best network, or the last where nothing was validated, and draws it where pictures are wanted.
 * The stepper is that one from then on.
 *
 * @param cases As {@linkcode drawRun} takes them.
 * @throws {CheckpointError | SafetensorsError} If the best checkpoint cannot be used.
 * @throws {WriteError} If the disk refuses.
 */
export async function drawBest(
  folder: RunFolder,
  cases: readonly PreparedCase[],
  { config, data, stepper, rng }: TrainedParts,
): Promise<void> {
  if (await exists(folder.best)) {
    const model = { ...networkModel(config.model, data) };
    restoreStepper(stepper, folder.best, await loadCheckpoint(folder.best, model));
  }
  if (!config.output.pictures) return;
  await drawRun(folder, cases, {
    segmenter: stepper,
    hardExample: (batch) => stepper.hardExample(batch, rng.stream("pictures")),
    data,
  });
}
