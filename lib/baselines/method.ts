import type { PartialConfig } from "../config/config_schema.ts";
import type { AugmentImages } from "./image_augmentation.ts";

/** What kind of hard examples a method trains on. */
export type MethodFamily = "none" | "image" | "latent";

/** A way to train that is compared with others: settings, and at most one way to change images. */
export interface Method {
  /** As in options and folder names: `adversarial-bias`. */
  readonly name: string;
  /** As in tables: "Adversarial bias". */
  readonly title: string;
  readonly family: MethodFamily;
  /** One sentence: what distinguishes it. */
  readonly summary: string;
  /** Where it was published. */
  readonly source: string;
  /** What it sets of `method`; what it leaves out keeps the schema's default. */
  readonly settings: NonNullable<PartialConfig["method"]>;
  /** Changes the images, where `settings.imageAugmentation` names the method. */
  readonly augment?: AugmentImages;
}
