/**
 * Virtual adversarial training (Miyato et al., TPAMI 2019), as the authors compare it in MaxStyle:
 * noise d from one power iteration, KL(p(x) || p(x + d)) besides the supervised losses on x + d.
 *
 * From a random direction u, the gradient g of KL(p(x) || p(x + xi u)) by the image gives
 * d = epsilon g / |g|, each image's by itself. Both lengths are root mean squares over the pixels
 * here, so that they mean the same at any size. The published ones are Euclidean norms, and do not
 * serve:
 *
 * - xi = 1e-6 is 5e-9 a pixel at 192 x 192, less than float32 resolves beside intensities of 0-1.
 * - epsilon = 0.1 is 0.0005 a pixel, a hundredth of the noise that training adds anyway. 0.01 a pixel
 *   is the norm 1 of AdvChain's examples at 96 x 96.
 */
import { tf } from "../../../wasm/mod.ts";
import { consistencyGradient, predictedProbabilities } from "./consistency_gradient.ts";
import type { AugmentImages } from "./image_augmentation.ts";
import type { Method } from "./method.ts";
import { unitDirections } from "./unit_directions.ts";

/** Root mean square of the noise that is learnt from, before clipping to 0-1. */
const EPSILON = 0.01;
/** Root mean square of the noise at which the gradient is taken. */
const XI = 1e-4;

const augment: AugmentImages = (network, { noisyImage, labels }, random) => {
  const batch = noisyImage.shape[0];
  const pixels = noisyImage.dataSync() as Float32Array;
  const length = Math.sqrt(pixels.length / batch);
  const target = predictedProbabilities(network, noisyImage);
  const consistency = {
    target,
    divergence: "from-target",
    weight: 1,
    contourWeight: 0,
    labels: labels.dataSync() as Int32Array,
  } as const;

  const start = unitDirections(random.stream("noise").normals(pixels.length), batch);
  const probe = pixels.map((v, i) => v + XI * length * start[i]!);
  const gradient = consistencyGradient(network, probe, noisyImage.shape, consistency);

  const direction = unitDirections(gradient, batch, start);
  const noisy = pixels.map((v, i) =>
    Math.min(1, Math.max(0, v + EPSILON * length * direction[i]!))
  );
  return [{ image: tf.tensor4d(noisy, noisyImage.shape), weight: 1, consistency }];
};

/** Noise that changes the prediction most. */
export const adversarialNoise: Method = {
  name: "adversarial-noise",
  title: "Adversarial noise",
  family: "image",
  summary: "Noise along the gradient that changes the prediction most, and predictions held to " +
    "what they were without.",
  source: "Miyato et al., TPAMI 2019; settings of Chen et al., MICCAI 2022",
  settings: { latentAugmentation: false, imageAugmentation: "adversarial-noise" },
  augment,
};
