/**
 * The one-dimensional transforms of Winograd's convolution F(4, 3): four outputs of a filter of
 * three from six products (Winograd 1980; Lavin and Gray, CVPR 2016).
 *
 * y = A' [(G g) * (B' d)], by Toom and Cook from the polynomials' values at 0, a, -a, b, -b and
 * infinity. With a = 3/4 and b = 3/2 all constants are exact in float32 and the rounding error is
 * half that of the usual points 1 and 2. Points in pairs of opposite sign share their even and odd
 * parts. Two dimensions are the outer product: rows, then columns.
 *
 * Each function reads vectors that lie `stride` bytes apart: those of maps eight channels at a time, as
 * two vectors side by side, those of filters four.
 */

const A: f32 = 0.75, A2: f32 = 0.5625, A3: f32 = 0.421875;
const B: f32 = 1.5, B2: f32 = 2.25, B3: f32 = 3.375;
const A2B2: f32 = 1.265625, SUM: f32 = 2.8125;
/** The scales of G's rows: 1 / (a^2 b^2), 1 / (2 a^2 (a^2 - b^2)), 1 / (2 b^2 (b^2 - a^2)). */
const G0: f64 = 1 / 1.265625, GA: f64 = -1 / 1.8984375, GB: f64 = 1 / 7.59375;

// @inline
function times(k: f32, x: v128, sum: v128): v128 {
  return f32x4.relaxed_madd(f32x4.splat(k), x, sum);
}

/** Two vectors, side by side: the compiler makes one of them where it may. */
// @inline
function storePair(to: usize, low: v128, high: v128): void {
  v128.store(to, low);
  v128.store(to, high, 16);
}

/** B' d: six of a map to six. */
// @inline
export function inputLine(from: usize, stride: usize, to: usize, toStride: usize): void {
  const from3 = from + 3 * stride;
  inputLineOf(
    from,
    from + stride,
    from + 2 * stride,
    from3,
    from3 + stride,
    from3 + 2 * stride,
    to,
    toStride,
  );
}

/** inputLine of six places. */
// @inline
export function inputLineOf(
  p0: usize,
  p1: usize,
  p2: usize,
  p3: usize,
  p4: usize,
  p5: usize,
  to: usize,
  toStride: usize,
): void {
  const d2 = v128.load(p2), e2 = v128.load(p2, 16), d4 = v128.load(p4), e4 = v128.load(p4, 16);
  const outer = times(A2B2, v128.load(p0), times(-SUM, d2, d4));
  storePair(to, outer, times(A2B2, v128.load(p0, 16), times(-SUM, e2, e4)));
  const d1 = v128.load(p1), e1 = v128.load(p1, 16), d3 = v128.load(p3), e3 = v128.load(p3, 16);
  const last = times(A2B2, d1, times(-SUM, d3, v128.load(p5)));
  storePair(to + 5 * toStride, last, times(A2B2, e1, times(-SUM, e3, v128.load(p5, 16))));
  const evenA = times(-B2, d2, d4), oddA = times(-B2, d1, d3);
  const evenC = times(-B2, e2, e4), oddC = times(-B2, e1, e3);
  storePair(to + toStride, times(A, oddA, evenA), times(A, oddC, evenC));
  storePair(to + 2 * toStride, times(-A, oddA, evenA), times(-A, oddC, evenC));
  const evenB = times(-A2, d2, d4), oddB = times(-A2, d1, d3);
  const evenD = times(-A2, e2, e4), oddD = times(-A2, e1, e3);
  storePair(to + 3 * toStride, times(B, oddB, evenB), times(B, oddD, evenD));
  storePair(to + 4 * toStride, times(-B, oddB, evenB), times(-B, oddD, evenD));
}

