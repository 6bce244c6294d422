/** Slices for one training step, with their labels. */
export interface Batch {
  /** `[batch, size, size, 1]`, intensities 0-1. */
  readonly images: Float32Array;
  /** `[batch, size, size]`, classes from 0, background. */
  readonly labels: Uint8Array;
  /** Side of a slice in pixels, a multiple of 16. */
  readonly size: number;
  /** Number of slices. */
  readonly batch: number;
  /** Case and slice of each image, `case#slice`, where they are known. */
  readonly ids?: readonly string[];
}
