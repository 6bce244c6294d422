import type { SliceSize } from "../../../base/volume/slice_size.ts";

/** Slices for one training step, with their labels; sides are multiples of 16. */
export interface Batch extends SliceSize {
  /** `[batch, height, width, channels]`, intensities 0-1. */
  readonly images: Float32Array;
  /** `[batch, height, width]`, classes from 0, background, or `IGNORED`. */
  readonly labels: Uint8Array;
  /** Number of slices. */
  readonly batch: number;
  /** Channels of each image, as the task has. */
  readonly channels: number;
  /** Case and slice of each image, `case#slice`, where they are known. */
  readonly ids?: readonly string[];
}
