import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import {
  applyRandConv,
  randConv,
  sampleRandConv,
} from "../../../lib/learning/baselines/rand_conv.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { minMaxSlices } from "../../../lib/base/volume/normalise.ts";
import { softmax, startBackend, type Tensor4D, tf } from "../../../wasm/mod.ts";
import { stepInputs, TINY } from "../cooperative/tiny_step.ts";
import { randomValues } from "../../wasm/reference.ts";

await startBackend({ threads: 1 });

const random = RandomStream.fromSeed(3);
const images = tf.tensor4d(randomValues("images", 2 * 9 * 8 * 2, 0, 1), [2, 9, 8, 2]);

/** Images convolved, mixed and scaled as the definition says. */
function expected({ size, mix, weights }: ReturnType<typeof sampleRandConv>): Float32Array {
  const [batch, height, width, channels] = images.shape, values = images.dataSync();
  const at = (b: number, y: number, x: number, c: number) =>
    y < 0 || x < 0 || y >= height || x >= width
      ? 0
      : values[((b * height + y) * width + x) * channels + c]!;
  const result: number[] = [], half = (size - 1) / 2;
  for (let n = 0; n < values.length; n++) {
    const [c, x] = [n % channels, Math.floor(n / channels) % width];
    const y = Math.floor(n / channels / width) % height;
    const b = Math.floor(n / channels / width / height);
    let sum = 0;
    for (let v = 0; v < size; v++) {
      for (let u = 0; u < size; u++) {
        for (let i = 0; i < channels; i++) {
          const weight = weights[((v * size + u) * channels + i) * channels + c]!;
          sum += weight * at(b, y + v - half, x + u - half, i);
        }
      }
    }
    result.push(mix * at(b, y, x, c) + (1 - mix) * sum);
  }
  assertEquals(result.length, batch * height * width * channels);
  return minMaxSlices(Float32Array.from(result), height * width * channels);
}

Deno.test("sampleRandConv() draws every size, mixes of 0-1 and weights of the stated variance", () => {
  const drawn = Array.from({ length: 800 }, (_, n) => sampleRandConv(2, random.stream(n)));
  assertEquals(JSON.parse(JSON.stringify(drawn[0])), drawn[0]);
  assertEquals(sampleRandConv(2, random.stream(5)), drawn[5]);
  for (const size of [1, 3, 5, 7]) {
    const ofSize = drawn.filter((one) => one.size === size);
    assertAlmostEquals(ofSize.length / drawn.length, 0.25, 0.06);
    const weights = ofSize.flatMap((one) => one.weights);
    assertEquals(weights.length, ofSize.length * size ** 2 * 4);
    const square = weights.reduce((sum, weight) => sum + weight ** 2, 0) / weights.length;
    assertAlmostEquals(square * 2 * size ** 2, 1, 0.2);
  }
  assert(drawn.every(({ mix }) => mix >= 0 && mix < 1));
  assertAlmostEquals(drawn.reduce((sum, { mix }) => sum + mix, 0) / drawn.length, 0.5, 0.05);
});

Deno.test("applyRandConv() is mix, convolution and scaling by their definitions", () => {
  for (const size of [1, 3, 5, 7] as const) {
    const stream = random.stream("filter", size);
    const weights = Array.from({ length: (size * 2) ** 2 }, () => stream.normal());
    const parameters = { size, mix: 0.3, weights };
    const found = applyRandConv(images, parameters);
    const wanted = expected(parameters);
    found.dataSync().forEach((value, i) => assertAlmostEquals(value, wanted[i]!, 1e-5));
    assertEquals([Math.min(...found.dataSync()), Math.max(...found.dataSync())], [0, 1]);
    found.dispose();
  }
});

Deno.test("applyRandConv() with all of the image, or an identity, gives the scaled image", () => {
  const identity = [1, 0, 0, 1],
    wanted = minMaxSlices(images.dataSync() as Float32Array, 9 * 8 * 2);
  for (const [mix, weights] of [[1, [7, -7, 7, -7]], [0, identity], [0.5, identity]] as const) {
    const found = applyRandConv(images, { size: 1, mix, weights });
    found.dataSync().forEach((value, i) => assertAlmostEquals(value, wanted[i]!, 1e-6));
    found.dispose();
  }
});

Deno.test("randConv gives three batches held to their mean prediction, and leaks nothing", () => {
  const network = DualNetwork.initialise(TINY, random), inputs = stepInputs();
  const state = network.parameters.values(), before = tf.memory().numTensors;
  const found = randConv.augment!(network, inputs, RandomStream.fromSeed(4));
  assertEquals(found.length, 3);
  assertEquals(tf.memory().numTensors, before + 3);
  assertEquals(network.parameters.values(), state, "neither weights nor statistics move");

  const target = new Float32Array(2 * 16 * 16 * 3);
  for (const { image, weight, consistency } of found) {
    assertEquals(image.shape, [2, 16, 16, 1]);
    assert(image.dataSync().every((value) => value >= 0 && value <= 1));
    assertAlmostEquals(weight, 1 / 3, 1e-12);
    assertAlmostEquals(consistency!.weight, 10 / 3, 1e-12);
    assertEquals([consistency!.divergence, consistency!.contourWeight], ["to-target", 0]);
    const p = tf.tidy(() =>
      softmax(network.decodeSegmentation(network.encodeImage(image, "isolated").shape, "isolated"))
        .dataSync() as never
    ) as unknown as Float32Array;
    p.forEach((value, i) => target[i]! += value / 3);
  }
  for (const { consistency } of found) {
    consistency!.target.forEach((value, i) => assertAlmostEquals(value, target[i]!, 1e-6));
  }
  const values = (list: readonly { image: Tensor4D }[]) =>
    list.map(({ image }) => image.dataSync());
  const again = randConv.augment!(network, inputs, RandomStream.fromSeed(4));
  assertEquals(values(again), values(found));
  assert(values(found)[0]!.some((value, i) => value !== values(found)[1]![i]), "draws differ");
  tf.dispose([...found, ...again].map(({ image }) => image));
  assertEquals(tf.memory().numTensors, before);
  network.dispose();
});
