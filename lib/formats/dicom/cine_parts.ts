import type { DicomHeader } from "./dicom_header.ts";
import { sliceHeights } from "./slice_heights.ts";

/** What a series is divided by here. */
type Placed = Pick<DicomHeader, "instance" | "orientation" | "position" | "triggerTime">;

/** Neighbouring slices that were taken at equally many times. */
export interface CinePart<T extends Placed> {
  /** `times[t][k]`: the t-th time of the k-th slice, slices in order of their place. */
  readonly times: readonly (readonly T[])[];
  /** Whether the files' instance numbers lie in order of time, slice by slice. */
  readonly inOrder: boolean;
}

/** Places, in mm, that differ by less are the same. */
const SAME = 1e-2;

/** Times of a cine lie at least this far apart, in ms: what differs by less jitters. */
const LEAST_GAP = 5;

/** The least gap between times of a cine, as a share of their mean gap. */
const EVEN = 0.25;

/**
 * Divides a cine: slices by place, each slice's files by trigger time. Neighbouring slices with equally
 * many times make a part: of a series with 20 times of one slice and two of the next two, there are
 * two.
 *
 * @returns Undefined where files have no place or time, or no two times differ: it is no cine. So where
 * times are delays after the R wave, as of perfusion: equal within a slice, or neither in the order of
 * the instances nor evenly apart.
 */
export function cineParts<T extends Placed>(files: readonly T[]): CinePart<T>[] | undefined {
  const heights = sliceHeights(files);
  const times = new Set(files.map(({ triggerTime }) => triggerTime));
  if (heights === undefined || times.size < 2 || times.has(undefined)) return undefined;
  const slices: T[][] = [];
  let last = -Infinity;
  for (const n of heights.keys().toArray().sort((a, b) => heights[a]! - heights[b]!)) {
    if (heights[n]! - last > SAME) slices.push([]);
    slices.at(-1)!.push(files[n]!);
    last = heights[n]!;
  }
  const parts: T[][][] = [];
  for (const slice of slices) {
    slice.sort((a, b) => a.triggerTime! - b.triggerTime!);
    if (!areTimes(slice)) return undefined;
    const part = parts.at(-1);
    if (part?.[0]?.length === slice.length) part.push(slice);
    else parts.push([slice]);
  }
  return parts.map((part) => ({
    times: part[0]!.map((_, t) => part.map((slice) => slice[t]!)),
    inOrder: part.every(isInOrder),
  }));
}

/** Whether the files of a slice, by trigger time, were numbered in that order. */
function isInOrder(slice: readonly Placed[]): boolean {
  return slice.every(({ instance = NaN }, t) => t === 0 || instance > slice[t - 1]!.instance!);
}

/** Whether trigger times, ascending, say when a slice's files were taken. */
function areTimes(slice: readonly Placed[]): boolean {
  if (slice.length < 2) return true;
  const gaps = slice.slice(1).map(({ triggerTime }, t) => triggerTime! - slice[t]!.triggerTime!);
  const least = Math.min(...gaps);
  if (least <= 0) return false;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return isInOrder(slice) || (least >= LEAST_GAP && least >= EVEN * mean);
}
