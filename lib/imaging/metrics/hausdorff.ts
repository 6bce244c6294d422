import {
  emptyDistance,
  type EmptyErrorPolicy,
  type SurfaceDistances,
} from "./surface_distances.ts";

/**
 * The Hausdorff distance of two masks' surfaces: the greatest of all distances, either way.
 *
 * @param empty What to give where neither mask holds the class.
 * @returns mm, 0 or more; Infinity where just one mask holds the class; null only under `exclude`.
 *
 * @example A voxel of 2 mm too far
 * ```ts
 * import { hausdorff } from "./hausdorff.ts";
 * import { surfaceDistances } from "./surface_distances.ts";
 *
 * const grid = { shape: [3, 1, 1], spacing: [2, 2, 8] } as const;
 * const distance = hausdorff(surfaceDistances([1, 1, 0], [1, 0, 0], 1, grid));
 * if (distance !== 2) throw new Error(`${distance} mm`);
 * ```
 */
export function hausdorff(distances: SurfaceDistances, empty?: "zero"): number;
/** The same by any rule for empty masks; null only under `exclude`, where neither holds it. */
export function hausdorff(distances: SurfaceDistances, empty: EmptyErrorPolicy): number | null;
export function hausdorff(
  distances: SurfaceDistances,
  empty: EmptyErrorPolicy = "zero",
): number | null {
  const known = emptyDistance(distances, empty);
  if (known !== undefined) return known;
  const greatest = (a: number, b: number) => Math.max(a, b);
  return distances.fromReference.reduce(greatest, distances.fromPrediction.reduce(greatest));
}

/**
 * The 95th percentile of the distances of both ways in one list, linear between neighbours: medpy's
 * `hd95`. (MONAI takes the larger percentile of either way.)
 *
 * @param empty What to give where neither mask holds the class.
 * @returns mm, from 0 to {@linkcode hausdorff}; Infinity where just one mask holds the class; null
 * only under `exclude`.
 */
export function hausdorff95(distances: SurfaceDistances, empty?: "zero"): number;
/** The same by any rule for empty masks; null only under `exclude`, where neither holds it. */
export function hausdorff95(distances: SurfaceDistances, empty: EmptyErrorPolicy): number | null;
export function hausdorff95(
  distances: SurfaceDistances,
  empty: EmptyErrorPolicy = "zero",
): number | null {
  const known = emptyDistance(distances, empty);
  if (known !== undefined) return known;
  const { fromPrediction, fromReference } = distances;
  const all = new Float64Array(fromPrediction.length + fromReference.length);
  all.set(fromPrediction);
  all.set(fromReference, fromPrediction.length);
  all.sort();
  const place = 0.95 * (all.length - 1), below = Math.floor(place);
  const low = all[below]!, high = all[Math.ceil(place)]!;
  return low + (high - low) * (place - below);
}
