import { assert, assertEquals } from "../../deps.ts";
import { adversarialNoise } from "../../../lib/learning/baselines/adversarial_noise.ts";
import { consistencyByImage } from "../../../lib/learning/baselines/consistency_gradient.ts";
import { unitDirections } from "../../../lib/learning/baselines/unit_directions.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { startBackend, tf, withEarlyRelease } from "../../../wasm/mod.ts";
import { stepInputs, TINY } from "../cooperative/tiny_step.ts";

await startBackend({ threads: 2 });

const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
// Smaller ones leave 2 pixels in the deepest maps, which their normalisation makes 1 and -1.
const drawn = stepInputs(32);
// Away from 0 and 1, where clipping would change the noise.
const noisyImage = tf.tidy(() => tf.add(tf.mul(tf.clipByValue(drawn.noisyImage, 0, 1), 0.5), 0.25));
const inputs = { ...drawn, noisyImage: noisyImage as typeof drawn.noisyImage };

function augment(seed: number, given = inputs) {
  const found = adversarialNoise.augment!(network, given, RandomStream.fromSeed(seed));
  assertEquals(found.length, 1);
  const { image, weight, consistency } = found[0]!;
  const pixels = image.dataSync() as Float32Array;
  const { loss } = consistencyByImage(network, image, consistency!);
  image.dispose();
  return { pixels, weight, loss, consistency: consistency! };
}

Deno.test("adversarialNoise adds noise of a root mean square of 0.01 to each image", () => {
  const { pixels, weight, consistency } = augment(1), clean = inputs.noisyImage.dataSync();
  for (let first = 0; first < pixels.length; first += 1024) {
    let squares = 0;
    for (let i = first; i < first + 1024; i++) squares += (pixels[i]! - clean[i]!) ** 2;
    assert(Math.abs(Math.sqrt(squares / 1024) - 0.01) < 1e-5);
  }
  assertEquals([weight, consistency.weight, consistency.contourWeight], [1, 1, 0]);
  assertEquals(consistency.divergence, "from-target");
});

Deno.test("adversarialNoise changes the prediction more than random noise of its size", () => {
  const { loss, consistency } = augment(1), clean = inputs.noisyImage.dataSync();
  const draws = unitDirections(RandomStream.fromSeed(4).normals(clean.length), 2);
  const random = tf.tensor4d(
    clean.map((v, i) => v + 0.01 * 32 * draws[i]!) as Float32Array,
    inputs.noisyImage.shape,
  );
  const ofRandom = consistencyByImage(network, random, consistency).loss;
  random.dispose();
  assert(loss > 5 * ofRandom, `${loss} is not above 5 times ${ofRandom}`);
});

Deno.test("adversarialNoise stays within 0-1", () => {
  const extreme = tf.tidy(() => tf.round(inputs.noisyImage)) as typeof drawn.noisyImage;
  const { pixels } = augment(1, { ...inputs, noisyImage: extreme });
  extreme.dispose();
  assert(pixels.every((v) => v >= 0 && v <= 1));
  assert(pixels.some((v) => v !== 0 && v !== 1));
});

Deno.test("adversarialNoise is the same for a seed, and leaves no tensor and no statistic", () => {
  const before = tf.memory().numTensors;
  const running = [...network.parameters.buffers.values()].map((values) => values.slice());
  const once = augment(1).pixels;
  assertEquals(withEarlyRelease(() => augment(1)).pixels, once);
  assert(augment(2).pixels.some((v, i) => v !== once[i]));
  assertEquals(tf.memory().numTensors, before);
  assertEquals([...network.parameters.buffers.values()], running);
});
