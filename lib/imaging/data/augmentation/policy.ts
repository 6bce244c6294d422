/**
 * Sequences of slice transforms. A policy is plain data (names and options), and so is what is drawn
 * from it, so both can be kept with a run and replayed.
 */
import { affine, type AffineOptions } from "./affine.ts";
import { brightnessContrast, type BrightnessContrastOptions } from "./brightness_contrast.ts";
import { elastic, type ElasticOptions } from "./elastic.ts";
import { flip, type FlipOptions } from "./flip.ts";
import type { LabelledSlice, SliceTransform } from "./slice_transform.ts";
import { turn, type TurnOptions } from "./turn.ts";
import type { RandomStream } from "../../../base/random/random_stream.ts";

/** Every slice transform by name; a new one is a file beside this and a line here. */
export const SLICE_TRANSFORMS = { flip, brightnessContrast, affine, turn, elastic } as const;

/** One step of a policy; options that are absent are the transform's defaults. */
export type AugmentationStep =
  | { readonly name: "flip"; readonly options?: Partial<FlipOptions> }
  | { readonly name: "brightnessContrast"; readonly options?: Partial<BrightnessContrastOptions> }
  | { readonly name: "affine"; readonly options?: Partial<AffineOptions> }
  | { readonly name: "turn"; readonly options?: Partial<TurnOptions> }
  | { readonly name: "elastic"; readonly options?: Partial<ElasticOptions> };

/** The name of a slice transform. */
export type SliceTransformName = AugmentationStep["name"];

/** Steps in the order they are applied. */
export type AugmentationPolicy = readonly AugmentationStep[];

/**
 * What every method of Chen et al. 2021 trains with ("ACDC_affine_elastic_intensity" there): flips,
 * brightness and contrast, affine, a multiple of 45 degrees, elastic.
 */
export const TURNED_POLICY: AugmentationPolicy = [
  { name: "flip" },
  { name: "brightnessContrast" },
  { name: "affine" },
  { name: "turn" },
  { name: "elastic" },
];

/**
 * Named policies. `turned` is what the method was published with; `upright` leaves out flips and
 * turns, which a short run on slices brought to one orientation cannot afford to learn; `none`
 * changes nothing.
 */
export const AUGMENTATION_POLICIES = {
  turned: TURNED_POLICY,
  upright: [{ name: "brightnessContrast" }, { name: "affine" }, { name: "elastic" }],
  none: [],
} as const satisfies Record<string, AugmentationPolicy>;

/** What was drawn for one slice, in order; steps that leave the slice alone are not in it. */
export type AugmentationParams = readonly {
  readonly name: SliceTransformName;
  readonly params: unknown;
}[];

// The tables pair each name with its own options and parameters, which the types cannot follow.
type AnyTransform = SliceTransform<unknown, unknown>;

/** Draws parameters of every step, each from a stream of its own. */
export function sampleAugmentation(
  policy: AugmentationPolicy,
  rng: RandomStream,
): AugmentationParams {
  return policy.flatMap(({ name, options }, n) => {
    const transform = SLICE_TRANSFORMS[name] as unknown as AnyTransform;
    const merged = { ...SLICE_TRANSFORMS[name].defaults, ...options };
    const params = transform.sample(merged, rng.stream(n, name));
    return params === null ? [] : [{ name, params }];
  });
}

/** Applies what was drawn; the slice given is not changed. */
export function applyAugmentation(slice: LabelledSlice, params: AugmentationParams): LabelledSlice {
  return params.reduce(
    (current, step) =>
      (SLICE_TRANSFORMS[step.name] as unknown as AnyTransform).apply(current, step.params),
    slice,
  );
}
