import { assert, assertEquals } from "../../deps.ts";
import { adversarialBias } from "../../../lib/learning/baselines/adversarial_bias.ts";
import { biasField, CONTROL_POINTS } from "../../../lib/learning/baselines/bias_field.ts";
import { consistencyByImage } from "../../../lib/learning/baselines/consistency_gradient.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { startBackend, tf, withEarlyRelease } from "../../../wasm/mod.ts";
import { stepInputs, TINY } from "../cooperative/tiny_step.ts";

await startBackend({ threads: 2 });

const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
// Smaller ones leave 2 pixels in the deepest maps, which their normalisation makes 1 and -1.
const drawn = stepInputs(32);
const noisyImage = tf.tidy(() => tf.clipByValue(drawn.noisyImage, 0, 1));
const inputs = { ...drawn, noisyImage: noisyImage as typeof drawn.noisyImage };
const clean = inputs.noisyImage.dataSync() as Float32Array;

function augment(seed: number) {
  const found = adversarialBias.augment!(network, inputs, RandomStream.fromSeed(seed));
  assertEquals(found.length, 1);
  const { image, weight, consistency } = found[0]!;
  const pixels = image.dataSync() as Float32Array;
  const { loss } = consistencyByImage(network, image, consistency!);
  image.dispose();
  return { pixels, weight, loss, consistency: consistency! };
}

Deno.test("adversarialBias keeps its factors within 0.6-1.4 and its images within 0-1", () => {
  const { pixels } = augment(1);
  assert(pixels.every((v) => v >= 0 && v <= 1));
  pixels.forEach((v, i) => {
    assert(v >= 0.6 * clean[i]! - 1e-6 && v <= 1.4 * clean[i]! + 1e-6);
  });
  assert(pixels.some((v, i) => v < 0.9 * clean[i]!) && pixels.some((v, i) => v > 1.1 * clean[i]!));
});

Deno.test("adversarialBias changes the prediction more than the fields it starts from", () => {
  for (const seed of [1, 2, 3]) {
    const { loss, consistency, weight } = augment(seed);
    const stream = RandomStream.fromSeed(seed).stream("bias");
    const start = Float32Array.from(
      { length: 2 * CONTROL_POINTS },
      () => stream.uniform(Math.log(0.6), Math.log(1.4)),
    );
    const field = biasField(start, { batch: 2, height: 32, width: 32, channels: 1 });
    const random = tf.tensor4d(
      clean.map((v, i) => Math.min(1, v * field[i]!)),
      inputs.noisyImage.shape,
    );
    const ofStart = consistencyByImage(network, random, consistency).loss;
    random.dispose();
    assert(loss > ofStart, `seed ${seed}: ${loss} is not above ${ofStart}`);
    assertEquals([weight, consistency.weight, consistency.contourWeight], [1, 1, 0.5]);
    assertEquals(consistency.divergence, "from-target");
  }
});

Deno.test("adversarialBias is the same for a seed, and leaves no tensor and no statistic", () => {
  const before = tf.memory().numTensors;
  const running = [...network.parameters.buffers.values()].map((values) => values.slice());
  const once = augment(1).pixels;
  assertEquals(withEarlyRelease(() => augment(1)).pixels, once);
  assert(augment(2).pixels.some((v, i) => v !== once[i]));
  assertEquals(tf.memory().numTensors, before);
  assertEquals([...network.parameters.buffers.values()], running);
});
