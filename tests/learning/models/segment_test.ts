import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { segmentSlices } from "../../../lib/learning/models/segment.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { softmax, startBackend, tf } from "../../../wasm/mod.ts";
import { randomValues } from "../../wasm/reference.ts";
import { TINY } from "../cooperative/tiny_step.ts";

await startBackend({ threads: 1 });

const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
const images = randomValues("images", 5 * 256, 0, 1);
const stack = { images, slices: 5, size: 16 };
// Running statistics that fit the images, without which one class is everywhere.
for (let pass = 0; pass < 30; pass++) {
  tf.tidy(() => {
    const codes = network.encodeImage(tf.tensor4d(images, [5, 16, 16, 1]), "train");
    network.refineLogits(network.decodeSegmentation(codes.shape, "train"), "train");
  });
}

Deno.test("segmentSlices() does not depend on how many slices go at once", () => {
  const all = segmentSlices(network, stack, { chunk: 5, temperature: 2 });
  for (const chunk of [1, 2, 10]) {
    assertEquals(segmentSlices(network, stack, { chunk, temperature: 2 }), all);
  }
  assertEquals([all.ftn.length, all.stn!.length, all.reconstruction!.length], Array(3).fill(1280));
  assert(all.reconstruction!.every((value) => value > 0 && value < 1));
});

Deno.test("segmentSlices() takes the STN once, on softmax(FTN logits / temperature)", () => {
  const { ftn, stn } = segmentSlices(network, stack, { chunk: 5, temperature: 2 });
  tf.tidy(() => {
    const { shape } = network.encodeImage(tf.tensor4d(images, [5, 16, 16, 1]), "evaluate");
    const logits = network.decodeSegmentation(shape, "evaluate");
    const refined = network.refine(softmax(logits, 2), "evaluate");
    const classes = (map: typeof logits) => Uint8Array.from(tf.argMax(map, -1).dataSync());
    assertEquals(ftn, classes(logits));
    assertEquals(stn, classes(refined));
    for (const found of [ftn, stn!]) {
      assert(found.some((value) => value !== found[0]), "one class alone shows nothing");
    }
    assert(ftn.some((value, i) => value !== stn![i]), "both networks say the same");
  });
});

Deno.test("segmentSlices() gives an STN that learnt from labels the most likely classes", () => {
  const options = { chunk: 2, temperature: 2, shapePrior: "degraded-labels" } as const;
  const found = segmentSlices(network, stack, { ...options, refinements: 2 });
  const soft = segmentSlices(network, stack, { chunk: 5, temperature: 2 });
  assertEquals(found.ftn, soft.ftn);
  assert(
    found.stn!.some((value, i) => value !== soft.stn![i]),
    "as if it were given probabilities",
  );
  tf.tidy(() => {
    let before = found.ftn;
    for (const pass of found.passes!) {
      const labels = tf.tensor4d(
        Float32Array.from(
          { length: 5 * 256 * 3 },
          (_, i) => +(before[Math.floor(i / 3)] === i % 3),
        ),
        [5, 16, 16, 3],
      );
      const refined = network.refine(labels, "evaluate");
      assertEquals(pass, Uint8Array.from(tf.argMax(refined, -1).dataSync()));
      before = pass;
    }
  });
});

Deno.test("segmentSlices() gives each pass of the STN, and how unsure the FTN is", () => {
  const options = { chunk: 2, temperature: 3 };
  const found = segmentSlices(network, stack, {
    ...options,
    refinements: 3,
    entropy: true,
  });
  const { passes, entropy, ...rest } = found;
  assertEquals(segmentSlices(network, stack, options), rest);
  assertEquals([passes!.length, passes![0]], [3, found.stn!]);
  tf.tidy(() => {
    const { shape } = network.encodeImage(tf.tensor4d(images, [5, 16, 16, 1]), "evaluate");
    let logits = network.decodeSegmentation(shape, "evaluate");
    const p = softmax(logits, 1).dataSync() as Float32Array;
    const sum = p.reduce((total, value) => total - value * Math.log(value), 0);
    const mean = entropy!.reduce((total, value) => total + value, 0) / 5;
    assertAlmostEquals(mean, sum / 1280, 1e-5);
    for (const pass of passes!) {
      logits = network.refine(softmax(logits, 3), "evaluate");
      assertEquals(pass, Uint8Array.from(tf.argMax(logits, -1).dataSync()));
    }
  });
});

Deno.test("segmentSlices() leaves out the STN and the image decoder where they have no part", () => {
  const options = { chunk: 5, temperature: 2 };
  const alone = segmentSlices(network, stack, { ...options, networks: "segmentation" });
  const { ftn } = segmentSlices(network, stack, options);
  assertEquals(alone, { ftn });
});

Deno.test("segmentSlices() changes no state and leaves no tensor behind", () => {
  const before = network.parameters.values(), tensors = tf.memory().numTensors;
  segmentSlices(network, stack, { chunk: 3, temperature: 2 });
  assertEquals(network.parameters.values(), before);
  assertEquals(tf.memory().numTensors, tensors);
});

Deno.test("segmentSlices() refuses sizes and numbers of pixels that do not fit", () => {
  const options = { chunk: 1, temperature: 2 };
  for (const size of [24, 0, 8]) {
    assertThrows(
      () => segmentSlices(network, { ...stack, size }, options),
      RangeError,
      `size is ${size}, wanted a multiple of 16`,
    );
  }
  assertThrows(
    () => segmentSlices(network, stack, { ...options, refinements: 0 }),
    RangeError,
    "refinements is 0",
  );
  assertThrows(
    () => segmentSlices(network, { ...stack, slices: 4 }, options),
    TypeError,
    "1280 pixels, wanted 4 x 256",
  );
});
