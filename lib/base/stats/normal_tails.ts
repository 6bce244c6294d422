/**
 * The probability that a standard normal variable is at least as far from 0 as `z`: erfc(|z| / √2),
 * to about 13 digits also where it is tiny.
 *
 * Near 0 it is one less the series 7.1.6, beyond it the continued fraction 7.1.14 of Abramowitz and
 * Stegun, Handbook of Mathematical Functions (1964).
 *
 * @param z A number; NaN gives NaN.
 * @returns 0 to 1.
 */
export function normalTails(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const density = Math.exp(-z * z / 2) / Math.sqrt(Math.PI);
  return x < 2 ? 1 - 2 * density * seriesOfErf(x) : density / fractionOfErfc(x);
}

function seriesOfErf(x: number): number {
  let term = x, sum = x;
  for (let n = 1; term > sum * Number.EPSILON / 4; n++) {
    term *= 2 * x * x / (2 * n + 1);
    sum += term;
  }
  return sum;
}

function fractionOfErfc(x: number): number {
  // From x = 2 on, 60 levels are past the last bit.
  let fraction = x;
  for (let n = 60; n > 0; n--) fraction = x + n / 2 / fraction;
  return fraction;
}