/** A' m + c: six products to four outputs, of which the first `count` are stored; c is at `bias`. */
// @inline
export function outputLine(
  from: usize,
  stride: usize,
  bias: usize,
  to: usize,
  toStride: usize,
  count: i32,
): void {
  const from3 = from + 3 * stride;
  const c = v128.load(bias), d = v128.load(bias, 16);
  const m1 = v128.load(from + stride), m2 = v128.load(from + 2 * stride);
  const n1 = v128.load(from + stride, 16), n2 = v128.load(from + 2 * stride, 16);
  const m3 = v128.load(from3), m4 = v128.load(from3 + stride);
  const n3 = v128.load(from3, 16), n4 = v128.load(from3 + stride, 16);
  const sumA = f32x4.add(m1, m2), differenceA = f32x4.sub(m1, m2);
  const sumC = f32x4.add(n1, n2), differenceC = f32x4.sub(n1, n2);
  const sumB = f32x4.add(m3, m4), differenceB = f32x4.sub(m3, m4);
  const sumD = f32x4.add(n3, n4), differenceD = f32x4.sub(n3, n4);
  storePair(
    to,
    f32x4.add(f32x4.add(f32x4.add(v128.load(from), sumA), sumB), c),
    f32x4.add(f32x4.add(f32x4.add(v128.load(from, 16), sumC), sumD), d),
  );
  if (count > 1) {
    const low = times(A, differenceA, times(B, differenceB, c));
    storePair(to + toStride, low, times(A, differenceC, times(B, differenceD, d)));
  }
  if (count > 2) {
    const low = times(A2, sumA, times(B2, sumB, c));
    storePair(to + 2 * toStride, low, times(A2, sumC, times(B2, sumD, d)));
  }
  if (count > 3) {
    const m5 = v128.load(from3 + 2 * stride), n5 = v128.load(from3 + 2 * stride, 16);
    const low = times(A3, differenceA, times(B3, differenceB, m5));
    const high = times(A3, differenceC, times(B3, differenceD, n5));
    storePair(to + 3 * toStride, f32x4.add(low, c), f32x4.add(high, d));
  }
}

/** G g: a filter's three to six. */
// @inline
export function filterLine(
  g0: v128,
  g1: v128,
  g2: v128,
  to: usize,
  stride: usize,
): void {
  const evenA = times(A2, g2, g0), evenB = times(B2, g2, g0);
  v128.store(to, f32x4.mul(f32x4.splat(<f32> G0), g0));
  v128.store(to + stride, f32x4.mul(f32x4.splat(<f32> GA), times(A, g1, evenA)));
  v128.store(to + 2 * stride, f32x4.mul(f32x4.splat(<f32> GA), times(-A, g1, evenA)));
  v128.store(to + 3 * stride, f32x4.mul(f32x4.splat(<f32> GB), times(B, g1, evenB)));
  v128.store(to + 4 * stride, f32x4.mul(f32x4.splat(<f32> GB), times(-B, g1, evenB)));
  v128.store(to + 5 * stride, g2);
}

/** A d: four of an output's gradient to six. */
// @inline
export function gradientLine(from: usize, fromStride: usize, to: usize, stride: usize): void {
  const at = from + 2 * fromStride;
  const d0 = v128.load(from), d1 = v128.load(from + fromStride);
  const e0 = v128.load(from, 16), e1 = v128.load(from + fromStride, 16);
  const d2 = v128.load(at), d3 = v128.load(at + fromStride);
  const e2 = v128.load(at, 16), e3 = v128.load(at + fromStride, 16);
  storePair(to, d0, e0);
  storePair(to + 5 * stride, d3, e3);
  const evenA = times(A2, d2, d0), oddA = times(A2, d3, d1);
  const evenC = times(A2, e2, e0), oddC = times(A2, e3, e1);
  storePair(to + stride, times(A, oddA, evenA), times(A, oddC, evenC));
  storePair(to + 2 * stride, times(-A, oddA, evenA), times(-A, oddC, evenC));
  const evenB = times(B2, d2, d0), oddB = times(B2, d3, d1);
  const evenD = times(B2, e2, e0), oddD = times(B2, e3, e1);
  storePair(to + 3 * stride, times(B, oddB, evenB), times(B, oddD, evenD));
  storePair(to + 4 * stride, times(-B, oddB, evenB), times(-B, oddD, evenD));
}

/** G' u: six of a filter's gradient to three. */
// @inline
export function filterGradientLine(from: usize, stride: usize, to: usize, toStride: usize): void {
  const ga = f32x4.splat(<f32> GA), gb = f32x4.splat(<f32> GB);
  const u1 = f32x4.mul(ga, v128.load(from + stride));
  const u2 = f32x4.mul(ga, v128.load(from + 2 * stride));
  const u3 = f32x4.mul(gb, v128.load(from + 3 * stride));
  const u4 = f32x4.mul(gb, v128.load(from + 4 * stride));
  const sumA = f32x4.add(u1, u2), sumB = f32x4.add(u3, u4);
  v128.store(to, times(<f32> G0, v128.load(from), f32x4.add(sumA, sumB)));
  const differenceB = f32x4.mul(f32x4.splat(B), f32x4.sub(u3, u4));
  v128.store(to + toStride, times(A, f32x4.sub(u1, u2), differenceB));
  v128.store(to + 2 * toStride, times(A2, sumA, times(B2, sumB, v128.load(from + 5 * stride))));
}
