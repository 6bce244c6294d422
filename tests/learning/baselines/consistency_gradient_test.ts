import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import {
  consistencyByImage,
  consistencyGradient,
  predictedProbabilities,
} from "../../../lib/learning/baselines/consistency_gradient.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { startBackend, tf, withEarlyRelease } from "../../../wasm/mod.ts";
import { stepInputs, TINY } from "../cooperative/tiny_step.ts";

await startBackend({ threads: 2 });

const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
const { image, noisyImage } = stepInputs(32);
const consistency = {
  target: predictedProbabilities(network, noisyImage),
  divergence: "from-target",
  weight: 1,
  contourWeight: 0.5,
} as const;

Deno.test("predictedProbabilities() adds up to 1 and follows no statistic", () => {
  const before = tf.memory().numTensors;
  const running = [...network.parameters.buffers.values()].map((values) => values.slice());
  const found = predictedProbabilities(network, image);
  assertEquals(found.length, 2 * 32 * 32 * 3);
  for (let i = 0; i < found.length; i += 3) {
    assertAlmostEquals(found[i]! + found[i + 1]! + found[i + 2]!, 1, 1e-6);
  }
  assertEquals([...network.parameters.buffers.values()], running);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("consistencyByImage() gives the slope along its gradient", () => {
  const { loss, gradient } = consistencyByImage(network, image, consistency);
  const norm = Math.hypot(...gradient), pixels = image.dataSync();
  const [up, down] = [1, -1].map((sign) => {
    const moved = tf.tensor4d(
      pixels.map((v, i) => v + sign * 1e-3 * gradient[i]! / norm) as Float32Array,
      image.shape,
    );
    const at = consistencyByImage(network, moved, consistency).loss;
    moved.dispose();
    return at;
  });
  assert(loss > 0 && norm > 0);
  assertAlmostEquals((up! - down!) / 2e-3, norm, 0.02 * norm);
});

Deno.test("consistencyByImage() frees all but what it was given, inside a step too", () => {
  const before = tf.memory().numTensors;
  const kept = consistencyByImage(network, image, consistency);
  const freed = withEarlyRelease(() => consistencyByImage(network, image, consistency));
  assertEquals(kept, freed);
  assertEquals(tf.memory().numTensors, before);
  assertEquals(image.dataSync().length, 2 * 32 * 32);
});

Deno.test("consistencyGradient() is that of the same pixels, and frees them on errors too", () => {
  const before = tf.memory().numTensors, pixels = image.dataSync() as Float32Array;
  const gradient = consistencyGradient(network, pixels, image.shape, consistency);
  assertEquals(gradient, consistencyByImage(network, image, consistency).gradient);
  network.decodeSegmentation = () => {
    throw new RangeError("the heap is full");
  };
  try {
    const fail = () => consistencyGradient(network, pixels, image.shape, consistency);
    assertThrows(() => withEarlyRelease(fail), RangeError, "the heap is full");
  } finally {
    Reflect.deleteProperty(network, "decodeSegmentation");
  }
  assertEquals(tf.memory().numTensors, before);
});
