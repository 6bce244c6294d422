/**
 * The butterflies of Stockham's transform. A pass reads rows `p + groups * k` (k = 0..radix-1) and
 * writes rows `radix * p + k`, each row `width` numbers wide: `output[k] = twiddle(p, k) *
 * sum_m input[m] exp(-2 pi i k m / radix)`.
 */
import type { ComplexArrays, FftStage } from "./fft_stage.ts";

/** A pass of radix 2. */
export function passRadix2(
  source: ComplexArrays,
  target: ComplexArrays,
  stage: FftStage,
  width: number,
): void {
  const { re: xr, im: xi } = source, { re: yr, im: yi } = target;
  const { groups, cos, sin } = stage;
  for (let p = 0; p < groups; p++) {
    const c = cos[p]!, s = sin[p]!;
    let a = p * width, b = a + groups * width, o = 2 * p * width;
    for (let q = 0; q < width; q++, a++, b++, o++) {
      const ar = xr[a]!, ai = xi[a]!, br = xr[b]!, bi = xi[b]!;
      const dr = ar - br, di = ai - bi;
      yr[o] = ar + br;
      yi[o] = ai + bi;
      yr[o + width] = dr * c - di * s;
      yi[o + width] = dr * s + di * c;
    }
  }
}

/** A pass of radix 3. */
export function passRadix3(
  source: ComplexArrays,
  target: ComplexArrays,
  stage: FftStage,
  width: number,
): void {
  const { re: xr, im: xi } = source, { re: yr, im: yi } = target;
  const { groups, cos, sin } = stage;
  const h = Math.sqrt(3) / 2, w2 = 2 * width, gap = groups * width;
  for (let p = 0; p < groups; p++) {
    const c1 = cos[2 * p]!, s1 = sin[2 * p]!, c2 = cos[2 * p + 1]!, s2 = sin[2 * p + 1]!;
    let a = p * width, o = 3 * p * width;
    for (let q = 0; q < width; q++, a++, o++) {
      const b = a + gap, d = b + gap;
      const ar = xr[a]!, ai = xi[a]!;
      const tr = xr[b]! + xr[d]!, ti = xi[b]! + xi[d]!;
      const ur = h * (xr[b]! - xr[d]!), ui = h * (xi[b]! - xi[d]!);
      const mr = ar - 0.5 * tr, mi = ai - 0.5 * ti;
      const pr = mr + ui, pi = mi - ur, nr = mr - ui, ni = mi + ur;
      yr[o] = ar + tr;
      yi[o] = ai + ti;
      yr[o + width] = pr * c1 - pi * s1;
      yi[o + width] = pr * s1 + pi * c1;
      yr[o + w2] = nr * c2 - ni * s2;
      yi[o + w2] = nr * s2 + ni * c2;
    }
  }
}

/** A pass of radix 4. */
export function passRadix4(
  source: ComplexArrays,
  target: ComplexArrays,
  stage: FftStage,
  width: number,
): void {
  const { re: xr, im: xi } = source, { re: yr, im: yi } = target;
  const { groups, cos, sin } = stage;
  const gap = groups * width, w2 = 2 * width, w3 = 3 * width;
  for (let p = 0; p < groups; p++) {
    const c1 = cos[3 * p]!, s1 = sin[3 * p]!, c2 = cos[3 * p + 1]!, s2 = sin[3 * p + 1]!;
    const c3 = cos[3 * p + 2]!, s3 = sin[3 * p + 2]!;
    let a = p * width, o = 4 * p * width;
    for (let q = 0; q < width; q++, a++, o++) {
      const b = a + gap, d = b + gap, e = d + gap;
      const sr = xr[a]! + xr[d]!, si = xi[a]! + xi[d]!, tr = xr[a]! - xr[d]!, ti = xi[a]! - xi[d]!;
      const ur = xr[b]! + xr[e]!, ui = xi[b]! + xi[e]!, vr = xr[b]! - xr[e]!, vi = xi[b]! - xi[e]!;
      const pr = tr + vi, pi = ti - vr, mr = sr - ur, mi = si - ui, nr = tr - vi, ni = ti + vr;
      yr[o] = sr + ur;
      yi[o] = si + ui;
      yr[o + width] = pr * c1 - pi * s1;
      yi[o + width] = pr * s1 + pi * c1;
      yr[o + w2] = mr * c2 - mi * s2;
      yi[o + w2] = mr * s2 + mi * c2;
      yr[o + w3] = nr * c3 - ni * s3;
      yi[o + w3] = nr * s3 + ni * c3;
    }
  }
}

