/** The smallest network that has every part, and a batch for it. */
import { square } from "../../../lib/base/volume/slice_size.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import type { StepInputs } from "../../../lib/learning/latent/step_inputs.ts";
import type { Batch } from "../../../lib/imaging/data/batches/batch.ts";
import { type Tensor4D, tf } from "../../../wasm/mod.ts";

/** Codes have 16 channels; most widths fit no vector of eight, the deepest go by Winograd. */
export const TINY = { baseWidth: 2, classes: 3, inputChannels: 1 };

/** Two slices with random pixels, and labels that follow them. */
export function tinyBatch(size = 16, batch = 2): Batch {
  const stream = RandomStream.fromSeed(8).stream("batch");
  const images = Float32Array.from({ length: batch * size * size }, () => stream.uniform());
  const labels = Uint8Array.from(images, (v) => Math.floor(v * 3));
  return { images, labels, ...square(size), channels: 1, batch };
}

/** The same on the backend, with some noise. */
export function stepInputs(size = 16, batch = 2): StepInputs {
  const { images, labels } = tinyBatch(size, batch), stream = RandomStream.fromSeed(8);
  const shape: [number, number, number, number] = [batch, size, size, 1];
  const y = tf.tensor3d(Int32Array.from(labels), [batch, size, size], "int32");
  return {
    image: tf.tensor4d(images, shape),
    noisyImage: tf.tensor4d(images.map((v) => v + stream.normal(0, 0.05)), shape),
    labels: y,
    oneHot: tf.tidy(() => tf.cast(tf.oneHot(y, 3), "float32") as Tensor4D),
  };
}
