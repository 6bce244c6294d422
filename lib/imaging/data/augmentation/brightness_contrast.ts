import type { LabelledSlice, SliceTransform } from "./slice_transform.ts";

/** Probability 0 to 1; ranges of the factor and of the shift (intensities are in [0, 1]). */
export interface BrightnessContrastOptions {
  /** How likely a slice is changed, 0 to 1. */
  readonly probability: number;
  /** Least and greatest factor. */
  readonly contrast: readonly [number, number];
  /** Least and greatest shift, added after the factor. */
  readonly brightness: readonly [number, number];
}

/** value * contrast + brightness. */
export interface BrightnessContrastParams {
  readonly contrast: number;
  readonly brightness: number;
}

/** Scales and shifts intensities, clamped to the slice's own former range. */
export const brightnessContrast: SliceTransform<
  BrightnessContrastOptions,
  BrightnessContrastParams
> = {
  name: "brightnessContrast",
  defaults: { probability: 0.5, contrast: [0.8, 1.2], brightness: [-0.1, 0.1] },
  sample(options, rng) {
    if (!rng.chance(options.probability)) return null;
    return {
      contrast: rng.uniform(...options.contrast),
      brightness: rng.uniform(...options.brightness),
    };
  },
  apply(slice: LabelledSlice, { contrast, brightness }): LabelledSlice {
    let [least, greatest] = [Infinity, -Infinity];
    for (const value of slice.image) {
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    const image = slice.image.map((value) =>
      Math.min(greatest, Math.max(least, value * contrast + brightness))
    );
    return { ...slice, image };
  },
};
