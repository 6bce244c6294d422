/** How sure networks are, voxel by voxel and of a volume as a whole. */
import type { Task } from "../../base/task/task.ts";
import type { Volume } from "../../base/volume/volume.ts";
import type { CaseFlags } from "../../formats/run_folder/evaluation.ts";
import { classDice } from "../evaluation/class_dice.ts";
import { scoredLabels } from "../evaluation/scored_labels.ts";

/** What tells where a segmentation is to be looked at. */
export interface Uncertainty {
  /** The entropy of the class probabilities of each voxel, in nats: 0 (sure) to ln(classes). */
  readonly entropy: Volume<Float32Array>;
  /** The share of networks, 0 to 1, whose slow-thinking one gives a voxel another class; absent
   * where there is none. */
  readonly disagreement?: Volume<Float32Array>;
  /** Of the volume as a whole, each network by itself on slices as they are: as an evaluation has them. */
  readonly flags: Pick<CaseFlags, "entropy" | "disagreement">;
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

/** 1 - mean Dice over classes between the masks of both networks. */
export function disagreementOf(ftn: Uint8Array, stn: Uint8Array, task: Task): number {
  return 1 - classDice(stn, ftn, scoredLabels(task)).mean;
}
