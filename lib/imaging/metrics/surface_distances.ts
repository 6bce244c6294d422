import { squaredDistanceTransform } from "./distance_transform.ts";
import { voxelVolumeOf } from "../../base/volume/affine.ts";
import { type Affine, spacingOf } from "../../base/volume/volume.ts";
import { boxAround, maskSurface } from "./mask_surface.ts";

/**
 * What an error or a distance is where a class is in neither prediction nor reference: `zero`
 * (perfect agreement, 0) or `exclude` (null: leave the case out of means). The default is `zero`.
 */
export type EmptyErrorPolicy = "zero" | "exclude";

/** Where the voxels of two masks lie, and how large they are; `maskGrid` makes one of an affine. */
export interface MaskGrid {
  /** Number of voxels along i, j and k; voxel (i, j, k) is at `i + ni * (j + nj * k)`. */
  readonly shape: readonly [number, number, number];
  /** Between voxel centres along i, j and k, in mm; see `spacingOf`. */
  readonly spacing: readonly [number, number, number];
  /** Of one voxel, in mm^3; see `voxelVolumeOf`. */
  readonly voxelVolume: number;
}

/** The grid of masks of a shape under an affine (voxel indices to mm). */
export function maskGrid(shape: MaskGrid["shape"], affine: Affine): MaskGrid {
  return { shape, spacing: spacingOf(affine), voxelVolume: voxelVolumeOf(affine) };
}

/** Distances between the surfaces of two masks of a class, in mm, one for each surface voxel. */
export interface SurfaceDistances {
  /** From each surface voxel of the prediction to the reference's surface. */
  readonly fromPrediction: Float64Array;
  /** From each surface voxel of the reference to the prediction's surface. */
  readonly fromReference: Float64Array;
}

/**
 * Measures how far the surfaces of a class in a prediction and in its reference are apart. It is the
 * slow part of {@linkcode hausdorff}, {@linkcode hausdorff95}, {@linkcode assd} and
 * {@linkcode surfaceDice}, which all read its result.
 *
 * The surface is as medpy and MONAI have it: the mask's voxels with at least one of six neighbours
 * outside the mask, where the outside of the grid counts as outside. Distances are exact, from centre
 * to centre.
 *
 * @param prediction Class of each voxel.
 * @param reference True class of each voxel.
 * @param classIndex The class to compare.
 * @returns Both lists empty where neither holds the class; where just one does, its list is Infinity
 * throughout and the other empty.
 * @throws {TypeError} If a number of voxels is not that of the shape.
 * @throws {RangeError} If a spacing is not more than 0 and finite.
 */
export function surfaceDistances(
  prediction: ArrayLike<number>,
  reference: ArrayLike<number>,
  classIndex: number,
  { shape, spacing }: Pick<MaskGrid, "shape" | "spacing">,
): SurfaceDistances {
  const count = shape[0] * shape[1] * shape[2];
  if (prediction.length !== count || reference.length !== count) {
    throw new TypeError(
      `Cannot measure surface distances: the prediction has ${prediction.length} voxels and the reference ${reference.length}, wanted ${
        shape.join(" x ")
      }`,
    );
  }
  if (!spacing.every((mm) => mm > 0 && Number.isFinite(mm))) {
    throw new RangeError(
      `Cannot measure surface distances: spacing is ${
        spacing.join(" x ")
      } mm, wanted more than 0 along each axis`,
    );
  }
  const box = boxAround([prediction, reference], classIndex, shape);
  if (box === null) {
    return { fromPrediction: new Float64Array(0), fromReference: new Float64Array(0) };
  }
  const predicted = maskSurface(prediction, classIndex, shape, box);
  const labelled = maskSurface(reference, classIndex, shape, box);
  return {
    fromPrediction: distancesTo(labelled, predicted, box.shape, spacing),
    fromReference: distancesTo(predicted, labelled, box.shape, spacing),
  };
}

/** The distances to one surface from each voxel of another. */
function distancesTo(
  surface: Uint8Array,
  from: Uint8Array,
  shape: MaskGrid["shape"],
  spacing: MaskGrid["spacing"],
): Float64Array {
  const squares = squaredDistanceTransform(surface, shape, spacing, from);
  const distances = new Float64Array(squares.length);
  let count = 0;
  for (let n = 0; n < squares.length; n++) {
    if (from[n] === 1) distances[count++] = Math.sqrt(squares[n]!);
  }
  return distances.slice(0, count);
}

/**
 * The distance between masks of which one or both are empty: Infinity, or what the policy says;
 * undefined where both hold the class.
 */
export function emptyDistance(
  { fromPrediction, fromReference }: SurfaceDistances,
  empty: EmptyErrorPolicy,
): number | null | undefined {
  if (fromPrediction.length > 0 && fromReference.length > 0) return undefined;
  if (fromPrediction.length > 0 || fromReference.length > 0) return Infinity;
  return empty === "zero" ? 0 : null;
}
