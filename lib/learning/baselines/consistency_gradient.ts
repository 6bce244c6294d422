/** Predictions of a network as it stands, and which way to change an image to change them. */
import { softmax, type Tensor4D, tf, withTape } from "../../../wasm/mod.ts";
import type { DualNetwork } from "../models/dual_network.ts";
import { consistencyLoss } from "./consistency.ts";
import type { Consistency } from "./image_augmentation.ts";

/**
 * Class probabilities of the fast-thinking network, normalised with the batch's statistics, which
 * nothing follows.
 *
 * @param image [batch, height, width, channels], 0-1.
 * @returns [batch, height, width, classes]
 */
export function predictedProbabilities(network: DualNetwork, image: Tensor4D): Float32Array {
  const probabilities = tf.tidy(() => softmax(logitsOf(network, image)));
  const values = probabilities.dataSync() as Float32Array;
  probabilities.dispose();
  return values;
}

/**
 * The consistency loss of the prediction on an image, and its gradient by the image; weights stay
 * constants.
 *
 * @param image [batch, height, width, channels]
 * @param consistency What the prediction is held to.
 * @returns The loss, 0 or more, and its gradient, [batch, height, width, channels].
 * @throws {TypeError} If the target is of another size than the prediction.
 */
export function consistencyByImage(
  network: DualNetwork,
  image: Tensor4D,
  consistency: Consistency,
): { readonly loss: number; readonly gradient: Float32Array } {
  return withTape((backward) => {
    const logits = tf.tidy(() => logitsOf(network, image));
    const [batch, height, width, classes] = logits.shape;
    const values = logits.dataSync() as Float32Array;
    const found = consistencyLoss(values, { batch, height, width, classes }, consistency);
    const byLogits = tf.tensor4d(found.gradient, logits.shape);
    const byImage = backward(logits, new Map([["image", image]]), byLogits).get("image")!;
    const gradient = byImage.dataSync() as Float32Array;
    tf.dispose([byLogits, byImage]);
    return { loss: found.loss, gradient };
  });
}

/**
 * The gradient of the consistency loss by an image that is not on the backend yet.
 *
 * @param pixels [batch, height, width, channels], 0-1 or a little beyond.
 * @param shape Their size.
 * @param consistency What the prediction is held to.
 * @returns The gradient, of the same size.
 * @throws {TypeError} If the target is of another size than the prediction.
 */
export function consistencyGradient(
  network: DualNetwork,
  pixels: Float32Array,
  shape: Tensor4D["shape"],
  consistency: Consistency,
): Float32Array {
  const image = tf.tensor4d(pixels, shape);
  try {
    return consistencyByImage(network, image, consistency).gradient;
  } finally {
    image.dispose();
  }
}

function logitsOf(network: DualNetwork, image: Tensor4D): Tensor4D {
  return network.decodeSegmentation(network.encodeImage(image, "isolated").shape, "isolated");
}
