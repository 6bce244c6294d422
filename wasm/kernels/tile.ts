/**
 * The two register tiles that all the convolution arithmetic runs through.
 *
 * Twelve accumulators of four lanes, two vectors for the operand that is shared and one that is
 * broadcast are fifteen registers: all that x64 leaves a WASM engine. Larger tiles spill, smaller
 * ones wait for loads.
 */

/** Pixels a forward tile computes at once. */
export const PIXELS: i32 = 6;
/** Products a sum may run through before it is set aside: long chains of floats lose digits. */
const CHAIN: i32 = 128;
/** Output channels a tile computes at once; packed weights are padded to a multiple of it. */
export const LANES: i32 = 8;
/** Filter rows (of kernel column x input channel) that a filter-gradient tile computes at once. */
export const TAPS: i32 = 6;

// @ts-ignore: decorator
@inline
function madd(a: usize, offset: usize, w: v128, sum: v128): v128 {
  return f32x4.relaxed_madd(v128.load_splat<f32>(a + offset), w, sum);
}

/**
 * out[p][0..8) = bias + sum over rows r and k of in[r * rowBytes + p * pixelBytes + k] * w[r][k],
 * p < 6, k < depth. out[p] lies at `out + p * outPixelBytes`. Does `tiles` tiles of six pixels, one
 * behind the other. `weightSkip` bytes lie between the rows of weights.
 */
