/** Where frequencies lie: plain order has DC at index 0, centred order at `floor(n / 2)`. */

/** The index in plain order of a centred index (0 to n - 1); for odd n too. */
export function plainIndex(centred: number, n: number): number {
  return (centred - Math.floor(n / 2) + n) % n;
}

/** The signed frequency, in cycles a field of view, of an index in plain order. */
export function frequencyOf(plain: number, n: number): number {
  return plain < Math.ceil(n / 2) ? plain : plain - n;
}

/** Values in centred order, rearranged to plain order (ifftshift). */
export function toPlainOrder(centred: ArrayLike<number>): Float64Array {
  const n = centred.length, plain = new Float64Array(n);
  for (let c = 0; c < n; c++) plain[plainIndex(c, n)] = centred[c]!;
  return plain;
}
