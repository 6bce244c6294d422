import { clipToPercentiles } from "./normalise.ts";
import type { Voxels } from "./volume.ts";

/** The least value of 16 bits, signed or not, and the number of values from there up. */
const LEAST = -(2 ** 15), SPAN = 3 * 2 ** 15;

/**
 * As `clipToPercentiles`, to the last bit, but without sorting voxels that are stored as whole
 * numbers of 16 bits: these are counted, and each value is scaled once.
 *
 * @param values Any finite values.
 * @param low Lower percentile, 0 to 100.
 * @param high Upper percentile, `low` to 100.
 * @returns New values in [0, 1].
 * @throws {RangeError} If there is no value, a percentile is out of range or `low` exceeds `high`.
 */
export function clipStored(values: Voxels, low: number, high: number): Float32Array {
  const narrow = values instanceof Int16Array || values instanceof Uint16Array;
  // Few values are sorted as quickly as the counts are gone through.
  const counted = narrow && values.length > SPAN / 4 && low >= 0 && low <= high && high <= 100;
  if (!counted) return clipToPercentiles(values, low, high);
  const counts = new Uint32Array(SPAN);
  for (let n = 0; n < values.length; n++) counts[values[n]! - LEAST]!++;
  const floor = percentileOf(counts, values.length, low);
  const ceiling = percentileOf(counts, values.length, high);
  const range = ceiling - floor;
  const result = new Float32Array(values.length);
  if (!(range > 0)) return result;
  const scaled = Float32Array.from(
    counts,
    (_, n) => (Math.min(ceiling, Math.max(floor, n + LEAST)) - floor) / range,
  );
  for (let n = 0; n < values.length; n++) result[n] = scaled[values[n]! - LEAST]!;
  return result;
}

/** With linear interpolation between neighbours in order, as `percentile`. */
function percentileOf(counts: Uint32Array, total: number, percent: number): number {
  const at = percent / 100 * (total - 1);
  const rank = Math.floor(at);
  const lower = valueAt(counts, rank);
  return lower + (at - rank) * (valueAt(counts, Math.min(total - 1, rank + 1)) - lower);
}

/** The value at a place, from 0, in the order of values. */
function valueAt(counts: Uint32Array, rank: number): number {
  let n = 0;
  for (let passed = counts[0]!; passed <= rank; passed += counts[n]!) n++;
  return n + LEAST;
}
