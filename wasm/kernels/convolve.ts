import { ConvolveArguments } from "./arguments";
import { fillBand } from "./band";
import { forwardTiles } from "./forward_tile";
import { LANES, PIXELS, TILE_BYTES } from "./sizes";
import { addRowStatistics } from "./statistics";

/**
 * One phase of a convolution, [n, height, width, ci] to [n, outHeight, outWidth, co]:
 *
 *   out[n, a * outStride + py, b * outStride + px, co] = bias[co] +
 *     sum over r < rows, q < columns, ci of
 *     act(in[n, a * inStride + top + r, b * inStride + left + q, ci]) * w[r, q, ci, co]
 *
 * A plain convolution is one phase. The gradient of a strided one, a transposed one, and one that
 * reads an up-sampled map are four, one for each parity of the output's row and column, with no
 * multiplication by a zero. A chunk is a band of output rows of one image. Where statistics are
 * wanted, each chunk leaves the sum and the sum of squares of its outputs, a channel, in f64.
 *
 * Packed weights: [co / 8][r][q][ci][8], padded with zeros; bias padded to a multiple of 8.
 */
export function convolve(args: ConvolveArguments, chunk: i32, lane: i32): void {
  const input = args.input, output = args.output;
  const height = args.height, width = args.width, ci = args.ci;
  const outHeight = args.outHeight, outWidth = args.outWidth, co = args.co;
  const gridRows = args.gridRows, gridColumns = args.gridColumns;
  const bandRows = args.bandRows, bands = args.bands;
  const inStride = args.inStride, outStride = args.outStride, py = args.py, px = args.px;
  const top = args.top, rows = args.rows, left = args.left, columns = args.columns;
  const weights = args.weights, bias = args.bias, statistics = args.statistics;
  const scale = args.scale, shift = args.shift, slope = args.slope;
  const scratch = args.scratch + <usize> lane * args.scratchBytes;

  const n = chunk / bands;
  const first = (chunk % bands) * bandRows;
  const count = min(bandRows, gridRows - first);
  assert(count > 0);
  const tiles = (gridColumns + PIXELS - 1) / PIXELS;
  const bandColumns = (tiles * PIXELS - 1) * inStride + columns;
  const tile = scratch;
  const inRowBytes = <usize> (width * ci) << 2;
  const image = input + <usize> (n * height) * inRowBytes;
  let band = scratch + TILE_BYTES;
  // One by one, as it is, in whole tiles: read where it lies.
  const plain = rows == 1 && columns == 1 && inStride == 1 && scale == 0 && bandColumns == width;
  if (plain) band = image + <usize> first * inRowBytes;
  else {
    const bandBytes = <usize> ((count - 1) * inStride + rows) * <usize> (bandColumns * ci) << 2;
    assert(band + bandBytes <= scratch + args.scratchBytes);
    fillBand(
      image,
      inRowBytes,
      height,
      width,
      ci,
      first * inStride + top,
      (count - 1) * inStride + rows,
      left,
      bandColumns,
      scale,
      shift,
      slope,
      band,
    );
  }

  const depth = columns * ci;
  const rowBytes = <usize> (bandColumns * ci) << 2;
  const pixelBytes = <usize> (inStride * ci) << 2;
  const outPixelBytes = <usize> (outStride * co) << 2;
  const outRowBytes = <usize> (outStride * outWidth * co) << 2;
  const outBase = output +
    ((<usize> (n * outHeight + first * outStride + py) * <usize> outWidth + <usize> px) *
        <usize> co << 2);
  const tileWeights = <usize> (rows * depth * LANES) << 2;
  for (let c = 0, w = weights; c < co; c += LANES, w += tileWeights) {
    const lanes = min(LANES, co - c);
    for (let a = 0; a < count; a++) {
      const inRow = band + <usize> (a * inStride) * rowBytes;
      const out = outBase + <usize> a * outRowBytes + (<usize> c << 2);
      const b = bias + (<usize> c << 2);
      const whole = lanes == LANES ? gridColumns / PIXELS : 0;
      forwardTiles(inRow, rowBytes, pixelBytes, rows, depth, w, 0, b, out, outPixelBytes, whole);
      for (let t = whole; t < tiles; t++) {
        const from = inRow + <usize> (t * PIXELS) * pixelBytes;
        const to = out + <usize> (t * PIXELS) * outPixelBytes;
        forwardTiles(from, rowBytes, pixelBytes, rows, depth, w, 0, b, tile, LANES << 2, 1);
        const pixels = min(PIXELS, gridColumns - t * PIXELS);
        for (let p: usize = 0; p < <usize> pixels; p++) {
          storeLanes(to + p * outPixelBytes, tile + (p * LANES << 2), lanes);
        }
      }
    }
  }
  if (statistics != 0) {
    const sums = statistics + (<usize> (chunk * 2 * co) << 3);
    memory.fill(sums, 0, <usize> (2 * co) << 3);
    for (let a = 0; a < count; a++) {
      addRowStatistics(
        outBase + <usize> a * outRowBytes,
        gridColumns,
        outPixelBytes,
        co,
        sums,
        sums + (<usize> co << 3),
      );
    }
  }
}

// @inline
function storeLanes(out: usize, tile: usize, lanes: i32): void {
  if (lanes == LANES) {
    v128.store(out, v128.load(tile));
    v128.store(out, v128.load(tile, 16), 16);
  } else if (lanes == 4) {
    v128.store(out, v128.load(tile));
  } else {
    for (let l: usize = 0; l < <usize> lanes; l++) {
      store<f32>(out + (l << 2), load<f32>(tile + (l << 2)));
    }
  }
}
