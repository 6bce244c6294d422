import { connectedComponents } from "../components/connected_components.ts";
import type { EmptyMaskPolicy } from "./dice.ts";
import { boxAround, maskWithin } from "./mask_surface.ts";

/** How many lesions a prediction finds, each a component of a class. */
export interface LesionDetection {
  /** Lesions of the reference. */
  readonly reference: number;
  /** Lesions of the prediction. */
  readonly predicted: number;
  /** Lesions of the reference that share a voxel with the prediction. */
  readonly found: number;
  /** Lesions of the prediction that share none with the reference. */
  readonly spurious: number;
  /** See {@linkcode lesionF1}. */
  readonly f1: number | null;
}

/**
 * Which lesions of a class a prediction finds: the 26-connected components of either mask (8-connected
 * in a volume of one slice). A lesion is found where any of its voxels is predicted, whatever else the
 * predicted one covers: one that joins two finds both.
 *
 * @param prediction Class of each voxel; voxel (i, j, k) is at `i + ni * (j + nj * k)`.
 * @param reference True class of each voxel.
 * @param classIndex The class whose components are lesions.
 * @param shape Number of voxels along i, j and k.
 * @param empty What `f1` is where neither holds the class.
 * @throws {TypeError} If a number of voxels is not that of the shape.
 *
 * @example One of two lesions is found, and one is made up
 * ```ts
 * import { lesionDetection } from "./lesion_detection.ts";
 *
 * const truth = [1, 1, 0, 0, 1, 0, 0], seen = [0, 1, 0, 0, 0, 0, 1];
 * const { found, spurious, f1 } = lesionDetection(seen, truth, 1, [7, 1, 1]);
 * if (found !== 1 || spurious !== 1 || f1 !== 0.5) throw new Error(`${f1}`);
 * ```
 */
export function lesionDetection(
  prediction: ArrayLike<number>,
  reference: ArrayLike<number>,
  classIndex: number,
  shape: readonly [number, number, number],
  empty: EmptyMaskPolicy = "one",
): LesionDetection {
  const count = shape[0] * shape[1] * shape[2];
  if (prediction.length !== count || reference.length !== count) {
    throw new TypeError(
      `Cannot count lesions: the prediction has ${prediction.length} voxels and the reference ${reference.length}, wanted ${
        shape.join(" x ")
      }`,
    );
  }
  const box = boxAround([prediction, reference], classIndex, shape);
  if (box === null) {
    const none = { reference: 0, predicted: 0, found: 0, spurious: 0 };
    return { ...none, f1: lesionF1(none, empty) };
  }
  const lesionsOf = (labels: ArrayLike<number>) =>
    connectedComponents(
      { data: maskWithin(labels, classIndex, shape, box), shape: box.shape },
      26,
    );
  const predicted = lesionsOf(prediction), labelled = lesionsOf(reference);
  // Piece 0 is background.
  const found = new Uint8Array(labelled.sizes.length);
  const matched = new Uint8Array(predicted.sizes.length);
  for (let n = 0; n < labelled.pieceOf.length; n++) {
    const own = labelled.pieceOf[n]!, other = predicted.pieceOf[n]!;
    if (own !== 0 && other !== 0) found[own] = matched[other] = 1;
  }
  const sum = (flags: Uint8Array) => flags.reduce((total, flag) => total + flag, 0);
  const counts = {
    reference: labelled.sizes.length - 1,
    predicted: predicted.sizes.length - 1,
    found: sum(found),
    spurious: predicted.sizes.length - 1 - sum(matched),
  };
  return { ...counts, f1: lesionF1(counts, empty) };
}

/**
 * The F1 score by lesion: 2 found / (2 found + missed + spurious), where each lesion counts the same,
 * whatever its size.
 *
 * @param empty What to give where there is no lesion on either side.
 * @returns 0 to 1; null only under `exclude`.
 */
export function lesionF1(
  { reference, found, spurious }: Pick<LesionDetection, "reference" | "found" | "spurious">,
  empty: EmptyMaskPolicy = "one",
): number | null {
  const all = found + reference + spurious;
  if (all > 0) return 2 * found / all;
  return empty === "one" ? 1 : empty === "zero" ? 0 : null;
}
