/** Slices that are larger than what the networks see: tile by tile, blended. */
import { softmax, tf } from "../../../wasm/mod.ts";
import { windowOf } from "../../base/volume/fit.ts";
import type { SliceSize } from "../../base/volume/slice_size.ts";
import { channelsFirst, channelsLast } from "../../imaging/data/batches/channels_last.ts";
import { type TilePlace, tilesOf, tileWeights } from "../../imaging/data/preparation/tiles.ts";
import type { DualNetwork } from "./dual_network.ts";
import { forward, largestOf, type SegmentedSheets, type SegmentOptions } from "./forward.ts";
import { meanEntropyOf } from "./mean_entropy.ts";
import type { SliceStack } from "./segmenter.ts";

/**
 * Fills in the sheets slice by slice: what its tiles say of each pixel, class probabilities and image,
 * is averaged with the weights of tiles (nnU-Net's sliding window).
 *
 * @param stack Slices that are nowhere smaller than a tile.
 */
export function segmentTiles(
  network: DualNetwork,
  { images, slices, channels, height, width, tile }: SliceStack & { readonly tile: SliceSize },
  options: SegmentOptions,
  { ftn, passes, probabilities, reconstruction, entropy }: SegmentedSheets,
): void {
  const { classes } = network.options, whole = { height, width };
  const area = height * width, own = tile.height * tile.width;
  const places = tilesOf(whole, tile), weights = tileWeights(tile);
  const total = totalWeights(places, weights, tile, whole);
  const sheets = [ftn, ...passes];
  for (let slice = 0; slice < slices; slice++) {
    const likely = sheets.map(() => new Blend(classes, tile, whole, weights));
    const image = reconstruction && new Blend(channels, tile, whole, weights);
    for (let first = 0; first < places.length; first += options.chunk) {
      const some = places.slice(first, first + options.chunk);
      const input = new Float32Array(some.length * channels * own);
      some.forEach(({ x, y }, n) => {
        for (let channel = 0; channel < channels; channel++) {
          const at = (slice * channels + channel) * area;
          const plane = images.subarray(at, at + area);
          input.set(windowOf(plane, whole, [x, y], tile, "edge"), (n * channels + channel) * own);
        }
      });
      tf.tidy(() => {
        const values = channelsLast(input, channels, own);
        const made = forward(
          network,
          tf.tensor4d(values, [some.length, tile.height, tile.width, channels]),
          options,
        );
        [made.ftn, ...made.passes].forEach((logits, n) =>
          likely[n]!.add(softmax(logits).dataSync() as Float32Array, some)
        );
        if (made.image) image?.add(made.image.dataSync() as Float32Array, some);
      });
    }
    likely.forEach((blend, n) =>
      sheets[n]!.set(largestOf(blend.over(total), classes), slice * area)
    );
    probabilities?.ftn.set(likely[0]!.values, slice * area * classes);
    probabilities?.stn?.set(likely[1]!.values, slice * area * classes);
    if (entropy) entropy[slice] = meanEntropyOf(likely[0]!.values, classes);
    if (!image) continue;
    const decoded = channelsFirst(image.over(total), channels, area);
    reconstruction!.set(decoded, slice * channels * area);
  }
}

/** How much the tiles of a slice weigh together, at each pixel. */
function totalWeights(
  places: readonly TilePlace[],
  weights: Float32Array,
  tile: SliceSize,
  whole: SliceSize,
): Float32Array {
  const ones = new Float32Array(places.length * weights.length).fill(1);
  const blend = new Blend(1, tile, whole, weights);
  blend.add(ones, places);
  return blend.values;
}

/** Weighted sums of a slice's tiles. */
class Blend {
  /** [height, width, depth] */
  readonly values: Float32Array;

  constructor(
    readonly depth: number,
    readonly tile: SliceSize,
    readonly whole: SliceSize,
    readonly weights: Float32Array,
  ) {
    this.values = new Float32Array(whole.height * whole.width * depth);
  }

  /** Adds tiles, [places, tile height, tile width, depth]. */
  add(tiles: Float32Array, places: readonly TilePlace[]): void {
    const { depth, tile, whole, weights, values } = this;
    let from = 0;
    for (const { x, y } of places) {
      for (let row = 0, pixel = 0; row < tile.height; row++) {
        let to = ((y + row) * whole.width + x) * depth;
        for (let column = 0; column < tile.width; column++, pixel++) {
          const weight = weights[pixel]!;
          for (let d = 0; d < depth; d++) values[to++]! += weight * tiles[from++]!;
        }
      }
    }
  }

  /** Divides by the weights of all tiles: the sums become means. */
  over(total: Float32Array): Float32Array {
    for (let n = 0; n < this.values.length; n++) {
      this.values[n]! /= total[Math.floor(n / this.depth)]!;
    }
    return this.values;
  }
}
