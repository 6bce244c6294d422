import { type Tensor4D, tf } from "../../../wasm/mod.ts";
import type { DualNetwork } from "../models/dual_network.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import { minMaxSlices } from "../../base/volume/normalise.ts";
import { predictedProbabilities } from "./consistency_gradient.ts";
import type { Method } from "./method.ts";

/** A random convolution of a whole batch: plain JSON. */
export interface RandConvParameters {
  /** Side of the filter in pixels. */
  readonly size: 1 | 3 | 5 | 7;
  /** Share of the image itself in the result, 0-1. */
  readonly mix: number;
  /** The filter, [size, size, channels in, channels out], channels of the image both. */
  readonly weights: readonly number[];
}

/** Convolutions a step, and the factor of their consistency (both of Xu et al.). */
const DRAWS = 3, CONSISTENCY = 10;

/**
 * Draws a convolution: size 1, 3, 5 or 7 evenly, weights normal of variance 1 / (channels size^2), the
 * image's own share uniform in 0-1 (Xu et al., ICLR 2021).
 */
export function sampleRandConv(channels: number, random: RandomStream): RandConvParameters {
  const size = random.choice([1, 3, 5, 7] as const);
  const deviation = 1 / Math.sqrt(channels * size ** 2);
  const count = (size * channels) ** 2;
  return {
    size,
    mix: random.uniform(),
    weights: Array.from({ length: count }, () => random.normal(0, deviation)),
  };
}

/**
 * mix * image + (1 - mix) * convolution of it, zeros beyond the border, each image then scaled to
 * 0-1 by its least and greatest value: the convolution may shift or invert it, and the networks
 * know no other range. Xu et al. leave that to the data's own normalisation; scaling is what Chen et
 * al. (MaxStyle, MICCAI 2022) do in their comparison.
 *
 * @param images [batch, height, width, channels]
 * @returns New images of that shape, the caller's.
 */
export function applyRandConv(
  images: Tensor4D,
  { size, mix, weights }: RandConvParameters,
): Tensor4D {
  const { shape } = images, [, height, width, channels] = shape;
  // Mixed in the filter: the image is its convolution with a one in the middle.
  const filter = Float32Array.from(weights, (weight) => (1 - mix) * weight);
  const middle = (size ** 2 - 1) / 2 * channels ** 2;
  for (let c = 0; c < channels; c++) filter[middle + c * channels + c]! += mix;
  const values = tf.tidy(() => {
    const kernel = tf.tensor4d(filter, [size, size, channels, channels]);
    return tf.conv2d(images, kernel, 1, "same");
  });
  const scaled = minMaxSlices(values.dataSync() as Float32Array, height * width * channels);
  values.dispose();
  return tf.tensor4d(scaled, shape);
}

/** The mean of the FTN's class probabilities, [batch, height, width, classes]. */
function meanPrediction(network: DualNetwork, images: readonly Tensor4D[]): Float32Array {
  const predictions = images.map((image) => predictedProbabilities(network, image));
  return predictions[0]!.map((_, i) =>
    predictions.reduce((sum, values) => sum + values[i]!, 0) / predictions.length
  );
}

/**
 * Random convolutions (RandConv, mixing variant): textures change, shapes stay.
 *
 * The consistency is the mean of KL(p_i || m) over the three predictions, with their mean m. It may
 * be a constant: the gradient of the sum through m is -sum_i p_i / m = -3 for every class, and the
 * probabilities of m add up to one, so that it vanishes.
 */
export const randConv: Method = {
  name: "rand-conv",
  title: "Rand Conv",
  family: "image",
  summary: "Three random convolutions of each image, which shall all be segmented alike.",
  source: "Xu et al., ICLR 2021",
  settings: { latentAugmentation: false, imageAugmentation: "rand-conv" },
  augment(network, { noisyImage, labels }, random) {
    const channels = noisyImage.shape[3], images: Tensor4D[] = [];
    try {
      for (let n = 0; n < DRAWS; n++) {
        const parameters = sampleRandConv(channels, random.stream("random-convolution", n));
        images.push(applyRandConv(noisyImage, parameters));
      }
      const consistency = {
        target: meanPrediction(network, images),
        divergence: "to-target",
        weight: CONSISTENCY / DRAWS,
        contourWeight: 0,
        labels: labels.dataSync() as Int32Array,
      } as const;
      return images.map((image) => ({ image, weight: 1 / DRAWS, consistency }));
    } catch (error) {
      tf.dispose(images);
      throw error;
    }
  },
};
