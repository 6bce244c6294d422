/**
 * Textures and noise.
 *
 * A picture needs hundreds of thousands of normal numbers, so they are looked up in a table of
 * quantiles by the raw words of the generator rather than drawn one by one.
 */
import { xoroshiro128plus } from "../../base/deps/pure_rand.ts";
import { RandomStream } from "../../base/random/random_stream.ts";

const TABLE_BITS = 13;
let quantiles: Float32Array | undefined;

/** Equally likely values of the standard normal distribution, found by integrating its density. */
function normalQuantiles(): Float32Array {
  if (quantiles !== undefined) return quantiles;
  const n = 2 ** TABLE_BITS;
  const table = new Float32Array(n);
  const step = 1 / 2048;
  let probability = 0;
  let next = 0;
  for (let x = -5; x < 5 && next < n; x += step) {
    probability += Math.exp(-0.5 * (x + step / 2) ** 2) / Math.sqrt(2 * Math.PI) * step;
    while (next < n && probability >= (next + 0.5) / n) table[next++] = x + step / 2;
  }
  quantiles = table;
  return table;
}

/** Fills `target` with standard normal numbers; the same seed gives the same numbers. */
export function fillNormal(target: Float32Array, seed: number): Float32Array {
  const table = normalQuantiles();
  const generator = xoroshiro128plus(seed);
  const mask = 2 ** TABLE_BITS - 1;
  for (let i = 0; i < target.length; i += 2) {
    const word = generator.next();
    target[i] = table[word & mask]!;
    if (i + 1 < target.length) target[i + 1] = table[(word >>> (32 - TABLE_BITS)) & mask]!;
  }
  return target;
}

/** Cells along a side of a tile; a cell is 1 mm. */
export const TILE = 256;

/** Smooth noise, mean 0 and standard deviation 1, that repeats every {@linkcode TILE} mm. */
export type Tile = Float32Array;

/**
 * Makes a tile.
 *
 * @param seed The seed of the noise under it.
 * @param radiusMm Half width of the three box filters that smooth it: grains are about twice that.
 */
export function smoothTile(seed: number, radiusMm: number): Tile {
  let from = fillNormal(new Float32Array(TILE * TILE), seed);
  let to: Float32Array = new Float32Array(TILE * TILE);
  for (let pass = 0; pass < 6; pass++) {
    // Each pass filters along rows and writes the transpose, so that two passes do both axes.
    boxTransposed(from, to, radiusMm);
    [from, to] = [to, from];
  }
  let sum = 0, squares = 0;
  for (const value of from) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / from.length;
  const scale = 1 / Math.sqrt(squares / from.length - mean * mean);
  for (let i = 0; i < from.length; i++) from[i] = (from[i]! - mean) * scale;
  return from;
}

function boxTransposed(from: Float32Array, to: Float32Array, radius: number): void {
  for (let row = 0; row < TILE; row++) {
    const start = row * TILE;
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += from[start + (i & (TILE - 1))]!;
    for (let i = 0; i < TILE; i++) {
      to[i * TILE + row] = sum;
      sum += from[start + ((i + radius + 1) & (TILE - 1))]! -
        from[start + ((i - radius) & (TILE - 1))]!;
    }
  }
}

/** The tiles of one body, from fine to coarse. */
export interface Textures {
  /** Grains of about 3 mm. */
  readonly fine: Tile;
  /** Grains of about 8 mm. */
  readonly medium: Tile;
  /** Grains of about 25 mm. */
  readonly coarse: Tile;
}

/** Makes the tiles of the body with this detail seed. */
export function makeTextures(detailSeed: number): Textures {
  const rng = RandomStream.fromSeed(detailSeed).stream("textures");
  const seed = () => rng.integer(0, 2 ** 31 - 1);
  return {
    fine: smoothTile(seed(), 1),
    medium: smoothTile(seed(), 3),
    coarse: smoothTile(seed(), 9),
  };
}