/** A pass of radix 5. */
export function passRadix5(
  source: ComplexArrays,
  target: ComplexArrays,
  stage: FftStage,
  width: number,
): void {
  const { re: xr, im: xi } = source, { re: yr, im: yi } = target;
  const { groups, cos, sin } = stage;
  const ca = Math.cos(2 * Math.PI / 5), cb = Math.cos(4 * Math.PI / 5);
  const sa = Math.sin(2 * Math.PI / 5), sb = Math.sin(4 * Math.PI / 5);
  const gap = groups * width;
  for (let p = 0; p < groups; p++) {
    const t = 4 * p;
    const c1 = cos[t]!, s1 = sin[t]!, c2 = cos[t + 1]!, s2 = sin[t + 1]!;
    const c3 = cos[t + 2]!, s3 = sin[t + 2]!, c4 = cos[t + 3]!, s4 = sin[t + 3]!;
    let a = p * width, o = 5 * p * width;
    for (let q = 0; q < width; q++, a++, o++) {
      const b = a + gap, d = b + gap, e = d + gap, f = e + gap;
      const ar = xr[a]!, ai = xi[a]!;
      const pr = xr[b]! + xr[f]!, pi = xi[b]! + xi[f]!, mr = xr[b]! - xr[f]!, mi = xi[b]! - xi[f]!;
      const ur = xr[d]! + xr[e]!, ui = xi[d]! + xi[e]!, vr = xr[d]! - xr[e]!, vi = xi[d]! - xi[e]!;
      const er = ar + ca * pr + cb * ur, ei = ai + ca * pi + cb * ui;
      const fr = ar + cb * pr + ca * ur, fi = ai + cb * pi + ca * ui;
      const gr = sa * mr + sb * vr, gi = sa * mi + sb * vi;
      const hr = sb * mr - sa * vr, hi = sb * mi - sa * vi;
      yr[o] = ar + pr + ur;
      yi[o] = ai + pi + ui;
      const r1 = er + gi, i1 = ei - gr, r4 = er - gi, i4 = ei + gr;
      const r2 = fr + hi, i2 = fi - hr, r3 = fr - hi, i3 = fi + hr;
      let w = o + width;
      yr[w] = r1 * c1 - i1 * s1;
      yi[w] = r1 * s1 + i1 * c1;
      w += width;
      yr[w] = r2 * c2 - i2 * s2;
      yi[w] = r2 * s2 + i2 * c2;
      w += width;
      yr[w] = r3 * c3 - i3 * s3;
      yi[w] = r3 * s3 + i3 * c3;
      w += width;
      yr[w] = r4 * c4 - i4 * s4;
      yi[w] = r4 * s4 + i4 * c4;
    }
  }
}

/** A pass of any radix by the defining sum; meant for small primes. */
export function passGeneric(
  source: ComplexArrays,
  target: ComplexArrays,
  stage: FftStage,
  width: number,
): void {
  const { re: xr, im: xi } = source, { re: yr, im: yi } = target;
  const { radix, groups, cos, sin } = stage;
  const unitCos = Float64Array.from({ length: radix }, (_, k) => Math.cos(2 * Math.PI * k / radix));
  const unitSin = Float64Array.from(
    { length: radix },
    (_, k) => -Math.sin(2 * Math.PI * k / radix),
  );
  for (let p = 0; p < groups; p++) {
    for (let k = 0; k < radix; k++) {
      const c = k === 0 ? 1 : cos[p * (radix - 1) + k - 1]!;
      const s = k === 0 ? 0 : sin[p * (radix - 1) + k - 1]!;
      const out = (radix * p + k) * width;
      yr.fill(0, out, out + width);
      yi.fill(0, out, out + width);
      for (let m = 0; m < radix; m++) {
        const uc = unitCos[(k * m) % radix]!, us = unitSin[(k * m) % radix]!;
        const wr = uc * c - us * s, wi = uc * s + us * c;
        let a = (p + groups * m) * width;
        for (let o = out; o < out + width; o++, a++) {
          yr[o]! += xr[a]! * wr - xi[a]! * wi;
          yi[o]! += xr[a]! * wi + xi[a]! * wr;
        }
      }
    }
  }
}
