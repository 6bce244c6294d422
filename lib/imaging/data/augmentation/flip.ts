import type { LabelledSlice, SliceTransform } from "./slice_transform.ts";

/** Probabilities, 0 to 1, of each mirror. */
export interface FlipOptions {
  /** Probability, 0 to 1, of mirroring left to right. */
  readonly horizontal: number;
  /** Probability, 0 to 1, of mirroring top to bottom. */
  readonly vertical: number;
}

/** Which mirrors to apply. */
export interface FlipParams {
  readonly horizontal: boolean;
  readonly vertical: boolean;
}

/** Mirrors left to right and top to bottom, each with its own probability. */
export const flip: SliceTransform<FlipOptions, FlipParams> = {
  name: "flip",
  defaults: { horizontal: 0.2, vertical: 0.2 },
  sample(options, rng) {
    const params = {
      horizontal: rng.chance(options.horizontal),
      vertical: rng.chance(options.vertical),
    };
    return params.horizontal || params.vertical ? params : null;
  },
  apply(slice: LabelledSlice, { horizontal, vertical }): LabelledSlice {
    const { width, height } = slice;
    const image = new Float32Array(slice.image.length);
    const label = new Uint8Array(slice.label.length);
    for (let y = 0, to = 0; y < height; y++) {
      const row = (vertical ? height - 1 - y : y) * width;
      for (let x = 0; x < width; x++, to++) {
        const from = row + (horizontal ? width - 1 - x : x);
        image[to] = slice.image[from]!;
        label[to] = slice.label[from]!;
      }
    }
    return { image, label, width, height };
  },
};
