import { METHOD_NAMES, type MethodName } from "../../names.ts";
import { ConfigError } from "../../base/config/config_error.ts";
import { unknownName } from "../../base/text/unknown_name.ts";
import { adversarialBias } from "./adversarial_bias.ts";
import { adversarialNoise } from "./adversarial_noise.ts";
import { channelOnly } from "./channel_only.ts";
import { postDae } from "./degraded_labels.ts";
import { dropoutOnly } from "./dropout_only.ts";
import { full } from "./full.ts";
import type { AugmentImages } from "./image_augmentation.ts";
import { imageCodeOnly } from "./image_code_only.ts";
import { maxStyle } from "./max_style.ts";
import type { Method } from "./method.ts";
import { randConv } from "./rand_conv.ts";
import { randMwm } from "./rand_mwm.ts";
import { robust } from "./robust.ts";
import { segmentationOnly } from "./segmentation_only.ts";
import { separateTraining } from "./separate_training.ts";
import { shapeCodeOnly } from "./shape_code_only.ts";
import { spatialOnly } from "./spatial_only.ts";
import { standard } from "./standard.ts";

const BY_NAME: Readonly<Record<MethodName, Method>> = {
  "segmentation-only": segmentationOnly,
  standard,
  "separate-training": separateTraining,
  "post-dae": postDae,
  "rand-mwm": randMwm,
  "rand-conv": randConv,
  "adversarial-noise": adversarialNoise,
  "adversarial-bias": adversarialBias,
  "max-style": maxStyle,
  "dropout-only": dropoutOnly,
  "channel-only": channelOnly,
  "spatial-only": spatialOnly,
  "image-code-only": imageCodeOnly,
  "shape-code-only": shapeCodeOnly,
  full,
  robust,
};

/** Every method, in the order of the published table: references, image space, latent space. */
export const METHODS: readonly Method[] = METHOD_NAMES.map((name) => BY_NAME[name]);

/**
 * The method of this name.
 *
 * @throws {ConfigError} If there is none, with the nearest name and all names.
 */
export function findMethod(name: string): Method {
  if (Object.hasOwn(BY_NAME, name)) return BY_NAME[name as MethodName];
  throw new ConfigError(
    "method",
    `Cannot find a method: ${unknownName("method", name, METHOD_NAMES)}`,
  );
}

/**
 * What changes the images where `method.imageAugmentation` has this value; undefined for `none`.
 *
 * @throws {RangeError} If no method has that setting.
 */
export function imageAugmentationOf(setting: string): AugmentImages | undefined {
  if (setting === "none") return undefined;
  const found = METHODS.find(({ settings }) => settings.imageAugmentation === setting);
  if (!found?.augment) throw new RangeError(`Cannot find image augmentation ${setting}`);
  return found.augment;
}
