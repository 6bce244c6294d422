/** Reading a volume between its voxels, as ITK does it. */
import { floats, sampleRow, scratch } from "../../../wasm/grid.ts";
import type { Voxels } from "../../base/volume/volume.ts";

/** A value at continuous voxel indices. */
export type Sampler = (i: number, j: number, k: number) => number;

/**
 * Trilinear interpolation. A point is inside where every index is in [-0.5, n - 0.5), neighbours
 * beyond the edge being the edge voxels; outside it is `outside`, or the nearest edge where that
 * is `"edge"`.
 */
export function linearSampler(
  data: Voxels,
  shape: readonly [number, number, number],
  outside: number | "edge",
): Sampler {
  const [ni, nj, nk] = shape;
  const clampToEdge = outside === "edge", fill = clampToEdge ? 0 : outside;
  return (i, j, k) => {
    const inside = i >= -0.5 && i < ni - 0.5 && j >= -0.5 && j < nj - 0.5 && k >= -0.5 &&
      k < nk - 0.5;
    if (!inside && !clampToEdge) return fill;
    const ci = i < 0 ? 0 : i > ni - 1 ? ni - 1 : i;
    const cj = j < 0 ? 0 : j > nj - 1 ? nj - 1 : j;
    const ck = k < 0 ? 0 : k > nk - 1 ? nk - 1 : k;
    const i0 = Math.floor(ci), j0 = Math.floor(cj), k0 = Math.floor(ck);
    const u = ci - i0, v = cj - j0, w = ck - k0;
    const di = i0 + 1 < ni ? 1 : 0, dj = j0 + 1 < nj ? ni : 0, dk = k0 + 1 < nk ? ni * nj : 0;
    const o = i0 + ni * (j0 + nj * k0);
    const a = data[o]! + u * (data[o + di]! - data[o]!);
    const b = data[o + dj]! + u * (data[o + dj + di]! - data[o + dj]!);
    const near = a + v * (b - a);
    if (w === 0) return near;
    const p = o + dk;
    const c = data[p]! + u * (data[p + di]! - data[p]!);
    const d = data[p + dj]! + u * (data[p + dj + di]! - data[p + dj]!);
    return near + w * (c + v * (d - c) - near);
  };
}

/** A straight row of points: voxel indices of the first, and the steps to the next. */
export interface PointRow {
  /** Indices i, j and k of the first point. */
  readonly start: readonly [number, number, number];
  /** What each next point adds to them. */
  readonly step: readonly [number, number, number];
}

/**
 * Trilinear values along rows of points: the numbers of {@linkcode linearSampler} but for their last
 * digits, by a kernel.
 *
 * @param rows The points of each line along i of the result.
 * @param outside As for {@linkcode linearSampler}.
 */
export function sampleRows(
  data: Float32Array,
  shape: readonly [number, number, number],
  outside: number | "edge",
  rows: (j: number, k: number) => PointRow,
): Float32Array {
  const [ni, nj, nk] = shape, size = ni * nj * nk;
  const grid = scratch(8 * size), toEdge = outside === "edge" ? 1 : 0;
  const fill = outside === "edge" ? 0 : outside;
  floats(grid, size).set(data);
  for (let k = 0, target = grid + 4 * size; k < nk; k++) {
    for (let j = 0; j < nj; j++, target += 4 * ni) {
      const { start: [ci, cj, ck], step: [di, dj, dk] } = rows(j, k);
      sampleRow(grid, target, ni, nj, nk, ci, cj, ck, di, dj, dk, ni, fill, toEdge);
    }
  }
  return floats(grid + 4 * size, size).slice();
}

/** The nearest voxel, ties upwards; outside as in {@linkcode linearSampler}. */
export function nearestSampler(
  data: Voxels,
  shape: readonly [number, number, number],
  outside: number | "edge",
): Sampler {
  const [ni, nj, nk] = shape;
  const within = (value: number, n: number) => value < 0 ? 0 : value > n - 1 ? n - 1 : value;
  return (i, j, k) => {
    const a = Math.floor(i + 0.5), b = Math.floor(j + 0.5), c = Math.floor(k + 0.5);
    const inside = a >= 0 && a < ni && b >= 0 && b < nj && c >= 0 && c < nk;
    if (!inside && outside !== "edge") return outside;
    return data[within(a, ni) + ni * (within(b, nj) + nj * within(c, nk))]!;
  };
}

/** The value given to points outside: the volume's minimum, zero, or the nearest edge voxel. */
export function outsideValue(data: Voxels, rule: "min" | "zero" | "edge"): number | "edge" {
  if (rule === "edge") return "edge";
  let least = rule === "zero" ? 0 : Infinity;
  if (rule === "min") {
    for (let o = 0; o < data.length; o++) {
      if (data[o]! < least) least = data[o]!;
    }
  }
  return least;
}
