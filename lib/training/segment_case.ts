import type { SegmentationResult, Stepper } from "./stepper.ts";

/** Slices of one size. */
export interface SliceStack {
  /** `[slices, size, size]`, intensities 0-1. */
  readonly images: Float32Array;
  readonly slices: number;
  readonly size: number;
}

/**
 * Segments a stack of any depth, some slices at a time, so that memory stays bounded.
 *
 * @param chunk Slices at a time, at least 1.
 */
export function segmentStack(
  stepper: Pick<Stepper, "segment">,
  { images, slices, size }: SliceStack,
  chunk: number,
): SegmentationResult {
  const pixels = size * size;
  const ftn = new Uint8Array(slices * pixels);
  const stn = new Uint8Array(slices * pixels);
  const reconstruction = new Float32Array(slices * pixels);
  for (let start = 0; start < slices; start += chunk) {
    const count = Math.min(chunk, slices - start);
    const part = images.slice(start * pixels, (start + count) * pixels);
    const result = stepper.segment(part, count, size);
    ftn.set(result.ftn, start * pixels);
    stn.set(result.stn, start * pixels);
    reconstruction.set(result.reconstruction, start * pixels);
  }
  return { ftn, stn, reconstruction };
}

/** Two networks segment; results are given for both. */
export const NETWORKS = ["ftn", "stn"] as const;
/** The fast-thinking or the slow-thinking network. */
export type Network = typeof NETWORKS[number];
