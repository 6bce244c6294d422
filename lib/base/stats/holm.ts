/**
 * Holm's correction of the p-values of several tests: the r-th least of m is multiplied by
 * m - r + 1, and none is less than one before it. Rejecting where the result is at most alpha keeps
 * the probability of any false rejection at alpha, whatever the dependence between the tests. Holm,
 * A simple sequentially rejective multiple test procedure (Scandinavian Journal of Statistics, 1979).
 *
 * @param pValues One a test, 0 to 1.
 * @returns As many adjusted p-values, in the same order, 0 to 1; none where none was given.
 * @throws {RangeError} If one is not a number from 0 to 1.
 *
 * @example
 * ```ts
 * import { holm } from "./holm.ts";
 *
 * const [first, second] = holm([0.03, 0.01]);
 * if (first !== 0.03 || second !== 0.02) throw new Error(`${first}, ${second}`);
 * ```
 */
export function holm(pValues: ArrayLike<number>): number[] {
  const values = Array.from(pValues);
  const wrong = values.findIndex((p) => !(p >= 0 && p <= 1));
  if (wrong >= 0) {
    throw new RangeError(
      `Cannot correct p-values: pValues[${wrong}] is ${values[wrong]}, wanted a number from 0 to 1`,
    );
  }
  const adjusted = new Array<number>(values.length);
  let floor = 0;
  values.map((_, test) => test).sort((a, b) => values[a]! - values[b]!).forEach((test, place) => {
    floor = Math.max(floor, Math.min(1, values[test]! * (values.length - place)));
    adjusted[test] = floor;
  });
  return adjusted;
}
