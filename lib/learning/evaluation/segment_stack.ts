import { mapNetworks } from "../models/by_network.ts";
import type { SegmentationRequest, SegmentationResult, Stepper } from "../training/stepper.ts";

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
 * @param stack At least one slice.
 * @param chunk Slices at a time, at least 1.
 * @param request What is wanted besides the segmentation.
 * @returns What `segment` gives, of all slices in their order.
 */
export function segmentStack(
  stepper: Pick<Stepper, "segment">,
  { images, slices, size }: SliceStack,
  chunk: number,
  request: SegmentationRequest = {},
): SegmentationResult {
  const pixels = size * size;
  const starts = Array.from({ length: Math.ceil(slices / chunk) }, (_, n) => n * chunk);
  const parts = starts.map((start) => {
    const count = Math.min(chunk, slices - start);
    const part = images.slice(start * pixels, (start + count) * pixels);
    return stepper.segment(part, count, size, request);
  });
  return joinResults(parts);
}

/** One result of the results of parts of a stack, all of the same networks. */
function joinResults(parts: readonly SegmentationResult[]): SegmentationResult {
  const classes = mapNetworks(
    parts[0]!,
    (_, network) => joined(Uint8Array, parts.map((part) => part[network]!)),
  );
  const { passes, entropy } = parts[0]!;
  return {
    ...classes,
    ...(entropy && { entropy: joined(Float32Array, parts.map((part) => part.entropy!)) }),
    ...(passes && {
      passes: passes.map((_, n) => joined(Uint8Array, parts.map((part) => part.passes![n]!))),
    }),
    ...(parts[0]!.reconstruction && {
      reconstruction: joined(Float32Array, parts.map((part) => part.reconstruction!)),
    }),
  };
}

function joined<T extends Uint8Array | Float32Array>(
  Kind: new (length: number) => T,
  parts: readonly T[],
): T {
  const whole = new Kind(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
