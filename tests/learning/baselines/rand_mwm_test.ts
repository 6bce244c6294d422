import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import {
  applyRandMwm,
  randMwm,
  sampleRandMwm,
  type WindowMasking,
} from "../../../lib/learning/baselines/rand_mwm.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { startBackend, tf } from "../../../wasm/mod.ts";
import { stepInputs, TINY } from "../cooperative/tiny_step.ts";

await startBackend({ threads: 1 });

const random = RandomStream.fromSeed(1);

Deno.test("sampleRandMwm() keeps to the published counts, sides and borders", () => {
  const drawn = sampleRandMwm([2000, 48, 36, 1], random);
  const counts = [0, 0, 0, 0, 0, 0];
  for (const { windows } of drawn) {
    counts[windows.length]!++;
    for (const { top, left, height, width } of windows) {
      assert(height >= 8 && height <= 16 && width >= 6 && width <= 12);
      assert(top >= 3 && left >= 3 && top + height <= 45 && left + width <= 33);
    }
  }
  // 0.95^5 of the images have five windows, 0.05 none.
  assertAlmostEquals(counts[5]! / drawn.length, 0.95 ** 5, 0.03);
  assertAlmostEquals(counts[0]! / drawn.length, 0.05, 0.02);
  const inpainted = drawn.filter(({ mode }) => mode === "inpainting").length;
  assertAlmostEquals(inpainted / drawn.length, 0.5, 0.04);
  const sides = new Set(drawn.flatMap(({ windows }) => windows.map(({ height }) => height)));
  assertEquals([Math.min(...sides), Math.max(...sides), sides.size], [8, 16, 9]);
});

Deno.test("sampleRandMwm() is plain JSON, follows the seed, and refuses tiny images", () => {
  const drawn = sampleRandMwm([3, 16, 16, 1], random);
  assertEquals(JSON.parse(JSON.stringify(drawn)), drawn);
  assertEquals(sampleRandMwm([3, 16, 16, 1], RandomStream.fromSeed(1)), drawn);
  assertThrows(() => sampleRandMwm([1, 8, 16, 1], random), RangeError, "8 x 16");
});

Deno.test("applyRandMwm() changes the windows, or all but the windows", () => {
  const shape: [number, number, number, number] = [2, 16, 16, 2];
  const images = new Float32Array(2 * 16 * 16 * 2).fill(2);
  const windows = [{ top: 3, left: 4, height: 5, width: 2 }];
  const masking = (mode: WindowMasking["mode"]): WindowMasking => ({
    mode,
    windows,
    noise: random.stream(mode).state(),
  });
  const maskings = [masking("inpainting"), masking("outpainting")];
  const found = applyRandMwm(images, shape, maskings);
  assertEquals(found, applyRandMwm(images, shape, JSON.parse(JSON.stringify(maskings))));
  assert(images.every((value) => value === 2), "the input stays");
  for (let n = 0, at = 0; n < 2; n++) {
    for (let p = 0; p < 256; p++) {
      const [y, x] = [Math.floor(p / 16), p % 16];
      const inside = y >= 3 && y < 8 && x >= 4 && x < 6;
      for (let c = 0; c < 2; c++, at++) {
        const noise = found[at]! >= 0 && found[at]! < 1;
        assertEquals(noise, inside === (n === 0), `image ${n}, row ${y}, column ${x}`);
      }
    }
  }
});

Deno.test("randMwm gives one batch, within 0-1, that follows the seed, and leaks nothing", () => {
  const network = DualNetwork.initialise(TINY, random);
  const inputs = tf.tidy(() => {
    const { image, noisyImage, labels, oneHot } = stepInputs();
    return { image, noisyImage: tf.clipByValue(noisyImage, 0, 1), labels, oneHot };
  });
  const before = tf.memory().numTensors;
  const run = (seed: number) => {
    const [found, ...more] = randMwm.augment!(network, inputs, RandomStream.fromSeed(seed));
    assertEquals([more.length, found!.weight, found!.consistency], [0, 1, undefined]);
    assertEquals(found!.image.shape, [2, 16, 16, 1]);
    const values = found!.image.dataSync();
    found!.image.dispose();
    return values;
  };
  const values = run(4);
  assert(values.every((value) => value >= 0 && value <= 1));
  assertEquals(run(4), values);
  assert(run(5).some((value, i) => value !== values[i]));
  assertEquals(tf.memory().numTensors, before);
  network.dispose();
});
