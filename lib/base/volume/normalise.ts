/** Intensity scaling to [0, 1] of whole volumes and of single slices. */
import type { Voxels } from "./volume.ts";

/**
 * The value below which `percent` of the values lie, with linear interpolation between neighbours
 * (NumPy's default).
 *
 * @param percent 0 to 100.
 * @throws {RangeError} If there is no value or `percent` is out of range.
 */
export function percentile(values: Voxels, percent: number): number {
  return sortedPercentile(Float64Array.from(values).sort(), percent);
}

function sortedPercentile(sorted: Float64Array, percent: number): number {
  if (sorted.length === 0 || !(percent >= 0 && percent <= 100)) {
    throw new RangeError(
      `Cannot take a percentile: percent is ${percent} of ${sorted.length} values, wanted 0 to 100 of at least one`,
    );
  }
  const at = percent / 100 * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(sorted.length - 1, low + 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

/**
 * Clips to two percentiles and scales what is between them to [0, 1]; all zeros where they are equal.
 *
 * @param values Any finite values.
 * @param low Lower percentile, 0 to 100.
 * @param high Upper percentile, `low` to 100.
 * @returns New values in [0, 1].
 * @throws {RangeError} If a percentile is out of range or `low` exceeds `high`.
 */
export function clipToPercentiles(values: Voxels, low: number, high: number): Float32Array {
  if (low > high) {
    throw new RangeError(`Cannot clip to percentiles ${low} to ${high}: the lower is the greater`);
  }
  const sorted = Float64Array.from(values).sort();
  return scale(values, sortedPercentile(sorted, low), sortedPercentile(sorted, high));
}

/** Scales the values to [0, 1] by their least and greatest; all zeros where these are equal. */
export function minMax(values: Voxels): Float32Array {
  let [least, greatest] = [Infinity, -Infinity];
  for (let n = 0; n < values.length; n++) {
    const value = values[n]!;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return scale(values, least, greatest);
}

/**
 * Scales each slice to [0, 1] by itself; see {@linkcode minMax}.
 *
 * @param values Slices of `sliceLength` values, one after another.
 * @throws {TypeError} If the values do not divide into slices.
 */
export function minMaxSlices(values: Voxels, sliceLength: number): Float32Array {
  if (!(sliceLength > 0) || values.length % sliceLength !== 0) {
    throw new TypeError(
      `Cannot scale slices: ${values.length} values do not divide into slices of ${sliceLength}`,
    );
  }
  const result = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += sliceLength) {
    result.set(minMax(values.subarray(start, start + sliceLength) as Voxels), start);
  }
  return result;
}

function scale(values: Voxels, low: number, high: number): Float32Array {
  const result = new Float32Array(values.length);
  const range = high - low;
  if (!(range > 0)) return result;
  for (let n = 0; n < values.length; n++) {
    result[n] = (Math.min(high, Math.max(low, values[n]!)) - low) / range;
  }
  return result;
}
