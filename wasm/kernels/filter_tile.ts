import { madd } from "./madd";

/**
 * sums[t][0..8) += sum over rows r and pixels p of x[r * xRowBytes + p * xPixelBytes + t] *
 * d[r * dRowBytes + p * dPixelBytes + 0..8), t < 6. `sumsRowBytes` lies between t and t + 1.
 */
export function filterTile(
  x: usize,
  xRowBytes: usize,
  xPixelBytes: usize,
  d: usize,
  dRowBytes: usize,
  dPixelBytes: usize,
  rows: i32,
  pixels: i32,
  sums: usize,
  sumsRowBytes: usize,
): void {
  let s = sums;
  let a0 = v128.load(s), a1 = v128.load(s, 16);
  s += sumsRowBytes;
  let b0 = v128.load(s), b1 = v128.load(s, 16);
  s += sumsRowBytes;
  let c0 = v128.load(s), c1 = v128.load(s, 16);
  s += sumsRowBytes;
  let d0 = v128.load(s), d1 = v128.load(s, 16);
  s += sumsRowBytes;
  let e0 = v128.load(s), e1 = v128.load(s, 16);
  s += sumsRowBytes;
  let f0 = v128.load(s), f1 = v128.load(s, 16);
  const x2 = 2 * xPixelBytes, x3 = 3 * xPixelBytes, x4 = 4 * xPixelBytes;
  const d2 = 2 * dPixelBytes, d3 = 3 * dPixelBytes, d4 = 4 * dPixelBytes;
  let w0: v128, w1: v128, v: v128, q: usize, e: usize;
  for (let r = 0; r < rows; r++) {
    let px = x + <usize> r * xRowBytes;
    let pd = d + <usize> r * dRowBytes;
    const end = pd + <usize> pixels * dPixelBytes;
    const quads = pd + <usize> (pixels & ~3) * dPixelBytes;
    while (pd < quads) {
      w0 = v128.load(pd);
      w1 = v128.load(pd, 16);
      v = v128.load_splat<f32>(px);
      a0 = f32x4.relaxed_madd(v, w0, a0);
      a1 = f32x4.relaxed_madd(v, w1, a1);
      v = v128.load_splat<f32>(px, 4);
      b0 = f32x4.relaxed_madd(v, w0, b0);
      b1 = f32x4.relaxed_madd(v, w1, b1);
      v = v128.load_splat<f32>(px, 8);
      c0 = f32x4.relaxed_madd(v, w0, c0);
      c1 = f32x4.relaxed_madd(v, w1, c1);
      v = v128.load_splat<f32>(px, 12);
      d0 = f32x4.relaxed_madd(v, w0, d0);
      d1 = f32x4.relaxed_madd(v, w1, d1);
      v = v128.load_splat<f32>(px, 16);
      e0 = f32x4.relaxed_madd(v, w0, e0);
      e1 = f32x4.relaxed_madd(v, w1, e1);
      v = v128.load_splat<f32>(px, 20);
      f0 = f32x4.relaxed_madd(v, w0, f0);
      f1 = f32x4.relaxed_madd(v, w1, f1);
      q = px + xPixelBytes;
      e = pd + dPixelBytes;
      w0 = v128.load(e);
      w1 = v128.load(e, 16);
      v = v128.load_splat<f32>(q);
      a0 = f32x4.relaxed_madd(v, w0, a0);
      a1 = f32x4.relaxed_madd(v, w1, a1);
      v = v128.load_splat<f32>(q, 4);
      b0 = f32x4.relaxed_madd(v, w0, b0);
      b1 = f32x4.relaxed_madd(v, w1, b1);
      v = v128.load_splat<f32>(q, 8);
      c0 = f32x4.relaxed_madd(v, w0, c0);
      c1 = f32x4.relaxed_madd(v, w1, c1);
      v = v128.load_splat<f32>(q, 12);
      d0 = f32x4.relaxed_madd(v, w0, d0);
      d1 = f32x4.relaxed_madd(v, w1, d1);
      v = v128.load_splat<f32>(q, 16);
      e0 = f32x4.relaxed_madd(v, w0, e0);
      e1 = f32x4.relaxed_madd(v, w1, e1);
      v = v128.load_splat<f32>(q, 20);
      f0 = f32x4.relaxed_madd(v, w0, f0);
      f1 = f32x4.relaxed_madd(v, w1, f1);
      q = px + x2;
      e = pd + d2;
      w0 = v128.load(e);
      w1 = v128.load(e, 16);
      v = v128.load_splat<f32>(q);
      a0 = f32x4.relaxed_madd(v, w0, a0);
      a1 = f32x4.relaxed_madd(v, w1, a1);
      v = v128.load_splat<f32>(q, 4);
      b0 = f32x4.relaxed_madd(v, w0, b0);
      b1 = f32x4.relaxed_madd(v, w1, b1);
      v = v128.load_splat<f32>(q, 8);
      c0 = f32x4.relaxed_madd(v, w0, c0);
      c1 = f32x4.relaxed_madd(v, w1, c1);
      v = v128.load_splat<f32>(q, 12);
      d0 = f32x4.relaxed_madd(v, w0, d0);
      d1 = f32x4.relaxed_madd(v, w1, d1);
      v = v128.load_splat<f32>(q, 16);
      e0 = f32x4.relaxed_madd(v, w0, e0);
      e1 = f32x4.relaxed_madd(v, w1, e1);
      v = v128.load_splat<f32>(q, 20);
      f0 = f32x4.relaxed_madd(v, w0, f0);
      f1 = f32x4.relaxed_madd(v, w1, f1);
      q = px + x3;
      e = pd + d3;
      w0 = v128.load(e);
      w1 = v128.load(e, 16);
      v = v128.load_splat<f32>(q);
      a0 = f32x4.relaxed_madd(v, w0, a0);
      a1 = f32x4.relaxed_madd(v, w1, a1);
      v = v128.load_splat<f32>(q, 4);
      b0 = f32x4.relaxed_madd(v, w0, b0);
      b1 = f32x4.relaxed_madd(v, w1, b1);
      v = v128.load_splat<f32>(q, 8);
      c0 = f32x4.relaxed_madd(v, w0, c0);
      c1 = f32x4.relaxed_madd(v, w1, c1);
      v = v128.load_splat<f32>(q, 12);
      d0 = f32x4.relaxed_madd(v, w0, d0);
      d1 = f32x4.relaxed_madd(v, w1, d1);
      v = v128.load_splat<f32>(q, 16);
      e0 = f32x4.relaxed_madd(v, w0, e0);
      e1 = f32x4.relaxed_madd(v, w1, e1);
      v = v128.load_splat<f32>(q, 20);
      f0 = f32x4.relaxed_madd(v, w0, f0);
      f1 = f32x4.relaxed_madd(v, w1, f1);
      px += x4;
      pd += d4;
    }
    while (pd < end) {
      w0 = v128.load(pd);
      w1 = v128.load(pd, 16);
      v = v128.load_splat<f32>(px);
      a0 = f32x4.relaxed_madd(v, w0, a0);
      a1 = f32x4.relaxed_madd(v, w1, a1);
      v = v128.load_splat<f32>(px, 4);
      b0 = f32x4.relaxed_madd(v, w0, b0);
      b1 = f32x4.relaxed_madd(v, w1, b1);
      v = v128.load_splat<f32>(px, 8);
      c0 = f32x4.relaxed_madd(v, w0, c0);
      c1 = f32x4.relaxed_madd(v, w1, c1);
      v = v128.load_splat<f32>(px, 12);
      d0 = f32x4.relaxed_madd(v, w0, d0);
      d1 = f32x4.relaxed_madd(v, w1, d1);
      v = v128.load_splat<f32>(px, 16);
      e0 = f32x4.relaxed_madd(v, w0, e0);
      e1 = f32x4.relaxed_madd(v, w1, e1);
      v = v128.load_splat<f32>(px, 20);
      f0 = f32x4.relaxed_madd(v, w0, f0);
      f1 = f32x4.relaxed_madd(v, w1, f1);
      px += xPixelBytes;
      pd += dPixelBytes;
    }
  }
  s = sums;
  v128.store(s, a0);
  v128.store(s, a1, 16);
  s += sumsRowBytes;
  v128.store(s, b0);
  v128.store(s, b1, 16);
  s += sumsRowBytes;
  v128.store(s, c0);
  v128.store(s, c1, 16);
  s += sumsRowBytes;
  v128.store(s, d0);
  v128.store(s, d1, 16);
  s += sumsRowBytes;
  v128.store(s, e0);
  v128.store(s, e1, 16);
  s += sumsRowBytes;
  v128.store(s, f0);
  v128.store(s, f1, 16);
}

