/**
 * Adversarial bias fields (Chen et al., MICCAI 2020), with the settings of the authors' comparison
 * in MaxStyle and the rules of their library AdvChain.
 *
 * A field is the exponential of a cubic B-spline (bias_field.ts), the same for all channels. Its
 * control points start uniform between log(1 - epsilon) and log(1 + epsilon) and go one step of
 * length 1 up the gradient of the consistency loss, each image's by itself; then they are clamped
 * back to that range. So a field never leaves [1 - epsilon, 1 + epsilon], which AdvChain clips it to.
 *
 * AdvChain evaluates the spline at half size and enlarges it bilinearly, to save time, and lets
 * images exceed 1. Here it is evaluated at every pixel, and images are clipped.
 */
import { tf } from "../../../wasm/mod.ts";
import { biasField, CONTROL_POINTS, type ImagesShape, pointGradient } from "./bias_field.ts";
import { consistencyGradient, predictedProbabilities } from "./consistency_gradient.ts";
import type { AugmentImages } from "./image_augmentation.ts";
import type { Method } from "./method.ts";
import { unitDirections } from "./unit_directions.ts";

/** How far a factor may lie from 1. */
const EPSILON = 0.4;
const LOW = Math.log(1 - EPSILON), HIGH = Math.log(1 + EPSILON);
/** Length of the step, over all control points of an image. */
const STEP = 1;

const augment: AugmentImages = (network, { noisyImage, labels }, random) => {
  const [batch, height, width, channels] = noisyImage.shape;
  const shape = { batch, height, width, channels };
  const pixels = noisyImage.dataSync() as Float32Array;
  const consistency = {
    target: predictedProbabilities(network, noisyImage),
    divergence: "from-target",
    weight: 1,
    contourWeight: 0.5,
    labels: labels.dataSync() as Int32Array,
  } as const;

  const stream = random.stream("bias");
  const start = Float32Array.from(
    { length: batch * CONTROL_POINTS },
    () => stream.uniform(LOW, HIGH),
  );
  const field = biasField(start, shape);
  const probe = multiplied(pixels, field, channels);
  const gradient = consistencyGradient(network, probe, noisyImage.shape, consistency);

  const byPoints = pointGradient(field, fieldGradient(pixels, field, gradient, shape), shape);
  const direction = unitDirections(byPoints, batch);
  const points = start.map((v, i) => Math.min(HIGH, Math.max(LOW, v + STEP * direction[i]!)));
  const biased = multiplied(pixels, biasField(points, shape), channels);
  return [{ image: tf.tensor4d(biased, noisyImage.shape), weight: 1, consistency }];
};

/** Every channel of the images times their fields, clipped to 0-1. */
function multiplied(pixels: Float32Array, field: Float32Array, channels: number): Float32Array {
  return pixels.map((v, i) => Math.min(1, v * field[Math.floor(i / channels)]!));
}

/** The gradient by the fields of one by what `multiplied` gives: none where that is clipped. */
function fieldGradient(
  pixels: Float32Array,
  field: Float32Array,
  byImage: Float32Array,
  { channels }: ImagesShape,
): Float32Array {
  const gradient = new Float32Array(field.length);
  for (let at = 0, i = 0; at < field.length; at++) {
    for (let c = 0; c < channels; c++, i++) {
      if (pixels[i]! * field[at]! < 1) gradient[at]! += pixels[i]! * byImage[i]!;
    }
  }
  return gradient;
}

/** Smooth multiplicative fields, changed so that the prediction changes. */
export const adversarialBias: Method = {
  name: "adversarial-bias",
  title: "Adversarial bias",
  family: "image",
  summary: "Smooth bias fields that a gradient step makes harder, and predictions held to what " +
    "they were without.",
  source: "Chen et al., MICCAI 2020; settings of Chen et al., MICCAI 2022",
  settings: { latentAugmentation: false, imageAugmentation: "adversarial-bias" },
  augment,
};
