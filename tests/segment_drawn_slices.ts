/** A segmentation that runs wherever the backend does: drawn weights, drawn slices. */
import { RandomStream } from "../lib/base/random/random_stream.ts";
import { DualNetwork } from "../lib/learning/models/dual_network.ts";
import { type BackendOptions, startBackend, type Tensor4D, tf } from "../wasm/mod.ts";

/** What a segmentation came to; plain JSON. */
export interface DrawnSegmentation {
  readonly threads: number;
  readonly sharedMemory: boolean;
  /** Logits of both networks and the image decoder's image, each a list of numbers. */
  readonly maps: Readonly<Record<"ftn" | "stn" | "image", readonly number[]>>;
}

/** Segments two slices of 32 x 32 with a network of width 8, on two threads where memory is shared. */
export async function segmentDrawnSlices(options: BackendOptions = {}): Promise<DrawnSegmentation> {
  const backend = await startBackend({ threads: 2, onNotice() {}, ...options });
  const random = RandomStream.fromSeed(7), [batch, size] = [2, 32];
  const shape = { baseWidth: 8, classes: 4, inputChannels: 1 };
  const network = DualNetwork.initialise(shape, random.stream("weights"));
  const pixels = random.stream("slices");
  const images = Float32Array.from({ length: batch * size * size }, () => pixels.uniform());
  const maps = tf.tidy(() => {
    const numbers = (map: Tensor4D) => [...map.dataSync()];
    const codes = network.encodeImage(tf.tensor4d(images, [batch, size, size, 1]), "evaluate");
    const logits = network.decodeSegmentation(codes.shape, "evaluate");
    return {
      ftn: numbers(logits),
      stn: numbers(network.refineLogits(logits, "evaluate")),
      image: numbers(network.decodeImage(codes.image, "evaluate")),
    };
  });
  network.dispose();
  const { threads, sharedMemory } = backend;
  await backend.stop();
  return { threads, sharedMemory, maps };
}
