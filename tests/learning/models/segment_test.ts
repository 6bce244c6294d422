import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { segmentSlices } from "../../../lib/learning/models/segment.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { softmax, startBackend, type Tensor4D, tf } from "../../../wasm/mod.ts";
import { randomValues } from "../../wasm/reference.ts";
import { TINY } from "../cooperative/tiny_step.ts";

await startBackend({ threads: 1 });

const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
const images = randomValues("images", 5 * 256, 0, 1);
const stack = { images, slices: 5, channels: 1, ...square(16) };
// Running statistics that fit the images, without which one class is everywhere.
for (let pass = 0; pass < 30; pass++) {
  tf.tidy(() => {
    const codes = network.encodeImage(tf.tensor4d(images, [5, 16, 16, 1]), "train");
    network.refineLogits(network.decodeSegmentation(codes.shape, "train"), "train");
  });
}

Deno.test("segmentSlices() does not depend on how many slices go at once", () => {
  const more = { temperature: 2, reconstruction: true, probabilities: true };
  const all = segmentSlices(network, stack, { chunk: 5, ...more });
  for (const chunk of [1, 2, 10]) {
    assertEquals(segmentSlices(network, stack, { chunk, ...more }), all);
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

Deno.test("segmentSlices() gives the probabilities of both networks, of which its classes are the largest", () => {
  const found = segmentSlices(network, stack, { chunk: 2, temperature: 2, probabilities: true });
  for (const name of ["ftn", "stn"] as const) {
    const likely = found.probabilities![name]!;
    assertEquals(likely.length, 5 * 256 * 3);
    for (let pixel = 0; pixel < 5 * 256; pixel++) {
      const own = likely.subarray(3 * pixel, 3 * pixel + 3);
      assertAlmostEquals(own[0]! + own[1]! + own[2]!, 1, 1e-6);
      assertEquals(own[found[name]![pixel]!], Math.max(...own));
    }
  }
});

Deno.test("segmentSlices() decodes no image and refines nothing unless it is asked to", () => {
  const options = { chunk: 5, temperature: 2 };
  const found = segmentSlices(network, stack, options);
  assertEquals(Object.keys(found).sort(), ["ftn", "stn"]);
  const alone = segmentSlices(network, stack, { ...options, refinements: 0, probabilities: true });
  assertEquals(Object.keys(alone).sort(), ["ftn", "probabilities"]);
  assertEquals([alone.ftn, Object.keys(alone.probabilities!)], [found.ftn, ["ftn"]]);
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
      () => segmentSlices(network, { ...stack, ...square(size) }, options),
      RangeError,
      `size is ${size} x ${size}, wanted multiples of 16`,
    );
  }
  assertThrows(
    () => segmentSlices(network, stack, { ...options, refinements: -1 }),
    RangeError,
    "refinements is -1",
  );
  assertThrows(
    () => segmentSlices(network, { ...stack, slices: 4 }, options),
    TypeError,
    "1280 pixels, wanted 4 x 1 x 256",
  );
});

/** Two channels of two slices, larger than a tile and no multiple of 16. */
const large = {
  images: randomValues("large images", 2 * 2 * 50 * 83, 0, 1),
  ...{ slices: 2, channels: 2, height: 50, width: 83, tile: { height: 32, width: 48 } },
};

/** A network that looks at one pixel at a time, and gives images back as they are. */
const pixelwise = (() => {
  const map = (x: Tensor4D, of: (pixel: Float32Array) => number[]) => {
    const values = x.dataSync() as Float32Array, depth = x.shape[3], found: number[] = [];
    for (let at = 0; at < values.length; at += depth) {
      found.push(...of(values.subarray(at, at + depth)));
    }
    const [n, h, w] = x.shape;
    return tf.tensor4d(found, [n, h, w, found.length / (n * h * w)]);
  };
  return {
    options: { baseWidth: 1, classes: 3, inputChannels: 2 },
    encodeImage: (image: Tensor4D) => ({ image, shape: image }),
    decodeSegmentation: (code: Tensor4D) => map(code, ([a, b]) => [2 * a!, 3 * b!, 0.8]),
    refineLogits: (logits: Tensor4D) => map(logits, ([a, b, c]) => [c!, a!, b!]),
    decodeImage: (code: Tensor4D) => map(code, (pixel) => [...pixel]),
  } as unknown as DualNetwork;
})();

Deno.test("segmentSlices() in tiles gives the classes of whole slices where only the pixel counts", () => {
  const options = { temperature: 2, refinements: 2, entropy: true, reconstruction: true };
  const { images, slices, channels, height, width } = large, area = height * width;
  const logits = Array.from({ length: slices * area }, (_, n) => {
    const at = Math.floor(n / area) * channels * area + n % area;
    return [2 * images[at]!, 3 * images[at + area]!, Math.fround(0.8)];
  });
  const likely = (values: number[]) => values.indexOf(Math.max(...values));
  const ftn = Uint8Array.from(logits, likely);
  const entropyOf = (slice: number) => {
    const own = logits.slice(slice * area, (slice + 1) * area).map((values) => {
      const e = values.map(Math.exp), z = e.reduce((sum, value) => sum + value);
      return e.reduce((sum, value) => sum - value / z * Math.log(value / z), 0);
    });
    return own.reduce((sum, value) => sum + value) / area;
  };
  const tensors = tf.memory().numTensors;
  for (const chunk of [1, 4, 100]) {
    const found = segmentSlices(pixelwise, large, { ...options, chunk });
    assertEquals(found.ftn, ftn);
    // Each pass turns the classes by one.
    assertEquals(found.stn, ftn.map((value) => (value + 1) % 3));
    assertEquals(found.passes, [1, 2].map((by) => ftn.map((value) => (value + by) % 3)));
    assertEquals(found.reconstruction!.length, images.length);
    images.forEach((value, n) => assertAlmostEquals(found.reconstruction![n]!, value, 1e-5));
    assertEquals(found.entropy!.length, slices);
    found.entropy!.forEach((value, slice) => assertAlmostEquals(value, entropyOf(slice), 1e-4));
  }
  assertEquals(tf.memory().numTensors, tensors);
});

Deno.test("segmentSlices() blends what a real network says of overlapping tiles", () => {
  const tiled = { images: randomValues("tiled", 3 * 16 * 40, 0, 1), slices: 3, channels: 1 };
  const stack = { ...tiled, height: 16, width: 40, tile: square(16) };
  const options = {
    ...{ chunk: 2, temperature: 2, refinements: 2 },
    ...{ entropy: true, reconstruction: true },
  };
  const all = segmentSlices(network, stack, options);
  const { ftn, stn, passes, reconstruction, entropy } = all;
  assertEquals([ftn.length, stn!.length, reconstruction!.length], Array(3).fill(3 * 16 * 40));
  assertEquals([passes!.length, entropy!.length], [2, 3]);
  assert(entropy!.every((value) => value > 0 && value < Math.log(3)));
  assert(reconstruction!.every((value) => value > 0 && value < 1));
  // Tiles begin at 0, 8, 16 and 24: the first alone covers column 0.
  const first = Float32Array.from(
    { length: 3 * 256 },
    (_, n) => stack.images[Math.floor(n / 16) * 40 + n % 16]!,
  );
  const alone = segmentSlices(network, { ...tiled, images: first, ...square(16) }, options);
  for (let row = 0; row < 3 * 16; row++) {
    assertEquals(ftn[row * 40], alone.ftn[row * 16], `row ${row}`);
    assertAlmostEquals(reconstruction![row * 40]!, alone.reconstruction![row * 16]!, 1e-6);
  }
  const { tile: _, ...whole } = { ...stack, width: 32, images: stack.images.subarray(0, 3 * 512) };
  assertEquals(
    segmentSlices(network, { ...whole, tile: { height: 16, width: 32 } }, options),
    segmentSlices(network, whole, options),
  );
  const few = segmentSlices(network, stack, { ...options, networks: "segmentation" });
  assertEquals(few, { ftn, entropy: entropy! });
});

Deno.test("segmentSlices() refuses tiles that the network cannot see, or that are larger", () => {
  const options = { chunk: 1, temperature: 2 };
  assertThrows(
    () => segmentSlices(pixelwise, { ...large, tile: { height: 32, width: 40 } }, options),
    RangeError,
    "size is 32 x 40, wanted multiples of 16",
  );
  assertThrows(
    () => segmentSlices(pixelwise, { ...large, tile: { height: 64, width: 48 } }, options),
    RangeError,
    "a side is 50, wanted at least 64",
  );
});
