import { AddPartialsArguments, FilterGradientArguments } from "./arguments";
import { fillBand } from "./band";
import { filterTile } from "./filter_tile";
import { LANES, TAPS } from "./sizes";

/**
 * The filter gradient of one phase of a convolution (see convolve):
 *
 *   dw[r, q, ci, co] = sum over n, a, b of
 *     act(in[n, a * inStride + top + r, b * inStride + left + q, ci]) *
 *     dout[n, a * outStride + py, b * outStride + px, co]
 *
 * A chunk is a range of bands over all images and leaves its own partial sum,
 * [rows, columns * ci padded to 6, co padded to 8]; `addPartials` adds them up in order.
 */
export function filterGradient(args: FilterGradientArguments, chunk: i32, lane: i32): void {
  const input = args.input, gradient = args.gradient, partials = args.partials;
  const height = args.height, width = args.width, ci = args.ci;
  const outHeight = args.outHeight, outWidth = args.outWidth, co = args.co;
  const gridRows = args.gridRows, gridColumns = args.gridColumns;
  const bandRows = args.bandRows, bands = args.bands;
  const inStride = args.inStride, outStride = args.outStride, py = args.py, px = args.px;
  const top = args.top, rows = args.rows, left = args.left, columns = args.columns;
  const bandsInAll = args.bandsInAll, chunks = args.chunks;
  const scale = args.scale, shift = args.shift, slope = args.slope;
  const scratch = args.scratch + <usize> lane * args.scratchBytes;

  const depth = columns * ci;
  const taps = (depth + TAPS - 1) / TAPS * TAPS;
  const coPadded = (co + LANES - 1) & ~(LANES - 1);
  const partialBytes = <usize> (rows * taps * coPadded) << 2;
  const partial = partials + <usize> chunk * partialBytes;
  memory.fill(partial, 0, partialBytes);

  const bandColumns = (gridColumns - 1) * inStride + columns;
  const rowBytes = <usize> (bandColumns * ci) << 2;
  const pixelBytes = <usize> (inStride * ci) << 2;
  // Gradients whose channels fill whole lanes are read where they lie, others from padded copies.
  const direct = co == coPadded;
  const copyBytes = <usize> (gridColumns * coPadded) << 2;
  const dPixelBytes = <usize> (direct ? outStride * co : coPadded) << 2;
  const dRowBytes = direct ? <usize> outWidth * dPixelBytes : copyBytes;
  const sumsRowBytes = <usize> coPadded << 2;
  const dBand = scratch;
  const xBand = direct ? scratch : scratch + <usize> bandRows * copyBytes;
  const xRows = (min(bandRows, gridRows) - 1) * inStride + rows;
  assert(xBand + <usize> xRows * rowBytes <= scratch + args.scratchBytes);

  const begin = <i32> (<i64> bandsInAll * <i64> chunk / <i64> chunks);
  const end = <i32> (<i64> bandsInAll * <i64> (chunk + 1) / <i64> chunks);
  for (let b = begin; b < end; b++) {
    const n = b / bands;
    const first = (b % bands) * bandRows;
    const count = min(bandRows, gridRows - first);
    fillBand(
      input + (<usize> n * <usize> (height * width * ci) << 2),
      <usize> (width * ci) << 2,
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
      xBand,
    );
    const dFirst = gradient +
      ((<usize> (n * outHeight + first * outStride + py) * <usize> outWidth + <usize> px) *
          <usize> co << 2);
    if (!direct) {
      const outRowBytes = <usize> (outStride * outWidth * co) << 2;
      for (let a = 0; a < count; a++) {
        gatherRow(
          dFirst + <usize> a * outRowBytes,
          gridColumns,
          outStride * co,
          co,
          coPadded,
          dBand + <usize> a * copyBytes,
        );
      }
    }
    const d = direct ? dFirst : dBand;
    for (let c: usize = 0; c < <usize> coPadded; c += LANES) {
      for (let r = 0; r < rows; r++) {
        for (let t = 0; t < taps; t += TAPS) {
          filterTile(
            xBand + <usize> r * rowBytes + (<usize> t << 2),
            <usize> inStride * rowBytes,
            pixelBytes,
            d + (c << 2),
            dRowBytes,
            dPixelBytes,
            count,
            gridColumns,
            partial + <usize> (r * taps + t) * sumsRowBytes + (c << 2),
            sumsRowBytes,
          );
        }
      }
    }
  }
}

/** Copies every `stride`-th pixel's channels to [pixels, coPadded], zeros in the padding. */
function gatherRow(
  from: usize,
  pixels: i32,
  stride: i32,
  co: i32,
  coPadded: i32,
  to: usize,
): void {
  const strideBytes = <usize> stride << 2,
    coBytes = <usize> co << 2,
    toBytes = <usize> coPadded << 2;
  for (let p = 0; p < pixels; p++) {
    let i: usize = 0;
    for (; i + 16 <= coBytes; i += 16) v128.store(to + i, v128.load(from + i));
    for (; i < coBytes; i += 4) store<f32>(to + i, load<f32>(from + i));
    for (; i < toBytes; i += 4) store<f32>(to + i, 0);
    from += strideBytes;
    to += toBytes;
  }
}

/** out[i] = partial[0][i] + partial[1][i] + ...; a chunk is a range of i (floats, multiple of 4). */
export function addPartials(args: AddPartialsArguments, chunk: i32, _lane: i32): void {
  const partials = args.partials, count = args.count, out = args.out;
  const size = args.size, chunkSize = args.chunkSize;
  assert(chunkSize % 4 == 0);
  const begin = chunk * chunkSize, end = min(begin + chunkSize, size);
  for (let i = begin; i < end; i += 4) {
    let at = partials + (<usize> i << 2);
    let sum = v128.load(at);
    for (let p = 1; p < count; p++) {
      at += <usize> size << 2;
      sum = f32x4.add(sum, v128.load(at));
    }
    v128.store(out + (<usize> i << 2), sum);
  }
}