export function forwardTiles(
  input: usize,
  rowBytes: usize,
  pixelBytes: usize,
  rows: i32,
  depth: i32,
  weights: usize,
  weightSkip: usize,
  bias: usize,
  out: usize,
  outPixelBytes: usize,
  tiles: i32,
): void {
  const bias0 = v128.load(bias), bias1 = v128.load(bias, 16), zero = f32x4.splat(0);
  const split = rows * depth > CHAIN;
  for (; tiles > 0; tiles--) {
    const o1 = out + outPixelBytes, o2 = o1 + outPixelBytes, o3 = o2 + outPixelBytes;
    const o4 = o3 + outPixelBytes, o5 = o4 + outPixelBytes;
      let a0 = zero, a1 = zero;
    let b0 = a0, b1 = a1, c0 = a0, c1 = a1, d0 = a0, d1 = a1, e0 = a0, e1 = a1, f0 = a0, f1 = a1;
    let w = weights;
    if (split) {
      for (let p = out; p <= o5; p += outPixelBytes) {
        v128.store(p, bias0);
        v128.store(p, bias1, 16);
      }
    }
    for (let r = 0; r < rows; r++) {
      if (split && r > 0) {
        v128.store(out, f32x4.add(v128.load(out, 0), a0), 0);
        v128.store(out, f32x4.add(v128.load(out, 16), a1), 16);
        v128.store(o1, f32x4.add(v128.load(o1, 0), b0), 0);
        v128.store(o1, f32x4.add(v128.load(o1, 16), b1), 16);
        v128.store(o2, f32x4.add(v128.load(o2, 0), c0), 0);
        v128.store(o2, f32x4.add(v128.load(o2, 16), c1), 16);
        v128.store(o3, f32x4.add(v128.load(o3, 0), d0), 0);
        v128.store(o3, f32x4.add(v128.load(o3, 16), d1), 16);
        v128.store(o4, f32x4.add(v128.load(o4, 0), e0), 0);
        v128.store(o4, f32x4.add(v128.load(o4, 16), e1), 16);
        v128.store(o5, f32x4.add(v128.load(o5, 0), f0), 0);
        v128.store(o5, f32x4.add(v128.load(o5, 16), f1), 16);
        a0 = a1 = b0 = b1 = c0 = c1 = d0 = d1 = e0 = e1 = f0 = f1 = f32x4.splat(0);
      }
      let p0 = input + <usize>r * rowBytes;
      let p1 = p0 + pixelBytes, p2 = p1 + pixelBytes, p3 = p2 + pixelBytes;
      let p4 = p3 + pixelBytes, p5 = p4 + pixelBytes;
      const end = p0 + (<usize>depth << 2);
      const quads = p0 + (<usize>(depth & ~3) << 2);
      while (p0 < quads) {
        let w0 = v128.load(w), w1 = v128.load(w, 16);
        let x = v128.load_splat<f32>(p0);
        a0 = f32x4.relaxed_madd(x, w0, a0); a1 = f32x4.relaxed_madd(x, w1, a1);
        x = v128.load_splat<f32>(p1);
        b0 = f32x4.relaxed_madd(x, w0, b0); b1 = f32x4.relaxed_madd(x, w1, b1);
        x = v128.load_splat<f32>(p2);
        c0 = f32x4.relaxed_madd(x, w0, c0); c1 = f32x4.relaxed_madd(x, w1, c1);
        x = v128.load_splat<f32>(p3);
        d0 = f32x4.relaxed_madd(x, w0, d0); d1 = f32x4.relaxed_madd(x, w1, d1);
        x = v128.load_splat<f32>(p4);
        e0 = f32x4.relaxed_madd(x, w0, e0); e1 = f32x4.relaxed_madd(x, w1, e1);
        x = v128.load_splat<f32>(p5);
        f0 = f32x4.relaxed_madd(x, w0, f0); f1 = f32x4.relaxed_madd(x, w1, f1);

        w0 = v128.load(w, 32); w1 = v128.load(w, 48);
        x = v128.load_splat<f32>(p0, 4);
        a0 = f32x4.relaxed_madd(x, w0, a0); a1 = f32x4.relaxed_madd(x, w1, a1);
        x = v128.load_splat<f32>(p1, 4);
        b0 = f32x4.relaxed_madd(x, w0, b0); b1 = f32x4.relaxed_madd(x, w1, b1);
        x = v128.load_splat<f32>(p2, 4);
        c0 = f32x4.relaxed_madd(x, w0, c0); c1 = f32x4.relaxed_madd(x, w1, c1);
        x = v128.load_splat<f32>(p3, 4);
        d0 = f32x4.relaxed_madd(x, w0, d0); d1 = f32x4.relaxed_madd(x, w1, d1);
        x = v128.load_splat<f32>(p4, 4);
        e0 = f32x4.relaxed_madd(x, w0, e0); e1 = f32x4.relaxed_madd(x, w1, e1);
        x = v128.load_splat<f32>(p5, 4);
        f0 = f32x4.relaxed_madd(x, w0, f0); f1 = f32x4.relaxed_madd(x, w1, f1);

        w0 = v128.load(w, 64); w1 = v128.load(w, 80);
        x = v128.load_splat<f32>(p0, 8);
        a0 = f32x4.relaxed_madd(x, w0, a0); a1 = f32x4.relaxed_madd(x, w1, a1);
        x = v128.load_splat<f32>(p1, 8);
        b0 = f32x4.relaxed_madd(x, w0, b0); b1 = f32x4.relaxed_madd(x, w1, b1);
        x = v128.load_splat<f32>(p2, 8);
        c0 = f32x4.relaxed_madd(x, w0, c0); c1 = f32x4.relaxed_madd(x, w1, c1);
        x = v128.load_splat<f32>(p3, 8);
        d0 = f32x4.relaxed_madd(x, w0, d0); d1 = f32x4.relaxed_madd(x, w1, d1);
        x = v128.load_splat<f32>(p4, 8);
        e0 = f32x4.relaxed_madd(x, w0, e0); e1 = f32x4.relaxed_madd(x, w1, e1);
        x = v128.load_splat<f32>(p5, 8);
        f0 = f32x4.relaxed_madd(x, w0, f0); f1 = f32x4.relaxed_madd(x, w1, f1);

        w0 = v128.load(w, 96); w1 = v128.load(w, 112);
        x = v128.load_splat<f32>(p0, 12);
        a0 = f32x4.relaxed_madd(x, w0, a0); a1 = f32x4.relaxed_madd(x, w1, a1);
        x = v128.load_splat<f32>(p1, 12);
        b0 = f32x4.relaxed_madd(x, w0, b0); b1 = f32x4.relaxed_madd(x, w1, b1);
        x = v128.load_splat<f32>(p2, 12);
        c0 = f32x4.relaxed_madd(x, w0, c0); c1 = f32x4.relaxed_madd(x, w1, c1);
        x = v128.load_splat<f32>(p3, 12);
        d0 = f32x4.relaxed_madd(x, w0, d0); d1 = f32x4.relaxed_madd(x, w1, d1);
        x = v128.load_splat<f32>(p4, 12);
        e0 = f32x4.relaxed_madd(x, w0, e0); e1 = f32x4.relaxed_madd(x, w1, e1);
        x = v128.load_splat<f32>(p5, 12);
        f0 = f32x4.relaxed_madd(x, w0, f0); f1 = f32x4.relaxed_madd(x, w1, f1);

        p0 += 16; p1 += 16; p2 += 16; p3 += 16; p4 += 16; p5 += 16;
        w += 128;
      }
      while (p0 < end) {
        const w0 = v128.load(w), w1 = v128.load(w, 16);
        a0 = madd(p0, 0, w0, a0); a1 = madd(p0, 0, w1, a1);
        b0 = madd(p1, 0, w0, b0); b1 = madd(p1, 0, w1, b1);
        c0 = madd(p2, 0, w0, c0); c1 = madd(p2, 0, w1, c1);
        d0 = madd(p3, 0, w0, d0); d1 = madd(p3, 0, w1, d1);
        e0 = madd(p4, 0, w0, e0); e1 = madd(p4, 0, w1, e1);
        f0 = madd(p5, 0, w0, f0); f1 = madd(p5, 0, w1, f1);
        p0 += 4; p1 += 4; p2 += 4; p3 += 4; p4 += 4; p5 += 4;
        w += 32;
      }
      w += weightSkip;
    }
    if (split) {
      v128.store(out, f32x4.add(v128.load(out, 0), a0), 0);
      v128.store(out, f32x4.add(v128.load(out, 16), a1), 16);
      v128.store(o1, f32x4.add(v128.load(o1, 0), b0), 0);
      v128.store(o1, f32x4.add(v128.load(o1, 16), b1), 16);
      v128.store(o2, f32x4.add(v128.load(o2, 0), c0), 0);
      v128.store(o2, f32x4.add(v128.load(o2, 16), c1), 16);
      v128.store(o3, f32x4.add(v128.load(o3, 0), d0), 0);
      v128.store(o3, f32x4.add(v128.load(o3, 16), d1), 16);
      v128.store(o4, f32x4.add(v128.load(o4, 0), e0), 0);
      v128.store(o4, f32x4.add(v128.load(o4, 16), e1), 16);
      v128.store(o5, f32x4.add(v128.load(o5, 0), f0), 0);
      v128.store(o5, f32x4.add(v128.load(o5, 16), f1), 16);
    } else {
      v128.store(out, f32x4.add(a0, bias0));
      v128.store(out, f32x4.add(a1, bias1), 16);
      v128.store(o1, f32x4.add(b0, bias0));
      v128.store(o1, f32x4.add(b1, bias1), 16);
      v128.store(o2, f32x4.add(c0, bias0));
      v128.store(o2, f32x4.add(c1, bias1), 16);
      v128.store(o3, f32x4.add(d0, bias0));
      v128.store(o3, f32x4.add(d1, bias1), 16);
      v128.store(o4, f32x4.add(e0, bias0));
      v128.store(o4, f32x4.add(e1, bias1), 16);
      v128.store(o5, f32x4.add(f0, bias0));
      v128.store(o5, f32x4.add(f1, bias1), 16);
    }
    input += PIXELS * pixelBytes;
    out += PIXELS * outPixelBytes;
  }
}

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
    let px = x + <usize>r * xRowBytes;
    let pd = d + <usize>r * dRowBytes;
    const end = pd + <usize>pixels * dPixelBytes;
    const quads = pd + <usize>(pixels & ~3) * dPixelBytes;
    while (pd < quads) {
      w0 = v128.load(pd); w1 = v128.load(pd, 16);
      v = v128.load_splat<f32>(px);
      a0 = f32x4.relaxed_madd(v, w0, a0); a1 = f32x4.relaxed_madd(v, w1, a1);
      v = v128.load_splat<f32>(px, 4);
      b0 = f32x4.relaxed_madd(v, w0, b0); b1 = f32x4.relaxed_madd(v, w1, b1);
      v = v128.load_splat<f32>(px, 8);
      c0 = f32x4.relaxed_madd(v, w0, c0); c1 = f32x4.relaxed_madd(v, w1, c1);
      v = v128.load_splat<f32>(px, 12);
      d0 = f32x4.relaxed_madd(v, w0, d0); d1 = f32x4.relaxed_madd(v, w1, d1);
      v = v128.load_splat<f32>(px, 16);
      e0 = f32x4.relaxed_madd(v, w0, e0); e1 = f32x4.relaxed_madd(v, w1, e1);
      v = v128.load_splat<f32>(px, 20);
      f0 = f32x4.relaxed_madd(v, w0, f0); f1 = f32x4.relaxed_madd(v, w1, f1);
      q = px + xPixelBytes; e = pd + dPixelBytes;
      w0 = v128.load(e); w1 = v128.load(e, 16);
      v = v128.load_splat<f32>(q);
      a0 = f32x4.relaxed_madd(v, w0, a0); a1 = f32x4.relaxed_madd(v, w1, a1);
      v = v128.load_splat<f32>(q, 4);
      b0 = f32x4.relaxed_madd(v, w0, b0); b1 = f32x4.relaxed_madd(v, w1, b1);
      v = v128.load_splat<f32>(q, 8);
      c0 = f32x4.relaxed_madd(v, w0, c0); c1 = f32x4.relaxed_madd(v, w1, c1);
      v = v128.load_splat<f32>(q, 12);
      d0 = f32x4.relaxed_madd(v, w0, d0); d1 = f32x4.relaxed_madd(v, w1, d1);
      v = v128.load_splat<f32>(q, 16);
      e0 = f32x4.relaxed_madd(v, w0, e0); e1 = f32x4.relaxed_madd(v, w1, e1);
      v = v128.load_splat<f32>(q, 20);
      f0 = f32x4.relaxed_madd(v, w0, f0); f1 = f32x4.relaxed_madd(v, w1, f1);
      q = px + x2; e = pd + d2;
      w0 = v128.load(e); w1 = v128.load(e, 16);
      v = v128.load_splat<f32>(q);
      a0 = f32x4.relaxed_madd(v, w0, a0); a1 = f32x4.relaxed_madd(v, w1, a1);
      v = v128.load_splat<f32>(q, 4);
      b0 = f32x4.relaxed_madd(v, w0, b0); b1 = f32x4.relaxed_madd(v, w1, b1);
      v = v128.load_splat<f32>(q, 8);
      c0 = f32x4.relaxed_madd(v, w0, c0); c1 = f32x4.relaxed_madd(v, w1, c1);
      v = v128.load_splat<f32>(q, 12);
      d0 = f32x4.relaxed_madd(v, w0, d0); d1 = f32x4.relaxed_madd(v, w1, d1);
      v = v128.load_splat<f32>(q, 16);
      e0 = f32x4.relaxed_madd(v, w0, e0); e1 = f32x4.relaxed_madd(v, w1, e1);
      v = v128.load_splat<f32>(q, 20);
      f0 = f32x4.relaxed_madd(v, w0, f0); f1 = f32x4.relaxed_madd(v, w1, f1);
      q = px + x3; e = pd + d3;
      w0 = v128.load(e); w1 = v128.load(e, 16);
      v = v128.load_splat<f32>(q);
      a0 = f32x4.relaxed_madd(v, w0, a0); a1 = f32x4.relaxed_madd(v, w1, a1);
      v = v128.load_splat<f32>(q, 4);
      b0 = f32x4.relaxed_madd(v, w0, b0); b1 = f32x4.relaxed_madd(v, w1, b1);
      v = v128.load_splat<f32>(q, 8);
      c0 = f32x4.relaxed_madd(v, w0, c0); c1 = f32x4.relaxed_madd(v, w1, c1);
      v = v128.load_splat<f32>(q, 12);
      d0 = f32x4.relaxed_madd(v, w0, d0); d1 = f32x4.relaxed_madd(v, w1, d1);
      v = v128.load_splat<f32>(q, 16);
      e0 = f32x4.relaxed_madd(v, w0, e0); e1 = f32x4.relaxed_madd(v, w1, e1);
      v = v128.load_splat<f32>(q, 20);
      f0 = f32x4.relaxed_madd(v, w0, f0); f1 = f32x4.relaxed_madd(v, w1, f1);
      px += x4;
      pd += d4;
    }
    while (pd < end) {
      w0 = v128.load(pd); w1 = v128.load(pd, 16);
      v = v128.load_splat<f32>(px);
      a0 = f32x4.relaxed_madd(v, w0, a0); a1 = f32x4.relaxed_madd(v, w1, a1);
      v = v128.load_splat<f32>(px, 4);
      b0 = f32x4.relaxed_madd(v, w0, b0); b1 = f32x4.relaxed_madd(v, w1, b1);
      v = v128.load_splat<f32>(px, 8);
      c0 = f32x4.relaxed_madd(v, w0, c0); c1 = f32x4.relaxed_madd(v, w1, c1);
      v = v128.load_splat<f32>(px, 12);
      d0 = f32x4.relaxed_madd(v, w0, d0); d1 = f32x4.relaxed_madd(v, w1, d1);
      v = v128.load_splat<f32>(px, 16);
      e0 = f32x4.relaxed_madd(v, w0, e0); e1 = f32x4.relaxed_madd(v, w1, e1);
      v = v128.load_splat<f32>(px, 20);
      f0 = f32x4.relaxed_madd(v, w0, f0); f1 = f32x4.relaxed_madd(v, w1, f1);
      px += xPixelBytes;
      pd += dPixelBytes;
    }
  }
  s = sums;
  v128.store(s, a0); v128.store(s, a1, 16);
  s += sumsRowBytes;
  v128.store(s, b0); v128.store(s, b1, 16);
  s += sumsRowBytes;
  v128.store(s, c0); v128.store(s, c1, 16);
  s += sumsRowBytes;
  v128.store(s, d0); v128.store(s, d1, 16);
  s += sumsRowBytes;
  v128.store(s, e0); v128.store(s, e1, 16);
  s += sumsRowBytes;
  v128.store(s, f0); v128.store(s, f1, 16);
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
    a0 = madd(x, 0, w0, a0); a1 = madd(x, 0, w1, a1);
    b0 = madd(x, 4, w0, b0); b1 = madd(x, 4, w1, b1);
    c0 = madd(x, 8, w0, c0); c1 = madd(x, 8, w1, c1);
    d0 = madd(x, 12, w0, d0); d1 = madd(x, 12, w1, d1);
    x += xPixelBytes;
    d += dPixelBytes;
  }
  v128.store(sums, a0); v128.store(sums, a1, 16);
  v128.store(s1, b0); v128.store(s1, b1, 16);
  v128.store(s2, c0); v128.store(s2, c1, 16);
  v128.store(s3, d0); v128.store(s3, d1, 16);
}
