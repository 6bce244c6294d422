import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { DualNetwork, dualNetworkSpecs } from "../../../lib/learning/models/dual_network.ts";
import { initialValues } from "../../../lib/learning/nn/initialise.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { startBackend, type Tensor4D, tf } from "../../../wasm/mod.ts";
import { stepInputs, TINY } from "../cooperative/tiny_step.ts";

await startBackend({ threads: 1 });

/** Learnt numbers of the modules. */
function counts(classes: number) {
  const found: Record<string, number> = {};
  for (
    const [name, { shape, kind }] of dualNetworkSpecs({ baseWidth: 16, classes, inputChannels: 1 })
  ) {
    if (kind === "buffer") continue;
    const module = name.split(".")[0]!;
    found[module] = (found[module] ?? 0) + shape.reduce((a, b) => a * b, 1);
  }
  return found;
}

Deno.test("dualNetworkSpecs() has the published numbers of parameters", () => {
  const found = counts(4);
  assertEquals(found, {
    image_encoder: 1_125_888,
    segmentation_decoder: 161_732,
    image_decoder: 248_961,
    shape_encoder: 830_640,
    shape_decoder: 161_732,
  });
  const sum = (...names: string[]) => names.reduce((total, name) => total + found[name]!, 0);
  assertEquals(sum("image_encoder", "segmentation_decoder", "image_decoder"), 1_536_581);
  assertEquals(sum("shape_encoder", "shape_decoder"), 992_372);
  assertEquals(sum(...Object.keys(found)), 2_528_953);
});

Deno.test("dualNetworkSpecs() changes with the classes where they come in and out alone", () => {
  const base = counts(4);
  for (const classes of [2, 3, 9]) {
    assertEquals(counts(classes), {
      ...base,
      segmentation_decoder: 161_664 + 17 * classes,
      shape_encoder: 830_064 + 144 * classes,
      shape_decoder: 161_664 + 17 * classes,
    });
  }
});

const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));

Deno.test("DualNetwork counts what its tensors hold", () => {
  let count = 0;
  for (const { shape, kind } of dualNetworkSpecs(TINY).values()) {
    if (kind === "weight") count += shape.reduce((a, b) => a * b, 1);
  }
  assertEquals(network.parameters.count, count);
});

Deno.test("DualNetwork gives codes, logits, images and refined logits of the right shape", () => {
  tf.tidy(() => {
    const { image } = stepInputs(32, 3);
    for (const mode of ["train", "isolated", "evaluate"] as const) {
      const codes = network.encodeImage(image, mode);
      assertEquals([codes.image.shape, codes.shape.shape], [[3, 2, 2, 16], [3, 2, 2, 16]]);
      for (const code of [codes.image, codes.shape]) {
        assert(code.dataSync().every((value) => value >= 0), "a code is negative");
      }
      const logits = network.decodeSegmentation(codes.shape, mode);
      assertEquals(logits.shape, [3, 32, 32, 3]);
      const decoded = network.decodeImage(codes.image, mode);
      assertEquals(decoded.shape, [3, 32, 32, 1]);
      assert(decoded.dataSync().every((value) => value > 0 && value < 1));
      assertEquals(network.refineLogits(logits, mode).shape, [3, 32, 32, 3]);
    }
  });
});

Deno.test("DualNetwork.refineLogits() is the refinement of softmax(logits / temperature)", () => {
  tf.tidy(() => {
    const logits = tf.tensor4d(
      Float32Array.from({ length: 16 * 16 * 3 }, (_, i) => Math.sin(i) * 4),
      [1, 16, 16, 3],
    );
    const refine = (temperature: number) =>
      network.refine(tf.softmax(tf.div(logits, temperature)), "evaluate").dataSync();
    const near = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).every((value, i) => Math.abs(value - b[i]!) < 1e-4);
    assert(near(network.refineLogits(logits, "evaluate").dataSync(), refine(2)), "default is 2");
    assert(near(network.refineLogits(logits, "evaluate", 1).dataSync(), refine(1)));
    assert(!near(refine(1), refine(2)));
  });
});

Deno.test("DualNetwork has no way round the code", () => {
  tf.tidy(() => {
    const decoded = (code: Tensor4D) => network.decodeImage(code, "evaluate").dataSync();
    const zeros = tf.zeros([2, 1, 1, 16]) as Tensor4D;
    const [first, second] = [decoded(zeros).slice(0, 256), decoded(zeros).slice(256)];
    assertEquals(first, second);
  });
});

Deno.test("DualNetwork refuses the values of another architecture", () => {
  const values = initialValues(dualNetworkSpecs(TINY), RandomStream.fromSeed(1));
  assertThrows(
    () => new DualNetwork({ ...TINY, classes: 4 }, values),
    RangeError,
    "segmentation_decoder.final_conv.weight is [3,2,1,1], wanted [4,2,1,1]",
  );
  values.delete("shape_encoder.inc.0.weight");
  assertThrows(
    () => new DualNetwork(TINY, values),
    RangeError,
    "Cannot load the network: shape_encoder.inc.0.weight is missing",
  );
});

Deno.test("DualNetwork.fold() changes the last digits of evaluation alone, and leaves nothing", () => {
  const before = tf.memory().numTensors;
  for (const baseWidth of [2, 8]) {
    const options = { ...TINY, baseWidth };
    const plain = DualNetwork.initialise(options, RandomStream.fromSeed(2));
    const inputs = stepInputs(32), { image } = inputs;
    const run = (of: DualNetwork, mode: "train" | "evaluate") =>
      tf.tidy(() => {
        const codes = of.encodeImage(image, mode);
        const logits = of.decodeSegmentation(codes.shape, mode);
        const maps = [logits, of.refineLogits(logits, mode), of.decodeImage(codes.image, mode)];
        return maps.map((map) => map.dataSync().slice()) as never;
      }) as Float32Array[];
    for (let step = 0; step < 3; step++) run(plain, "train");
    const folded = new DualNetwork(options, plain.parameters.values());
    folded.fold();
    const wanted = run(plain, "evaluate"), found = run(folded, "evaluate");
    wanted.forEach((values, n) => {
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      values.forEach((value, i) => assert(Math.abs(value - found[n]![i]!) < 2e-5 * largest));
    });
    // Kept weights serve the next time, and training knows nothing of them.
    assertEquals(run(folded, "evaluate"), found);
    assertEquals(run(folded, "train"), run(plain, "train"));
    [plain, folded].forEach((one) => one.dispose());
    tf.dispose(inputs as never);
  }
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("DualNetwork's values make an equal network", () => {
  const copy = new DualNetwork(TINY, network.parameters.values());
  tf.tidy(() => {
    const { image } = stepInputs(16);
    assertEquals(
      copy.encodeImage(image, "evaluate").shape.dataSync(),
      network.encodeImage(image, "evaluate").shape.dataSync(),
    );
  });
  copy.dispose();
});
