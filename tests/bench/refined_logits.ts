import type { DualNetwork } from "../../lib/learning/models/dual_network.ts";
import { tf } from "../../wasm/mod.ts";

/**
 * FTN and STN from pixels to refined logits. A backend must run.
 *
 * @param images [slices, size, size], 0-1.
 * @returns [slices, size, size, classes].
 */
export function refinedLogits(
  network: DualNetwork,
  images: Float32Array,
  slices: number,
  size: number,
): Float32Array {
  let logits: Float32Array = new Float32Array();
  tf.tidy(() => {
    const image = tf.tensor4d(images, [slices, size, size, 1]);
    const codes = network.encodeImage(image, "evaluate");
    const first = network.decodeSegmentation(codes.shape, "evaluate");
    // Not returned, since tidy would look for tensors among the numbers.
    logits = network.refineLogits(first, "evaluate").dataSync() as Float32Array;
  });
  return logits;
}
