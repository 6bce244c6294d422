import type { MethodName } from "../../names.ts";
import type { PartialConfig } from "../../base/config/config_schema.ts";
import type { AugmentImages } from "./image_augmentation.ts";

/** What hard examples a method trains on: none, changed images, or what masked codes decode to. */
export type MethodFamily = "none" | "image" | "latent";

/**
 * A way to train that is compared with others: settings, and at most one way to change images. Plain
 * data but for `augment`; see CONTRIBUTING.md for how to add one.
 */
export interface Method {
  /** As in options and folder names: `adversarial-bias`. */
  readonly name: MethodName;
  /** As in tables: "Adversarial bias". */
  readonly title: string;
  readonly family: MethodFamily;
  /** One sentence: what distinguishes it. */
  readonly summary: string;
  /** Where it was published. */
  readonly source: string;
  /**
   * What it sets of `method`, above presets, files and single settings; what it leaves out stays as
   * these have it.
   */
  readonly settings: NonNullable<PartialConfig["method"]>;
  /** Changes the images, where `settings.imageAugmentation` names the method; absent elsewhere. */
  readonly augment?: AugmentImages;
}
