import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { maxStyle, sampleMaxStyle } from "../../../lib/learning/baselines/max_style.ts";
import { StyledImages } from "../../../lib/learning/baselines/styled_images.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { minMaxSlices } from "../../../lib/base/volume/normalise.ts";
import { startBackend, tf, withEarlyRelease } from "../../../wasm/mod.ts";
import { stepInputs, TINY } from "../cooperative/tiny_step.ts";

await startBackend({ threads: 1 });

const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
const inputs = stepInputs(32, 3);
const code = tf.tidy(() => network.encodeImage(inputs.noisyImage, "isolated").image);
const PLACES = ["up3", "up4", "output"] as const;

/** A seed whose draw has just these places. */
function seedWith(...wanted: readonly string[]): number {
  for (let seed = 0;; seed++) {
    const drawn = sampleMaxStyle(3, TINY, RandomStream.fromSeed(seed));
    if (Object.keys(drawn).join() === wanted.join()) return seed;
  }
}

Deno.test("sampleMaxStyle() draws each place at even chance, of its width", () => {
  const options = { ...TINY, baseWidth: 5, inputChannels: 2 };
  const drawn = Array.from(
    { length: 800 },
    (_, n) => sampleMaxStyle(3, options, RandomStream.fromSeed(n)),
  );
  for (const place of PLACES) {
    const found = drawn.filter((one) => one[place]);
    assertAlmostEquals(found.length / drawn.length, 0.5, 0.06);
    const channels = place === "output" ? 2 : 5;
    assert(found.every((one) => one[place]!.meanNoise.length === 3 * channels));
  }
  const two = Array.from(
    { length: 20 },
    (_, n) => sampleMaxStyle(3, { ...options, levels: 2 }, RandomStream.fromSeed(n)),
  );
  assertEquals(new Set(two.flatMap(Object.keys)), new Set(["up1", "up2", "output"]));
  assert(two.every(({ up1 }) => up1 === undefined || up1.meanNoise.length === 3 * 2 * 5));
  const none = drawn.filter((one) => Object.keys(one).length === 0).length;
  assertAlmostEquals(none / drawn.length, 1 / 8, 0.04);
  assertEquals(sampleMaxStyle(1, options, RandomStream.fromSeed(seedWith(...PLACES))), {});
});

Deno.test("decodeImage() shows each map on its way, and is the same where none changes", () => {
  tf.tidy(() => {
    const seen: [string, number[]][] = [];
    const image = network.decodeImage(code, "isolated", (where, map) => {
      seen.push([where, map.shape]);
      return map;
    });
    assertEquals(seen, [
      ["up1", [3, 4, 4, 8]],
      ["up2", [3, 8, 8, 4]],
      ["up3", [3, 16, 16, 2]],
      ["up4", [3, 32, 32, 2]],
      ["output", [3, 32, 32, 1]],
    ]);
    assertEquals(image.dataSync(), network.decodeImage(code, "isolated").dataSync());
  });
});

Deno.test("StyledImages.ascend() raises the segmentation's loss, whichever places are drawn", () => {
  for (const places of [["up3"], ["up4"], ["output"], PLACES]) {
    const styles = sampleMaxStyle(3, TINY, RandomStream.fromSeed(seedWith(...places)));
    const state = network.parameters.values(), before = tf.memory().numTensors;
    const styled = new StyledImages(network, code, inputs.labels, styles);
    const first = styled.loss();
    styled.ascend();
    const last = styled.loss();
    assert(last > first + 1e-3, `${places}: ${first} to ${last}`);
    styled.dispose();
    assertEquals(tf.memory().numTensors, before);
    assertEquals(network.parameters.values(), state, "neither weights nor statistics move");
  }
});

Deno.test("maxStyle gives one batch within 0-1 that follows the seed, and leaks nothing", () => {
  const before = tf.memory().numTensors;
  const run = (seed: number) => {
    const [found, ...more] = maxStyle.augment!(network, inputs, RandomStream.fromSeed(seed));
    assertEquals([more.length, found!.weight, found!.consistency], [0, 1, undefined]);
    assertEquals(found!.image.shape, [3, 32, 32, 1]);
    const values = found!.image.dataSync();
    found!.image.dispose();
    return values;
  };
  const seed = seedWith(...PLACES), values = run(seed);
  for (let n = 0; n < 3; n++) {
    const image = values.slice(n * 1024, (n + 1) * 1024);
    assertEquals([Math.min(...image), Math.max(...image)], [0, 1]);
  }
  assertEquals(run(seed), values);
  assertEquals(withEarlyRelease(() => run(seed)), values, "as a training step calls it");
  assert(run(seedWith("up3")).some((value, i) => value !== values[i]));
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("maxStyle trains on the scaled reconstruction where no place is drawn", () => {
  const [found] = maxStyle.augment!(network, inputs, RandomStream.fromSeed(seedWith()));
  const plain = tf.tidy(() => network.decodeImage(code, "isolated").dataSync() as never);
  assertEquals(found!.image.dataSync(), minMaxSlices(plain, 1024));
  found!.image.dispose();
});
