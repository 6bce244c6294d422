/** Single samples of a spectrum and the waves that belong to them. */

type Triple = readonly [number, number, number];

/** `exp(2 pi i q x / n)` for x = 0..n-1. */
function phasors(q: number, n: number): [Float64Array, Float64Array] {
  const cos = new Float64Array(n), sin = new Float64Array(n);
  for (let x = 0; x < n; x++) {
    const angle = 2 * Math.PI * ((q * x) % n) / n;
    cos[x] = Math.cos(angle);
    sin[x] = Math.sin(angle);
  }
  return [cos, sin];
}

/**
 * Adds the wave `(a + ib) exp(2 pi i q.x / N)` to a complex image, or its real part to a real one.
 *
 * @param re Real parts, changed in place.
 * @param im Imaginary parts, changed in place; undefined for a real image.
 * @param frequency The wave's index in plain order along each axis.
 */
export function addWave(
  re: Float64Array,
  im: Float64Array | undefined,
  shape: Triple,
  frequency: Triple,
  a: number,
  b: number,
): void {
  const [ni, nj, nk] = shape;
  const [ci, si] = phasors(frequency[0], ni);
  const [cj, sj] = phasors(frequency[1], nj);
  const [ck, sk] = phasors(frequency[2], nk);
  for (let k = 0, o = 0; k < nk; k++) {
    const kr = a * ck[k]! - b * sk[k]!, ki = a * sk[k]! + b * ck[k]!;
    for (let j = 0; j < nj; j++) {
      const c = kr * cj[j]! - ki * sj[j]!, s = kr * sj[j]! + ki * cj[j]!;
      if (im) {
        for (let i = 0; i < ni; i++, o++) {
          re[o]! += c * ci[i]! - s * si[i]!;
          im[o]! += c * si[i]! + s * ci[i]!;
        }
      } else for (let i = 0; i < ni; i++, o++) re[o]! += c * ci[i]! - s * si[i]!;
    }
  }
}

/** One sample of the unnormalised forward transform, at an index in plain order. */
export function fourierSample(
  data: ArrayLike<number>,
  shape: Triple,
  frequency: Triple,
): [number, number] {
  const [ni, nj, nk] = shape;
  const [ci, si] = phasors(frequency[0], ni);
  const [cj, sj] = phasors(frequency[1], nj);
  const [ck, sk] = phasors(frequency[2], nk);
  let re = 0, im = 0;
  for (let k = 0, o = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      let rowRe = 0, rowIm = 0;
      for (let i = 0; i < ni; i++, o++) {
        rowRe += data[o]! * ci[i]!;
        rowIm -= data[o]! * si[i]!;
      }
      const c = ck[k]! * cj[j]! - sk[k]! * sj[j]!, s = -(ck[k]! * sj[j]! + sk[k]! * cj[j]!);
      re += rowRe * c - rowIm * s;
      im += rowRe * s + rowIm * c;
    }
  }
  return [re, im];
}
