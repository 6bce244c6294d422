/**
 * The one-dimensional transforms of Winograd's convolution F(4, 3): four outputs of a filter of
 * three from six products (Winograd 1980; Lavin and Gray, CVPR 2016).
 *
 * y = A' [(G g) * (B' d)], by Toom and Cook from the polynomials' values at 0, a, -a, b, -b and
 * infinity. With a = 3/4 and b = 3/2 all constants are exact in float32 and the rounding error is
 * half that of the usual points 1 and 2. Points in pairs of opposite sign share their even and odd
 * parts. Two dimensions are the outer product: rows, then columns.
 *
 * Each function reads vectors of four channels that lie `stride` bytes apart.
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

/** B' d: six of a map to six. */
// @inline
export function inputLine(from: usize, stride: usize, to: usize, toStride: usize): void {
  inputLineOf(
    v128.load(from),
    v128.load(from + stride),
    v128.load(from + 2 * stride),
    v128.load(from + 3 * stride),
    v128.load(from + 4 * stride),
    v128.load(from + 5 * stride),
    to,
    toStride,
  );
}

/** inputLine of six vectors. */
// @inline
export function inputLineOf(
  d0: v128,
  d1: v128,
  d2: v128,
  d3: v128,
  d4: v128,
  d5: v128,
  to: usize,
  toStride: usize,
): void {
  const evenA = times(-B2, d2, d4), oddA = times(-B2, d1, d3);
  const evenB = times(-A2, d2, d4), oddB = times(-A2, d1, d3);
  v128.store(to, times(A2B2, d0, times(-SUM, d2, d4)));
  v128.store(to + toStride, times(A, oddA, evenA));
  v128.store(to + 2 * toStride, times(-A, oddA, evenA));
  v128.store(to + 3 * toStride, times(B, oddB, evenB));
  v128.store(to + 4 * toStride, times(-B, oddB, evenB));
  v128.store(to + 5 * toStride, times(A2B2, d1, times(-SUM, d3, d5)));
}

/** A' m + c: six products to four outputs, of which the first `count` are stored. */
// @inline
export function outputLine(
  from: usize,
  stride: usize,
  c: v128,
  to: usize,
  toStride: usize,
  count: i32,
): void {
  const m0 = v128.load(from), m1 = v128.load(from + stride), m2 = v128.load(from + 2 * stride);
  const m3 = v128.load(from + 3 * stride);
  const sumA = f32x4.add(m1, m2), differenceA = f32x4.sub(m1, m2);
  const m4 = v128.load(from + 4 * stride), m5 = v128.load(from + 5 * stride);
  const sumB = f32x4.add(m3, m4), differenceB = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(f32x4.add(f32x4.add(m0, sumA), sumB), c));
  if (count > 1) v128.store(to + toStride, times(A, differenceA, times(B, differenceB, c)));
  if (count > 2) v128.store(to + 2 * toStride, times(A2, sumA, times(B2, sumB, c)));
  if (count > 3) {
    const last = times(A3, differenceA, times(B3, differenceB, m5));
    v128.store(to + 3 * toStride, f32x4.add(last, c));
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
  const d0 = v128.load(from), d1 = v128.load(from + fromStride);
  const d2 = v128.load(from + 2 * fromStride), d3 = v128.load(from + 3 * fromStride);
  const evenA = times(A2, d2, d0), evenB = times(B2, d2, d0);
  const oddA = times(A2, d3, d1), oddB = times(B2, d3, d1);
  v128.store(to, d0);
  v128.store(to + stride, times(A, oddA, evenA));
  v128.store(to + 2 * stride, times(-A, oddA, evenA));
  v128.store(to + 3 * stride, times(B, oddB, evenB));
  v128.store(to + 4 * stride, times(-B, oddB, evenB));
  v128.store(to + 5 * stride, d3);
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
