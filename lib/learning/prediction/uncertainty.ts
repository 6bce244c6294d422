/** How sure networks are, voxel by voxel and of a volume as a whole. */
import type { Volume } from "../../base/volume/volume.ts";

/** What tells where a segmentation is to be looked at. */
export interface Uncertainty {
  /** The entropy of the class probabilities of each voxel, in nats: 0 (sure) to ln(classes). */
  readonly entropy: Volume<Float32Array>;
  /** The share of networks, 0 to 1, whose slow-thinking one gives a voxel another class; absent
   * where there is none. */
  readonly disagreement?: Volume<Float32Array>;
  /** Of the volume as a whole, each network by itself on slices as they are: as an evaluation has them. */
  readonly flags: { readonly entropy: number; readonly disagreement?: number };
}

/**
 * The entropy of each voxel, in nats.
 *
 * @param probabilities A map a class, that add to 1.
 */
export function entropyMap(probabilities: readonly Float32Array[]): Float32Array {
  const result = new Float32Array(probabilities[0]!.length);
  for (const map of probabilities) {
    for (let n = 0; n < result.length; n++) {
      const p = map[n]!;
      if (p > 0) result[n]! -= p * Math.log(p);
    }
  }
  // Rounding leaves some that are sure a little below 0.
  return result.map((value) => Math.max(0, value));
}
