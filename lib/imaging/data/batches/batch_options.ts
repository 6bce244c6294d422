import type { SliceSize } from "../../../base/volume/slice_size.ts";
import type { Recipe } from "../../artifacts/compose.ts";
import type { RoleLabel } from "../../artifacts/needs.ts";
import type { AugmentationPolicy } from "../augmentation/policy.ts";

/** How batches are made. */
export interface BatchOptions {
  /** Slices a batch, augmented and original together: even, at least 2. Default 20. */
  readonly batchSize?: number;
  /** Changes of the augmented half. Default {@linkcode TURNED_POLICY}. */
  readonly policy?: AugmentationPolicy;
  /**
   * Scale the original half to [0, 1] slice by slice, as the augmented half and evaluation do. Default
   * true; the reference code leaves it scaled by volume.
   */
  readonly normaliseOriginals?: boolean;
  /** Whether the augmented half is scaled to [0, 1] slice by slice; else it is cut to it. Default true. */
  readonly scaleSlices?: boolean;
  /**
   * The slices that the network sees, of cases that are kept whole (`larger: tiles`): crops of them,
   * half around a random foreground pixel, half anywhere. Absent: the cases' own size.
   */
  readonly crop?: SliceSize;
  /**
   * What becomes of slices without foreground. `replace` (default, as the reference code): a random
   * slice of the same volume that has some is shown instead, so that the network never learns what
   * lies beyond the labels. `keep`: they are shown.
   */
  readonly emptySlices?: "replace" | "keep";
  /**
   * Which slices the original half shows: the `same` as the augmented half (default, as the reference
   * code), or `others`: twice as many slices a step, from which a short run learns more.
   */
  readonly originals?: "same" | "others";
  /**
   * Artifacts on the augmented half, behind the policy, or before a crop is cut: each slice is a
   * volume of one slice for them. A label follows where an artifact moves the anatomy.
   */
  readonly artifacts?: Recipe | undefined;
  /** What the classes of the labels are, for artifacts that need a role. */
  readonly classLabels?: readonly RoleLabel[] | undefined;
  /** Spacing of the slices' pixels in mm, which artifacts go by. Default 1.36719. */
  readonly spacing?: number;
}
