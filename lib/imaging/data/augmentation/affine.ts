import type { LabelledSlice, SliceTransform } from "./slice_transform.ts";
import { warpLinear } from "./warp_linear.ts";

/** Ranges: rotation in degrees, translation as a share of the side, zoom as a factor. */
export interface AffineOptions {
  /** Least and greatest angle in degrees. */
  readonly rotation: readonly [number, number];
  /** Least and greatest shift along each axis, as a share of the side. */
  readonly translation: readonly [number, number];
  /** Least and greatest factor from output to input, so that less than 1 magnifies. */
  readonly zoom: readonly [number, number];
}

/** Drawn values, in the options' units; x and y are drawn apart. */
export interface AffineParams {
  readonly rotation: number;
  readonly translation: readonly [number, number];
  /** From output to input, so that less than 1 magnifies. */
  readonly zoom: readonly [number, number];
}

/** Rotation, translation and zoom about the centre, always applied. */
export const affine: SliceTransform<AffineOptions, AffineParams> = {
  name: "affine",
  defaults: { rotation: [-15, 15], translation: [-0.1, 0.1], zoom: [0.8, 1.1] },
  sample(options, rng) {
    return {
      rotation: rng.uniform(...options.rotation),
      translation: [rng.uniform(...options.translation), rng.uniform(...options.translation)],
      zoom: [rng.uniform(...options.zoom), rng.uniform(...options.zoom)],
    };
  },
  apply(slice: LabelledSlice, { rotation, translation, zoom }): LabelledSlice {
    const [cos, sin] = [Math.cos(rotation * Math.PI / 180), Math.sin(rotation * Math.PI / 180)];
    const [tx, ty] = [translation[0] * slice.width, translation[1] * slice.height];
    return warpLinear(
      slice,
      [cos * zoom[0], -sin * zoom[1], sin * zoom[0], cos * zoom[1]],
      [cos * tx - sin * ty, sin * tx + cos * ty],
    );
  },
};
