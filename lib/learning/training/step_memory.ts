/** Whether a training step can fit in the backend's heap, by arithmetic: before anything is drawn. */
import { ConfigError } from "../../base/config/config_error.ts";
import { levelsFor } from "../models/levels.ts";
import { sizeText, type SliceSize } from "../../base/volume/slice_size.ts";

/**
 * Bytes of the networks' maps a pixel of a batch at {@linkcode MAP_WIDTH}, as the heap of steps at
 * several sizes, batches and widths tells: 1.76 kB (20 slices of 192 x 192) to 1.98 kB (8 of 96 x 96)
 * with both networks, 0.94 to 0.99 kB with the segmentation network alone. They grow with the width.
 */
export const MAP_BYTES = { dual: 1750, segmentation: 950 } as const;

/** The base width that {@linkcode MAP_BYTES} are of. */
export const MAP_WIDTH = 16;

/** Weights of both networks of 1 to 4 levels are at least so many times the square of the width. */
export const WEIGHTS = [330, 1500, 6190, 9830] as const;

/** Where a WASM heap with 32-bit addresses ends, in bytes. */
const HEAP_END = 2 ** 32;

/** The share of an estimate that surely is needed: what might fit is tried. */
const SURE = 0.8;

/** What of a run tells the size of a step. */
export interface StepMemoryOptions {
  readonly model: { readonly baseWidth: number; readonly levels: number | "auto" };
  readonly method: { readonly networks: keyof typeof MAP_BYTES };
  readonly training: { readonly batchSize: number };
}

/** Bytes of a step's maps by the slice, and of what is kept of the weights. */
export function stepBytes(
  { model, method: { networks } }: Pick<StepMemoryOptions, "model" | "method">,
  size: SliceSize,
): { slice: number; kept: number } {
  const weights = WEIGHTS[levelsFor(model.levels, size) - 1]!;
  return {
    slice: size.height * size.width * MAP_BYTES[networks] * model.baseWidth / MAP_WIDTH,
    kept: 3 * weights * model.baseWidth ** 2 * Float32Array.BYTES_PER_ELEMENT,
  };
}

/**
 * Refuses a step that surely does not fit in the heap: the maps of all slices of a batch, each weight
 * and both of Adam's moments. What may fit passes, and fails with one line where it does not.
 *
 * @throws {ConfigError} That names the batch size, and the largest one that is likely to fit.
 */
export function checkStepMemory(
  { model, method: { networks }, training: { batchSize } }: StepMemoryOptions,
  size: SliceSize,
): void {
  const { slice, kept } = stepBytes({ model, method: { networks } }, size);
  const sure = SURE * batchSize * slice + kept;
  if (sure <= HEAP_END) return;
  const fits = 2 * Math.floor((HEAP_END - kept) / slice / 2);
  throw new ConfigError(
    "training.batchSize",
    `Cannot train with training.batchSize ${batchSize} on slices of ${sizeText(size)} at ` +
      `model.baseWidth ${model.baseWidth}: a step wants over ${
        (sure / 2 ** 30).toFixed(1)
      } GiB of ` +
      "memory, and the backend's heap ends at 4 GiB; " +
      (fits >= 2
        ? `wanted a batch of at most about ${fits}`
        : "not even a batch of 2 fits: wanted a smaller data.size or model.baseWidth"),
  );
}