/** filterTile for the last rows: t < 4, so that channels in eights need no padding. */
export function filterTileOfFour(
  x: usize,
  xPixelBytes: usize,
  d: usize,
  dPixelBytes: usize,
  pixels: i32,
  sums: usize,
  sumsRowBytes: usize,
): void {
  const s1 = sums + sumsRowBytes, s2 = s1 + sumsRowBytes, s3 = s2 + sumsRowBytes;
  let a0 = v128.load(sums), a1 = v128.load(sums, 16);
  let b0 = v128.load(s1), b1 = v128.load(s1, 16);
  let c0 = v128.load(s2), c1 = v128.load(s2, 16);
  let d0 = v128.load(s3), d1 = v128.load(s3, 16);
  for (let p = 0; p < pixels; p++) {
    const w0 = v128.load(d), w1 = v128.load(d, 16);
    a0 = madd(x, 0, w0, a0);
    a1 = madd(x, 0, w1, a1);
    b0 = madd(x, 4, w0, b0);
    b1 = madd(x, 4, w1, b1);
    c0 = madd(x, 8, w0, c0);
    c1 = madd(x, 8, w1, c1);
    d0 = madd(x, 12, w0, d0);
    d1 = madd(x, 12, w1, d1);
    x += xPixelBytes;
    d += dPixelBytes;
  }
  v128.store(sums, a0);
  v128.store(sums, a1, 16);
  v128.store(s1, b0);
  v128.store(s1, b1, 16);
  v128.store(s2, c0);
  v128.store(s2, c1, 16);
  v128.store(s3, d0);
  v128.store(s3, d1, 16);
}
