import type { Checkpoint } from "../../formats/run_folder/checkpoint.ts";
import type { DualNetworkOptions } from "../models/dual_network.ts";
import type { SegmenterOptions } from "../models/dual_segmenter.ts";
import type { Segmenter } from "../models/segmenter.ts";
import { fromCheckpoint } from "./restore_stepper.ts";
import { startThreads } from "./start_threads.ts";

/** What restoring takes of a run's configuration. */
export interface RestoreOptions extends SegmenterOptions {
  /** Size of the networks. */
  readonly model: DualNetworkOptions;
  /** How the backend computes, and by how many threads. */
  readonly training: SegmenterOptions["training"] & {
    /** Threads of the backend; null = all cores. */
    readonly threads: number | null;
  };
}

/**
 * Makes a segmenter of a checkpoint; `path` is what errors call it. `start` starts what it is computed
 * on: the backend with the configured threads by default.
 */
export type RestoreSegmenter = (
  options: RestoreOptions,
  path: string,
  checkpoint: Pick<Checkpoint, "tensors">,
  start?: () => Promise<unknown>,
) => Promise<Segmenter>;

/**
 * Starts the backend and puts the weights of a checkpoint into networks
 * on it: nothing is drawn, and the optimiser's state stays where it is.
 *
 * @throws {CheckpointError} If a weight is missing or of another shape.
 * @throws {RangeError} If `training.threads` is out of range.
 */
export const restoreSegmenter: RestoreSegmenter = async (
  options,
  path,
  { tensors },
  start,
): Promise<Segmenter> => {
  // Loaded when needed, so that a segmenter of another kind needs no backend.
  const { DualNetwork } = await import("../models/dual_network.ts");
  const { DualSegmenter } = await import("../models/dual_segmenter.ts");
  await (start?.() ?? startThreads(options.training.threads));
  const network = fromCheckpoint(path, () => new DualNetwork(options.model, tensors));
  network.fold();
  return new DualSegmenter(network, options);
};
