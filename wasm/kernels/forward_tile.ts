import { PIXELS } from "./sizes";
import { madd } from "./madd";

/** Products from which on a sum is set aside at the end of each row: long chains lose digits. */
const CHAIN: i32 = 128;

/** Adds two vectors to those at `at`: loaded before either is stored, so that they can become one. */
// @inline
function addPair(at: usize, low: v128, high: v128): void {
  const before = v128.load(at), behind = v128.load(at, 16);
  v128.store(at, f32x4.add(before, low));
  v128.store(at, f32x4.add(behind, high), 16);
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
  const split = rows > 1 && rows * depth > CHAIN;
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
        addPair(out, a0, a1);
        addPair(o1, b0, b1);
        addPair(o2, c0, c1);
        addPair(o3, d0, d1);
        addPair(o4, e0, e1);
        addPair(o5, f0, f1);
        a0 =
          a1 =
          b0 =
          b1 =
          c0 =
          c1 =
          d0 =
          d1 =
          e0 =
          e1 =
          f0 =
          f1 =
            f32x4.splat(0);
      }
      let p0 = input + <usize> r * rowBytes;
      let p1 = p0 + pixelBytes, p2 = p1 + pixelBytes, p3 = p2 + pixelBytes;
      let p4 = p3 + pixelBytes, p5 = p4 + pixelBytes;
      const end = p0 + (<usize> depth << 2);
      const quads = p0 + (<usize> (depth & ~3) << 2);
      while (p0 < quads) {
        let w0 = v128.load(w), w1 = v128.load(w, 16);
        let x = v128.load_splat<f32>(p0);
        a0 = f32x4.relaxed_madd(x, w0, a0);
        a1 = f32x4.relaxed_madd(x, w1, a1);
        x = v128.load_splat<f32>(p1);
        b0 = f32x4.relaxed_madd(x, w0, b0);
        b1 = f32x4.relaxed_madd(x, w1, b1);
        x = v128.load_splat<f32>(p2);
        c0 = f32x4.relaxed_madd(x, w0, c0);
        c1 = f32x4.relaxed_madd(x, w1, c1);
        x = v128.load_splat<f32>(p3);
        d0 = f32x4.relaxed_madd(x, w0, d0);
        d1 = f32x4.relaxed_madd(x, w1, d1);
        x = v128.load_splat<f32>(p4);
        e0 = f32x4.relaxed_madd(x, w0, e0);
        e1 = f32x4.relaxed_madd(x, w1, e1);
        x = v128.load_splat<f32>(p5);
        f0 = f32x4.relaxed_madd(x, w0, f0);
        f1 = f32x4.relaxed_madd(x, w1, f1);

        w0 = v128.load(w, 32);
        w1 = v128.load(w, 48);
        x = v128.load_splat<f32>(p0, 4);
        a0 = f32x4.relaxed_madd(x, w0, a0);
        a1 = f32x4.relaxed_madd(x, w1, a1);
        x = v128.load_splat<f32>(p1, 4);
        b0 = f32x4.relaxed_madd(x, w0, b0);
        b1 = f32x4.relaxed_madd(x, w1, b1);
        x = v128.load_splat<f32>(p2, 4);
        c0 = f32x4.relaxed_madd(x, w0, c0);
        c1 = f32x4.relaxed_madd(x, w1, c1);
        x = v128.load_splat<f32>(p3, 4);
        d0 = f32x4.relaxed_madd(x, w0, d0);
        d1 = f32x4.relaxed_madd(x, w1, d1);
        x = v128.load_splat<f32>(p4, 4);
        e0 = f32x4.relaxed_madd(x, w0, e0);
        e1 = f32x4.relaxed_madd(x, w1, e1);
        x = v128.load_splat<f32>(p5, 4);
        f0 = f32x4.relaxed_madd(x, w0, f0);
        f1 = f32x4.relaxed_madd(x, w1, f1);

        w0 = v128.load(w, 64);
        w1 = v128.load(w, 80);
        x = v128.load_splat<f32>(p0, 8);
        a0 = f32x4.relaxed_madd(x, w0, a0);
        a1 = f32x4.relaxed_madd(x, w1, a1);
        x = v128.load_splat<f32>(p1, 8);
        b0 = f32x4.relaxed_madd(x, w0, b0);
        b1 = f32x4.relaxed_madd(x, w1, b1);
        x = v128.load_splat<f32>(p2, 8);
        c0 = f32x4.relaxed_madd(x, w0, c0);
        c1 = f32x4.relaxed_madd(x, w1, c1);
        x = v128.load_splat<f32>(p3, 8);
        d0 = f32x4.relaxed_madd(x, w0, d0);
        d1 = f32x4.relaxed_madd(x, w1, d1);
        x = v128.load_splat<f32>(p4, 8);
        e0 = f32x4.relaxed_madd(x, w0, e0);
        e1 = f32x4.relaxed_madd(x, w1, e1);
        x = v128.load_splat<f32>(p5, 8);
        f0 = f32x4.relaxed_madd(x, w0, f0);
        f1 = f32x4.relaxed_madd(x, w1, f1);

        w0 = v128.load(w, 96);
        w1 = v128.load(w, 112);
        x = v128.load_splat<f32>(p0, 12);
        a0 = f32x4.relaxed_madd(x, w0, a0);
        a1 = f32x4.relaxed_madd(x, w1, a1);
        x = v128.load_splat<f32>(p1, 12);
        b0 = f32x4.relaxed_madd(x, w0, b0);
        b1 = f32x4.relaxed_madd(x, w1, b1);
        x = v128.load_splat<f32>(p2, 12);
        c0 = f32x4.relaxed_madd(x, w0, c0);
        c1 = f32x4.relaxed_madd(x, w1, c1);
        x = v128.load_splat<f32>(p3, 12);
        d0 = f32x4.relaxed_madd(x, w0, d0);
        d1 = f32x4.relaxed_madd(x, w1, d1);
        x = v128.load_splat<f32>(p4, 12);
        e0 = f32x4.relaxed_madd(x, w0, e0);
        e1 = f32x4.relaxed_madd(x, w1, e1);
        x = v128.load_splat<f32>(p5, 12);
        f0 = f32x4.relaxed_madd(x, w0, f0);
        f1 = f32x4.relaxed_madd(x, w1, f1);

        p0 += 16;
        p1 += 16;
        p2 += 16;
        p3 += 16;
        p4 += 16;
        p5 += 16;
        w += 128;
      }
      while (p0 < end) {
        const w0 = v128.load(w), w1 = v128.load(w, 16);
        a0 = madd(p0, 0, w0, a0);
        a1 = madd(p0, 0, w1, a1);
        b0 = madd(p1, 0, w0, b0);
        b1 = madd(p1, 0, w1, b1);
        c0 = madd(p2, 0, w0, c0);
        c1 = madd(p2, 0, w1, c1);
        d0 = madd(p3, 0, w0, d0);
        d1 = madd(p3, 0, w1, d1);
        e0 = madd(p4, 0, w0, e0);
        e1 = madd(p4, 0, w1, e1);
        f0 = madd(p5, 0, w0, f0);
        f1 = madd(p5, 0, w1, f1);
        p0 += 4;
        p1 += 4;
        p2 += 4;
        p3 += 4;
        p4 += 4;
        p5 += 4;
        w += 32;
      }
      w += weightSkip;
    }
    if (split) {
      addPair(out, a0, a1);
      addPair(o1, b0, b1);
      addPair(o2, c0, c1);
      addPair(o3, d0, d1);
      addPair(o4, e0, e1);
      addPair(o5, f0, f1);
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
