/** The exponential of a polynomial on a grid, without an exponential for each voxel. */

/** `sum c x^a y^b z^c`, total degree at most `order`; a slowest, c fastest. */
export interface Polynomial {
  /** The total degree. */
  readonly order: number;
  /** `(order + 1)(order + 2)(order + 3) / 6` numbers. */
  readonly coefficients: readonly number[];
}

/** Voxels between fresh exponentials; short enough for the products' rounding to stay tiny. */
const RUN = 32;

/**
 * `exp(polynomial)` at every voxel, float32.
 *
 * Along a row with even steps the ratio of neighbours is itself the exponential of a polynomial of
 * one degree less, so that `order` products a voxel do; the ratios start afresh every 32 voxels.
 *
 * @param axes Coordinates of the voxels along i (evenly spaced), j and k.
 */
export function exponentialField(
  axes: readonly [Float64Array, Float64Array, Float64Array],
  { order, coefficients }: Polynomial,
): Float32Array {
  const [x, y, z] = axes;
  const field = new Float32Array(x.length * y.length * z.length);
  const inX = new Float64Array(order + 1), ladder = new Float64Array(order + 1);
  const start = x[0]!, step = x.length > 1 ? (x[x.length - 1]! - start) / (x.length - 1) : 0;
  let o = 0;
  for (const zk of z) {
    for (const yj of y) {
      collapse(coefficients, order, yj, zk, inX);
      for (let i = 0; i < x.length; i += RUN) {
        const end = Math.min(x.length, i + RUN);
        for (let d = 0; d <= order; d++) ladder[d] = valueAt(inX, start + step * (i + d));
        for (let d = 1; d <= order; d++) {
          for (let e = order; e >= d; e--) ladder[e] = ladder[e]! - ladder[e - 1]!;
        }
        for (let d = 0; d <= order; d++) ladder[d] = Math.exp(ladder[d]!);
        for (let n = i; n < end; n++, o++) {
          field[o] = ladder[0]!;
          for (let d = 0; d < order; d++) ladder[d] = ladder[d]! * ladder[d + 1]!;
        }
      }
    }
  }
  return field;
}

/** The polynomial in x that remains at one y and z. */
function collapse(
  coefficients: readonly number[],
  order: number,
  y: number,
  z: number,
  inX: Float64Array,
): void {
  let n = 0;
  for (let a = 0; a <= order; a++) {
    let sum = 0, yb = 1;
    for (let b = 0; b <= order - a; b++, yb *= y) {
      let zc = yb;
      for (let c = 0; c <= order - a - b; c++, zc *= z) sum += coefficients[n++]! * zc;
    }
    inX[a] = sum;
  }
}

function valueAt(polynomial: Float64Array, x: number): number {
  let value = 0;
  for (let a = polynomial.length - 1; a >= 0; a--) value = value * x + polynomial[a]!;
  return value;
}
