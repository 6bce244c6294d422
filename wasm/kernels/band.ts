/**
 * Bands: a few rows of a map, copied into a thread's own scratch with zero padding around them.
 *
 * The copy pays for itself: tiles need no edge cases, the lines are contiguous and warm, and
 * normalisation and activation of the map are done on the way, so that no normalised map is ever
 * stored.
 */

/** max(v, slope * v), slope 0 to 1: LeakyReLU; ReLU at slope 0, identity at slope 1. */
// @inline
export function leaky(v: v128, slope: v128): v128 {
  // One instruction, where f32x4.max takes seven to order -0 and NaN.
  return f32x4.pmax(v, f32x4.mul(v, slope));
}

// @inline
export function leakyScalar(v: f32, slope: f32): f32 {
  const below = v * slope;
  return v < below ? below : v;
}

/**
 * Copies rows `top` to `top + rows - 1` and columns `left` to `left + columns - 1` of one image,
 * [height, width, channels] with rows `imageRowBytes` apart, to `out`, [rows, columns, channels];
 * zeros outside the image. Where `scale` is not 0 each value v becomes
 * leaky(v * scale[c] + shift[c]).
 */
export function fillBand(
  image: usize,
  imageRowBytes: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  rows: i32,
  left: i32,
  columns: i32,
  scale: usize,
  shift: usize,
  slope: f32,
  out: usize,
): void {
  const pixelBytes = <usize> channels << 2;
  const rowBytes = <usize> columns * pixelBytes;
  const first = max(left, 0), last = min(left + columns, width);
  for (let r = 0; r < rows; r++) {
    const to = out + <usize> r * rowBytes;
    const y = top + r;
    if (y < 0 || y >= height || last <= first) {
      memory.fill(to, 0, rowBytes);
      continue;
    }
    const before = <usize> (first - left) * pixelBytes;
    const middle = <usize> (last - first) * pixelBytes;
    memory.fill(to, 0, before);
    memory.fill(to + before + middle, 0, rowBytes - before - middle);
    const from = image + <usize> y * imageRowBytes + <usize> first * pixelBytes;
    if (scale == 0) memory.copy(to + before, from, middle);
    else normaliseRow(from, to + before, last - first, channels, scale, shift, slope);
  }
}

/** to[p][c] = leaky(from[p][c] * scale[c] + shift[c]). */
export function normaliseRow(
  from: usize,
  to: usize,
  pixels: i32,
  channels: i32,
  scale: usize,
  shift: usize,
  slope: f32,
): void {
  const pixelBytes = <usize> channels << 2;
  // Eight or four channels at a time over all pixels, so that scale and shift stay in registers.
  let c: usize = 0;
  for (; c + 32 <= pixelBytes; c += 32) {
    normaliseLanes(from + c, to + c, pixels, pixelBytes, scale + c, shift + c, slope, true);
  }
  for (; c + 16 <= pixelBytes; c += 16) {
    normaliseLanes(from + c, to + c, pixels, pixelBytes, scale + c, shift + c, slope, false);
  }
  for (; c < pixelBytes; c += 4) {
    const a = load<f32>(scale + c), b = load<f32>(shift + c);
    for (let p: usize = 0; p < <usize> pixels; p++) {
      const v = load<f32>(from + p * pixelBytes + c) * a + b;
      store<f32>(to + p * pixelBytes + c, leakyScalar(v, slope));
    }
  }
}

/** normaliseRow of four channels, or with `two` of eight. */
// @inline
function normaliseLanes(
  from: usize,
  to: usize,
  pixels: i32,
  pixelBytes: usize,
  scale: usize,
  shift: usize,
  slope: f32,
  two: bool,
): void {
  const slopes = f32x4.splat(slope), a = v128.load(scale), b = v128.load(shift);
  const a1 = two ? v128.load(scale, 16) : a, b1 = two ? v128.load(shift, 16) : b;
  for (let p = 0; p < pixels; p++) {
    const v = f32x4.relaxed_madd(v128.load(from), a, b);
    const v1 = two ? f32x4.relaxed_madd(v128.load(from, 16), a1, b1) : v;
    v128.store(to, leaky(v, slopes));
    if (two) v128.store(to, leaky(v1, slopes), 16);
    from += pixelBytes;
    to += pixelBytes;
  }
}
