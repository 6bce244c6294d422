/** Slices that are larger than what a network sees, as overlapping tiles (nnU-Net's sliding window). */
import type { SliceSize } from "../../../base/volume/slice_size.ts";

/** Where a tile begins in its slice, in pixels. */
export interface TilePlace {
  readonly x: number;
  readonly y: number;
}

/**
 * The tiles of a slice, row by row: evenly spaced, each at most half a tile from its neighbour.
 *
 * @throws {RangeError} If the slice is smaller than a tile.
 *
 * @example
 * ```ts
 * import { tilesOf } from "./tiles.ts";
 *
 * const places = tilesOf({ height: 64, width: 96 }, { height: 64, width: 64 });
 * if (places.map(({ x }) => x).join() !== "0,32") throw new Error();
 * ```
 */
export function tilesOf(slice: SliceSize, tile: SliceSize): TilePlace[] {
  const rows = tileStarts(slice.height, tile.height);
  const columns = tileStarts(slice.width, tile.width);
  return rows.flatMap((y) => columns.map((x) => ({ x, y })));
}

/**
 * Where tiles begin along one side: evenly spaced, each at most half a tile from its neighbour.
 *
 * @throws {RangeError} If the side is smaller than a tile.
 */
export function tileStarts(whole: number, part: number): number[] {
  if (whole < part) {
    throw new RangeError(`Cannot tile a slice: a side is ${whole}, wanted at least ${part}`);
  }
  const steps = Math.ceil((whole - part) / (part / 2));
  return Array.from(
    { length: steps + 1 },
    (_, n) => steps === 0 ? 0 : Math.round(n * (whole - part) / steps),
  );
}

/**
 * How much each pixel of a tile counts, `width` running fastest: a Gaussian about its centre with a
 * standard deviation of an eighth of each side, 1 at most and never 0, since networks are surest where
 * they see all around.
 */
export function tileWeights({ height, width }: SliceSize): Float32Array {
  const [down, across] = [tileProfile(height), tileProfile(width)];
  return Float32Array.from(
    { length: height * width },
    (_, n) => down[Math.floor(n / width)]! * across[n % width]!,
  );
}

/** How much each place along a side of a tile counts; see {@linkcode tileWeights}. */
export function tileProfile(side: number): number[] {
  const centre = (side - 1) / 2, deviation = side / 8;
  return Array.from({ length: side }, (_, n) => Math.exp(-0.5 * ((n - centre) / deviation) ** 2));
}
