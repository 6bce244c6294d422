import { arg } from "../band";
import { filterTile, filterTileOfFour, LANES, TAPS } from "../tile";
import { PLANE_GAP } from "./filter";
import { vanishing } from "./phases";
import { IN, OUT, PRODUCTS, transformGradient, transformInput } from "./transform";

/**
 * The gradient of the 36 products of F(4 x 4, 3 x 3) by their weights: for each the sum over tiles of
 * the transformed input [ci] times the transformed gradient [co]. The gradient may be that of the
 * large map of an up-sampling convolution (see phases.ts): then it has two phases of co channels.
 *
 * A chunk is a range of tile rows over all images, done a block at a time; it leaves its own partial
 * sum, [ci][36][co of all phases]; `winogradUnpack` adds them up in order. Channel
 * counts are multiples of 8.
 */
export function winogradFilterGradient(args: usize, chunk: i32, lane: i32): void {
  const input = <usize>arg(args, 0);
  const images = arg(args, 1), height = arg(args, 2), width = arg(args, 3), ci = arg(args, 4);
  const gradient = <usize>arg(args, 5), co = arg(args, 6);
  const partials = <usize>arg(args, 7), chunks = arg(args, 8), blockRows = arg(args, 9);
  const scale = <usize>arg(args, 10), shift = <usize>arg(args, 11), slope = load<f32>(args + 48);
  const scratch = <usize>arg(args, 13) + <usize>lane * <usize>arg(args, 14);
  const blockTiles = arg(args, 15), phases = arg(args, 16);

  const tilesX = (width + OUT - 1) / OUT, rowsInAll = images * ((height + OUT - 1) / OUT);
  const channels = phases * co;
  const inPixel = <usize>ci << 2, outPixel = <usize>channels << 2;
  const inPlane = <usize>blockTiles * inPixel + PLANE_GAP;
  const outPlane = <usize>blockTiles * outPixel + PLANE_GAP;
  const tiles = scratch, gradients = tiles + <usize>PRODUCTS * inPlane;
  const bands = gradients + <usize>PRODUCTS * outPlane;
  // Rows of six, and the rest in fours: all of any number of channels that is a multiple of 8.
  const sixes = <usize>(ci - 4 * ((TAPS - ci % TAPS) / 2 % 3));
  const sumsRow = <usize>PRODUCTS * outPixel;
  const partial = partials + <usize>chunk * <usize>ci * sumsRow;
  memory.fill(partial, 0, <usize>ci * sumsRow);

  const begin = <i32>(<i64>rowsInAll * <i64>chunk / <i64>chunks);
  const end = <i32>(<i64>rowsInAll * <i64>(chunk + 1) / <i64>chunks);
  for (let first = begin; first < end; first += blockRows) {
    const last = min(first + blockRows, end);
    transformInput(
      input, 1, height, width, ci, first, last, scale, shift, slope, bands, tiles, inPlane,
    );
    transformGradient(gradient, phases, height, width, co, first, last, bands, gradients, outPlane);
    const count = (last - first) * tilesX;
    for (let f = 0; f < PRODUCTS; f++) {
      const x = tiles + <usize>f * inPlane, d = gradients + <usize>f * outPlane;
      const to = partial + <usize>f * outPixel;
      for (let c = 0; c < channels; c += LANES) {
        if (
          phases == 2 &&
          (f / IN == vanishing(c / co, false) || f % IN == vanishing(c / (co >> 1) & 1, false))
        ) continue;
        const at = <usize>c << 2;
        let t: usize = 0;
        for (; t < sixes; t += TAPS) {
          filterTile(
            x + (t << 2), 0, inPixel, d + at, 0, outPixel, 1, count, to + t * sumsRow + at, sumsRow,
          );
        }
        for (; t < <usize>ci; t += 4) {
          filterTileOfFour(
            x + (t << 2), inPixel, d + at, outPixel, count, to + t * sumsRow + at, sumsRow,
          );
        }
      }
    }
  }
}
