import { voxelVolumeOf } from "../../base/volume/affine.ts";
import type { Volume } from "../../base/volume/volume.ts";
import { connectedComponents, type Connectivity } from "./connected_components.ts";

/** Which connected pieces of a segmentation stay. */
export interface Cleaning {
  /** Classes of which only the largest piece stays; of equal ones the first. */
  readonly keepLargest?: readonly number[];
  /** Pieces of any class that are smaller, in ml, become background. */
  readonly minVolume?: number;
  /** 26 by default. */
  readonly connectivity?: Connectivity;
}

/** Whether it changes anything at all. */
export function cleans({ keepLargest = [], minVolume = 0 }: Cleaning): boolean {
  return keepLargest.length > 0 || minVolume > 0;
}

/**
 * Turns pieces of a segmentation into background, as nnU-Net's postprocessing does: the largest piece
 * is found first, and small ones are left out of what remains.
 *
 * @param labels Classes; not changed.
 * @throws {RangeError} If `connectivity` is none of 6, 18 and 26, or `minVolume` is below 0.
 *
 * @example
 * ```ts
 * import { cleanLabels } from "./clean_labels.ts";
 * import { scalingAffine } from "../../base/volume/affine.ts";
 *
 * const affine = scalingAffine([10, 10, 10]);
 * const labels = { data: Uint8Array.of(1, 0, 1, 1), shape: [4, 1, 1], affine } as const;
 * const { data } = cleanLabels(labels, { keepLargest: [1] });
 * if (data.join() !== "0,0,1,1") throw new Error(data.join());
 * ```
 */
export function cleanLabels(
  labels: Volume<Uint8Array>,
  cleaning: Cleaning,
): Volume<Uint8Array> {
  const { keepLargest = [], minVolume = 0, connectivity = 26 } = cleaning;
  if (!(minVolume >= 0 && Number.isFinite(minVolume))) {
    throw new RangeError(
      `Cannot leave out small pieces: minVolume is ${minVolume} ml, wanted 0 or more`,
    );
  }
  if (!cleans(cleaning)) return labels;
  const { pieceOf, sizes, classes } = connectedComponents(labels, connectivity);
  const largest = new Map<number, number>();
  sizes.forEach((size, piece) => {
    if (piece === 0 || !keepLargest.includes(classes[piece]!)) return;
    const best = largest.get(classes[piece]!);
    if (best === undefined || size > sizes[best]!) largest.set(classes[piece]!, piece);
  });
  // A ml is 1000 mm^3.
  const least = minVolume * 1000 / voxelVolumeOf(labels.affine);
  const stays = sizes.map((size, piece) =>
    size >= least && (largest.get(classes[piece]!) ?? piece) === piece
  );
  return { ...labels, data: labels.data.map((value, n) => stays[pieceOf[n]!] ? value : 0) };
}
