import { arg, fillBand } from "./band";
import { filterTile } from "./filter_tile";
import { LANES, TAPS } from "./tile";

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
export function filterGradient(args: usize, chunk: i32, lane: i32): void {
  const input = <usize> arg(args, 0);
  const height = arg(args, 1), width = arg(args, 2), ci = arg(args, 3);
  const gradient = <usize> arg(args, 4);
  const outHeight = arg(args, 5), outWidth = arg(args, 6), co = arg(args, 7);
  const gridRows = arg(args, 8), gridColumns = arg(args, 9);
  const inStride = arg(args, 10), outStride = arg(args, 11), py = arg(args, 12), px = arg(args, 13);
  const top = arg(args, 14), rows = arg(args, 15), left = arg(args, 16), columns = arg(args, 17);
  const partials = <usize> arg(args, 18);
  const bandsInAll = arg(args, 19);
  const bandRows = arg(args, 20), bands = arg(args, 21);
  const scale = <usize> arg(args, 22), shift = <usize> arg(args, 23);
  const slope = load<f32>(args + 96);
  const chunks = arg(args, 25);
  const scratch = <usize> arg(args, 26) + <usize> lane * <usize> arg(args, 27);

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
export function addPartials(args: usize, chunk: i32, _lane: i32): void {
  const partials = <usize> arg(args, 0), count = arg(args, 1), size = arg(args, 2);
  const out = <usize> arg(args, 3), chunkSize = arg(args, 4);
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
