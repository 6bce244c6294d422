/** Sums over pixels on the card, in a fixed order. */
import type { TensorInfo } from "../../../wasm/mod.ts";
import { flatGroups, runKernel } from "../device/run_kernel.ts";
import {
  addChunksKernel,
  addShapeFor,
  channelSumsKernel,
  CHUNK_PIXELS,
  lanesFor,
  type Summed,
} from "../kernels/sums.ts";
import { withRoom } from "./register_on_card.ts";

/** Where sums go: `out` from `offset` on, times `factor`. */
export interface SumTarget {
  readonly out: TensorInfo;
  readonly offset?: number;
  readonly factor?: number;
}

/** Writes [terms, channels], the sums over pixels. */
export function sumOverPixels(
  summed: Summed,
  tensors: Readonly<Record<string, TensorInfo>>,
  { pixels, channels }: { readonly pixels: number; readonly channels: number },
  told: Readonly<Record<string, number>>,
  target: SumTarget,
): void {
  const chunks = Math.ceil(pixels / CHUNK_PIXELS), lanes = lanesFor(channels);
  const size = summed.terms.length * channels;
  withRoom([chunks * size], (partials) => {
    runKernel(
      channelSumsKernel(summed, lanes),
      { ...tensors, partials },
      { pixels, channels, ...told },
      [chunks, Math.ceil(channels / lanes), 1],
    );
    addChunks(partials, size, chunks, target);
  });
}

/** Adds chunks of `size` entries up. */
export function addChunks(
  partials: TensorInfo,
  size: number,
  chunks: number,
  { out, offset = 0, factor = 1 }: SumTarget,
): void {
  const shape = addShapeFor(size);
  runKernel(
    addChunksKernel(shape),
    { partials, out },
    { size, chunks, offset, factor },
    flatGroups(Math.ceil(size / shape.entries)),
  );
}
