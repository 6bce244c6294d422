import type { MethodName } from "../../names.ts";
import type { Recipe } from "../../imaging/artifacts/compose.ts";
import type { HardExampleOptions } from "../latent/hard_examples.ts";
import type { MaskOptions } from "../latent/mask_code.ts";
import type { AugmentImages } from "./image_augmentation.ts";

/** What hard examples a method trains on: none, changed images, or what masked codes decode to. */
export type MethodFamily = "none" | "image" | "latent";

/** What distinguishes one way to train from another. */
export interface MethodOptions extends HardExampleOptions {
  /** Both networks and the image decoder, or the encoder and the segmentation decoder alone. */
  readonly networks: "dual" | "segmentation";
  /** Hard examples from changed images: the name of a method that changes them, or `none`. */
  readonly imageAugmentation: "none" | MethodName;
  /** What the slow-thinking network learns to refine: predictions, or labels that were degraded. */
  readonly shapePrior: "predictions" | "degraded-labels";
  /** Hard examples from masked codes; false = standard training of both networks. */
  readonly latentAugmentation: boolean;
  /** Weight of all terms of hard examples; 1 as published. */
  readonly hardWeight: number;
  /** Steps over which that weight rises from 0; 0 as published. */
  readonly hardRamp: number;
  /** Weight of the reconstruction terms; 1 as published. */
  readonly reconstructionWeight: number;
  /** Which BatchNorms the hard pass leaves alone: all, or all but the image decoder's. */
  readonly batchNormPolicy: "consistent" | "reference";
  /** Keep the slow-thinking network's loss from training the fast-thinking network. */
  readonly separateTraining: boolean;
  /** Standard deviation of the Gaussian noise on every training image (intensities 0-1). */
  readonly noise: number;
  /** Divides the logits before the softmax that feeds the slow-thinking network. */
  readonly temperature: number;
  /** What segmentations are held to: the cross-entropy, or the soft Dice loss as well. */
  readonly segmentationLoss: "ce" | "ce+dice";
  /**
   * Weights of the classes in the cross-entropy: null = all pixels weigh the same, `balanced` = all
   * classes that a batch shows do, or a weight for each class, background first.
   */
  readonly classWeights: "balanced" | readonly number[] | null;
}

/** Some of these options, down to single ones of the masks. */
export type MethodSettings =
  & Partial<Omit<MethodOptions, "imageMask" | "shapeMask">>
  & { readonly imageMask?: Partial<MaskOptions>; readonly shapeMask?: Partial<MaskOptions> };

/**
 * A way to train that is compared with others: settings, and at most one way to change images. Plain
 * data but for `augment`; see CONTRIBUTING.md for how to add one.
 */
export interface Method {
  /** As in options and folder names: `adversarial-bias`. */
  readonly name: MethodName;
  /** As in tables: "Adversarial bias". */
  readonly title: string;
  /** What its hard examples are made of. */
  readonly family: MethodFamily;
  /** One sentence: what distinguishes it. */
  readonly summary: string;
  /** Where it was published. */
  readonly source: string;
  /**
   * What it sets of `method`, above presets, files and single settings; what it leaves out stays as
   * these have it.
   */
  readonly settings: MethodSettings;
  /**
   * Artifacts on the augmented half of each batch, in place of `data.artifacts`; absent: as that
   * says.
   */
  readonly artifacts?: Recipe;
  /** Changes the images, where `settings.imageAugmentation` names the method; absent elsewhere. */
  readonly augment?: AugmentImages;
}
