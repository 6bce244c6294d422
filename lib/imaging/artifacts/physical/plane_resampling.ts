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
  // Keys's kernel with a = -1/2 at the distances 1 + u, u, 1 - u and 2 - u
  const u0 = ((-0.5 * u + 1) * u - 0.5) * u, u1 = (1.5 * u - 2.5) * u * u + 1;
  const u2 = ((-1.5 * u + 2) * u + 0.5) * u, u3 = (0.5 * u - 0.5) * u * u;
  const a = clamp(i0 - 1, ni), b = clamp(i0, ni), c = clamp(i0 + 1, ni), d = clamp(i0 + 2, ni);
  const row = (y: number) => {
    const o = ni * clamp(y, nj);
    return u0 * slice[o + a]! + u1 * slice[o + b]! + u2 * slice[o + c]! + u3 * slice[o + d]!;
  };
  return ((-0.5 * v + 1) * v - 0.5) * v * row(j0 - 1) + ((1.5 * v - 2.5) * v * v + 1) * row(j0) +
    ((-1.5 * v + 2) * v + 0.5) * v * row(j0 + 1) + (0.5 * v - 0.5) * v * v * row(j0 + 2);
}

function clamp(x: number, n: number): number {
  return x < 0 ? 0 : x >= n ? n - 1 : x;
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
