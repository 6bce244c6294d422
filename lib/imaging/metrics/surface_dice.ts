import type { EmptyMaskPolicy } from "./dice.ts";
import type { SurfaceDistances } from "./surface_distances.ts";

/**
 * The surface Dice, or normalised surface distance (Nikolov et al., J Med Internet Res 23 (2021)
 * e26151): the share of all surface voxels that lie within a tolerance of the other surface. Each
 * voxel counts the same, as in MONAI without sub-voxels; DeepMind's code weighs by area.
 *
 * @param tolerance In mm, 0 or more; a distance that equals it is within.
 * @param empty What to give where neither mask holds the class.
 * @returns 0 to 1 (equal); 0 where just one mask holds the class; null only under `exclude`.
 * @throws {RangeError} If the tolerance is negative or no number.
 */
export function surfaceDice(
  distances: SurfaceDistances,
  tolerance: number,
  empty?: "one" | "zero",
): number;
/** The same by any rule for empty masks; null under `exclude` where neither holds the class. */
export function surfaceDice(
  distances: SurfaceDistances,
  tolerance: number,
  empty: EmptyMaskPolicy,
): number | null;
export function surfaceDice(
  { fromPrediction, fromReference }: SurfaceDistances,
  tolerance: number,
  empty: EmptyMaskPolicy = "one",
): number | null {
  if (!(tolerance >= 0 && tolerance < Infinity)) {
    throw new RangeError(
      `Cannot compute the surface Dice: the tolerance is ${tolerance} mm, wanted 0 or more`,
    );
  }
  const total = fromPrediction.length + fromReference.length;
  if (total === 0) return empty === "one" ? 1 : empty === "zero" ? 0 : null;
  const within = (distances: Float64Array) =>
    distances.reduce((sum, distance) => distance <= tolerance ? sum + 1 : sum, 0);
  return (within(fromPrediction) + within(fromReference)) / total;
}
