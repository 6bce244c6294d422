/** The defining sum, for comparison. */
export function naiveDft(re: ArrayLike<number>, im: ArrayLike<number>): [number[], number[]] {
  const n = re.length;
  const outRe: number[] = [], outIm: number[] = [];
  for (let q = 0; q < n; q++) {
    let a = 0, b = 0;
    for (let x = 0; x < n; x++) {
      const angle = -2 * Math.PI * ((q * x) % n) / n;
      const c = Math.cos(angle), s = Math.sin(angle);
      a += re[x]! * c - im[x]! * s;
      b += re[x]! * s + im[x]! * c;
    }
    outRe.push(a);
    outIm.push(b);
  }
  return [outRe, outIm];
}

/** The largest absolute difference. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
