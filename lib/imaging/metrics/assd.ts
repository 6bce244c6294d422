import { meanOf } from "../../base/stats/mean_of.ts";
import {
  emptyDistance,
  type EmptyErrorPolicy,
  type SurfaceDistances,
} from "./surface_distances.ts";

/**
 * The average symmetric surface distance: the mean of the two means, from the prediction's surface
 * and from the reference's, as medpy's `assd`. (MONAI and medpy's latest sources take the mean of all
 * distances in one list instead.)
 *
 * @param empty What to give where neither mask holds the class.
 * @returns mm, 0 or more; Infinity where just one mask holds the class; null only under `exclude`.
 */
export function assd(distances: SurfaceDistances, empty?: "zero"): number;
/** The same by any rule for empty masks; null only under `exclude`, where neither holds it. */
export function assd(distances: SurfaceDistances, empty: EmptyErrorPolicy): number | null;
export function assd(
  distances: SurfaceDistances,
  empty: EmptyErrorPolicy = "zero",
): number | null {
  const known = emptyDistance(distances, empty);
  if (known !== undefined) return known;
  return (meanOf(distances.fromPrediction) + meanOf(distances.fromReference)) / 2;
}
