import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { loadCheckpoint } from "../../formats/run_folder/checkpoint.ts";
import type { DeviceName } from "../../names.ts";
import type { Segmenter } from "../../learning/models/segmenter.ts";
import {
  type RestoreSegmenter,
  restoreSegmenter,
} from "../../learning/training/restore_segmenter.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import { startDevice } from "../devices/start_device.ts";
import { networkModel, readData } from "./settle_data.ts";
import { findCheckpoint } from "./find_checkpoint.ts";
import { openRunFolder } from "./open_run_folder.ts";

/** Trained networks with the configuration of their run. */
export interface LoadedRun {
  /** The run's settings, with the threads and the device that it is loaded on. */
  readonly config: ResolvedConfig;
  /** What they segment, and how it is prepared. */
  readonly data: RunData;
  /** Steps that it was trained for. */
  readonly step: number;
  /** To be disposed of when it is no longer needed. */
  readonly segmenter: Segmenter;
}

/** How to load a run. */
export interface LoadRunOptions {
  /** Threads of the backend; all cores by default. */
  readonly threads?: number;
  /** What computes; the processor by default, whatever the run was trained on. */
  readonly device?: DeviceName;
  /** Is told what a person should know, a line each. */
  readonly onNotice?: (line: string) => void;
  /** Makes the segmenter; the networks on the WASM backend by default. */
  readonly restoreSegmenter?: RestoreSegmenter;
}

/**
 * Loads the best networks of a run, or the last where nothing was validated.
 *
 * @throws {RunFolderError} If the folder holds no run, or a run without a checkpoint.
 * @throws {CheckpointError | SafetensorsError} If the checkpoint cannot be used.
 */
export async function loadRun(dir: string, options: LoadRunOptions = {}): Promise<LoadedRun> {
  const { folder, config: saved } = await openRunFolder(dir);
  const { threads = null, device = "cpu", onNotice } = options;
  const config = { ...saved, training: { ...saved.training, threads, device } };
  const path = await findCheckpoint(folder);
  const data = await readData(folder, config), model = networkModel(config.model, data);
  const checkpoint = await loadCheckpoint(path, { ...model });
  const restore = options.restoreSegmenter ?? restoreSegmenter;
  const { step } = checkpoint.state.position;
  const start = () => startDevice({ device, threads }, onNotice);
  const segmenter = await restore({ ...config, model }, path, checkpoint, start);
  return { config, data, step, segmenter };
}
