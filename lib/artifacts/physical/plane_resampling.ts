/** Turning and shifting one slice. */

/** A value of a slice at continuous indices, cubic (Keys 1981), edges continued. */
export function cubicAt(
  slice: ArrayLike<number>,
  ni: number,
  nj: number,
  i: number,
  j: number,
): number {
  const i0 = Math.floor(i), j0 = Math.floor(j), u = i - i0, v = j - j0;
  let value = 0;
  for (let b = -1; b <= 2; b++) {
    const row = ni * Math.min(nj - 1, Math.max(0, j0 + b));
    let sum = 0;
    for (let a = -1; a <= 2; a++) {
      sum += keys(u - a) * slice[row + Math.min(ni - 1, Math.max(0, i0 + a))]!;
    }
    value += keys(v - b) * sum;
  }
  return value;
}

/** Keys's kernel with a = -1/2. */
function keys(x: number): number {
  const d = Math.abs(x);
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
  return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
}

/**
 * A slice turned about its centre.
 *
 * @param degrees From axis i towards axis j.
 * @param aspect Spacing along j over spacing along i.
 */
export function rotatedSlice(
  slice: Float32Array,
  shape: readonly number[],
  degrees: number,
  aspect: number,
): Float32Array {
  const ni = shape[0]!, nj = shape[1]!;
  const c = Math.cos(degrees * Math.PI / 180), s = Math.sin(degrees * Math.PI / 180);
  const ci = (ni - 1) / 2, cj = (nj - 1) / 2;
  const result = new Float32Array(slice.length);
  for (let j = 0, o = 0; j < nj; j++) {
    const y = (j - cj) * aspect;
    for (let i = 0; i < ni; i++, o++) {
      const x = i - ci;
      // what is at R p now was at p: read at the inverse rotation
      result[o] = cubicAt(slice, ni, nj, ci + c * x + s * y, cj + (c * y - s * x) / aspect);
    }
  }
  return result;
}
