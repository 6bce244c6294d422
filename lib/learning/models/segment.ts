/** Inference: slices through the networks in eval mode. */
import { softmax, tf } from "../../../wasm/mod.ts";
import { checkSliceSize } from "../../base/volume/slice_size.ts";
import { channelsFirst, channelsLast } from "../../imaging/data/batches/channels_last.ts";
import type { DualNetwork } from "./dual_network.ts";
import { forward, largest, type SegmentedSheets, type SegmentOptions } from "./forward.ts";
import { meanEntropies } from "./mean_entropy.ts";
import { segmentTiles } from "./segment_tiles.ts";
import type { SegmentationResult, SliceStack } from "./segmenter.ts";

/**
 * Segments slices with the running statistics of the batch normalisations.
 *
 * @throws {RangeError} If a side of what the networks see is no multiple of 16, or the number of
 * refinements none of 0 or more.
 * @throws {TypeError} If there are not so many pixels.
 */
export function segmentSlices(
  network: DualNetwork,
  stack: SliceStack,
  options: SegmentOptions,
): SegmentationResult {
  const { images, slices, channels, height, width, tile = stack } = stack;
  const { refinements = 1, networks = "dual" } = options;
  checkSliceSize(tile, "segment");
  if (!Number.isInteger(refinements) || refinements < 0) {
    throw new RangeError(
      `Cannot segment: refinements is ${refinements}, wanted a whole number of 0 or more`,
    );
  }
  const area = height * width;
  if (images.length !== slices * channels * area) {
    throw new TypeError(
      `Cannot segment: ${images.length} pixels, wanted ${slices} x ${channels} x ${area}`,
    );
  }
  const dual = networks === "dual", likely = slices * area * network.options.classes;
  const result: SegmentedSheets = {
    ftn: new Uint8Array(slices * area),
    passes: Array.from({ length: dual ? refinements : 0 }, () => new Uint8Array(slices * area)),
    ...(options.probabilities && {
      probabilities: {
        ftn: new Float32Array(likely),
        ...(dual && refinements > 0 && { stn: new Float32Array(likely) }),
      },
    }),
    ...(dual && options.reconstruction && { reconstruction: new Float32Array(images.length) }),
    ...(options.entropy && { entropy: new Float32Array(slices) }),
  };
  if (tile.height === height && tile.width === width) wholeSlices(network, stack, options, result);
  else segmentTiles(network, { ...stack, tile }, options, result);
  const { passes, ...rest } = result, [stn] = passes;
  return { ...rest, ...(stn && { stn }), ...(passes.length > 1 && { passes }) };
}

function wholeSlices(
  network: DualNetwork,
  { images, slices, channels, height, width }: SliceStack,
  options: SegmentOptions,
  { ftn, passes, probabilities, reconstruction, entropy }: SegmentedSheets,
): void {
  const area = height * width;
  for (let first = 0; first < slices; first += options.chunk) {
    const count = Math.min(options.chunk, slices - first);
    const part = images.subarray(first * channels * area, (first + count) * channels * area);
    tf.tidy(() => {
      const values = channelsLast(part, channels, area);
      const image = tf.tensor4d(values, [count, height, width, channels]);
      const made = forward(network, image, options);
      if (entropy) {
        const logits = made.ftn.dataSync() as Float32Array;
        entropy.set(meanEntropies(logits, count, made.ftn.shape[3]), first);
      }
      ftn.set(largest(made.ftn), first * area);
      passes.forEach((pass, n) => pass.set(largest(made.passes[n]!), first * area));
      if (probabilities) {
        const at = first * area * made.ftn.shape[3];
        probabilities.ftn.set(softmax(made.ftn).dataSync(), at);
        probabilities.stn?.set(softmax(made.passes[0]!).dataSync(), at);
      }
      if (!reconstruction || !made.image) return;
      const decoded = channelsFirst(made.image.dataSync() as Float32Array, channels, area);
      reconstruction.set(decoded, first * channels * area);
    });
  }
}
