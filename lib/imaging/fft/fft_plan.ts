/**
 * One-dimensional discrete Fourier transforms of any length, many lines at a time.
 *
 * Why a block of lines: the transform works on a matrix of `length` rows by `batch` columns, one
 * line a column. Each step then runs over contiguous memory and needs its twiddle factor once for
 * the whole batch, whichever axis of a volume the lines came from. The algorithm is Stockham's
 * (self-sorting, no bit reversal) with radices 4, 2, 3, 5 and small primes; a length with a larger
 * prime factor goes through Bluestein's convolution instead.
 *
 * Convention: forward `F[q] = sum_x f[x] exp(-2 pi i q x / N)`, unnormalised, DC at index 0.
 */
import { BluesteinPlan } from "./bluestein.ts";
import { type FftPlan, radicesOf, StockhamPlan } from "./stockham.ts";

const plans = new Map<number, FftPlan>();

/**
 * The plan of this length; made once, then kept. Fill its `input`, call `run`, and read the result
 * before the next use of the same length.
 *
 * @param length Points a line, 1 or more.
 * @throws {RangeError} If the length is not such a number.
 *
 * @example
 * ```ts
 * import { fftPlan } from "./fft_plan.ts";
 *
 * const plan = fftPlan(6);
 * plan.input(1).re.set([1, 1, 1, 1, 1, 1]);
 * if (Math.abs(plan.run(1).re[0]! - 6) > 1e-12) throw new Error("DC is the sum");
 * ```
 */
export function fftPlan(length: number): FftPlan {
  if (!Number.isSafeInteger(length) || length < 1) {
    throw new RangeError(
      `Cannot plan a Fourier transform: length is ${length}, wanted a whole number of 1 or more`,
    );
  }
  let plan = plans.get(length);
  if (!plan) {
    const radices = radicesOf(length);
    plans.set(length, plan = radices ? new StockhamPlan(radices) : new BluesteinPlan(length));
  }
  return plan;
}
