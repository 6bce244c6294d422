/**
 * Sequences of slice transforms. A policy is plain data (names and options), and so is what is drawn
 * from it, so both can be kept with a run and replayed.
 */
import { affine } from "./affine.ts";
import { brightnessContrast } from "./brightness_contrast.ts";
import { elastic } from "./elastic.ts";
import { flip } from "./flip.ts";
import type { Slice, SliceTransform } from "./slice_transform.ts";
import { turn } from "./turn.ts";
import type { RandomStream } from "../../../base/random/random_stream.ts";

/** Every slice transform by name; a new one is a file beside this and a line here. */
export const SLICE_TRANSFORMS = { flip, brightnessContrast, affine, turn, elastic } as const;

/** The name of a slice transform. */
export type SliceTransformName = keyof typeof SLICE_TRANSFORMS;

type OptionsOf<T> = T extends SliceTransform<infer Options, infer _Params> ? Options : never;

/** One step of a policy; options that are absent are the transform's defaults. */
export type AugmentationStep = {
  [N in SliceTransformName]: {
    readonly name: N;
    readonly options?: Partial<OptionsOf<typeof SLICE_TRANSFORMS[N]>>;
  };
}[SliceTransformName];

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
export function applyAugmentation(slice: Slice, params: AugmentationParams): Slice {
  return params.reduce(
    (current, step) =>
      (SLICE_TRANSFORMS[step.name] as unknown as AnyTransform).apply(current, step.params),
    slice,
  );
}
