import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";
import { segmentSlices } from "../../../lib/learning/models/segment.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { CooperativeStepper } from "../../../lib/learning/cooperative/cooperative_stepper.ts";
import type { Stepper } from "../../../lib/learning/training/stepper.ts";
import { IGNORED_LABEL, startBackend, tf } from "../../../wasm/mod.ts";
import { TINY, tinyBatch } from "./tiny_step.ts";

await startBackend({ threads: 2 });

const configOf = (method: Record<string, unknown> = {}) => ({
  ...parseConfig({ method, optimizer: { learningRate: 3e-3 }, training: { threads: 2 } }),
  model: TINY,
});
const make = (method: Record<string, unknown> = {}) =>
  new CooperativeStepper(configOf(method), RandomStream.fromSeed(1));
const batch = tinyBatch();
const stack = { images: batch.images, slices: 2, channels: 1, ...square(16) };

/** Takes steps, each with a stream of its own; returns their losses. */
const steps = (stepper: Stepper, first: number, last: number) => {
  const losses = [];
  for (let i = first; i <= last; i++) {
    losses.push(stepper.step(batch, RandomStream.fromSeed(5).stream("step", i)));
  }
  return losses;
};

Deno.test("CooperativeStepper.step() learns, and leaves no tensor behind", () => {
  const stepper = make(), tensors = tf.memory().numTensors;
  const losses = steps(stepper, 1, 25);
  assertEquals(tf.memory().numTensors, tensors);
  const mean = (part: typeof losses) =>
    part.reduce((sum, { totalLoss }) => sum + totalLoss!, 0) / part.length;
  assert(
    mean(losses.slice(-5)) < 0.9 * mean(losses.slice(0, 5)),
    `${mean(losses.slice(0, 5))} to ${mean(losses.slice(-5))}`,
  );
  stepper.dispose();
});

Deno.test("CooperativeStepper goes on digit for digit from tensors()", () => {
  const whole = make(), expected = steps(whole, 1, 6);
  const first = make();
  steps(first, 1, 3);
  const state = first.tensors();
  const second = new CooperativeStepper(configOf(), RandomStream.fromSeed(9));
  steps(second, 1, 1);
  second.load(state);
  assertEquals(steps(second, 4, 6), expected.slice(3));
  assertEquals(second.tensors(), whole.tensors());
  for (const stepper of [whole, first, second]) stepper.dispose();
});

Deno.test("CooperativeStepper draws from the given stream alone", () => {
  const [a, b] = [make(), make()];
  const other = RandomStream.fromSeed(77);
  assertEquals(steps(a, 1, 2), steps(b, 1, 2));
  assert(a.step(batch, other).totalLoss !== b.step(batch, RandomStream.fromSeed(78)).totalLoss);
  a.dispose();
  b.dispose();
});

Deno.test("CooperativeStepper lets the weight of hard examples rise over method.hardRamp steps", () => {
  const [whole, ramped] = [make(), make({ hardWeight: 0.5, hardRamp: 4 })];
  const [[of], [own]] = [steps(whole, 1, 1), steps(ramped, 1, 1)];
  for (const name of ["hardImageLoss", "hardSegmentationLoss", "hardCorruptedShapeLoss"]) {
    assertAlmostEquals(own![name]!, of![name]! * 0.5 / 4, 1e-6);
  }
  assertEquals(own!.standardShapeLoss, of!.standardShapeLoss);
  const later = steps(ramped, 2, 5).map((losses) => losses.hardSegmentationLoss!);
  assert(later[0]! < later[2]!, `${later}`);
  whole.dispose();
  ramped.dispose();
});

Deno.test("CooperativeStepper without latent augmentation takes standard steps", () => {
  const stepper = make({ latentAugmentation: false });
  const [losses] = steps(stepper, 1, 1);
  assertEquals(Object.keys(losses!).filter((name) => name.startsWith("hard")), []);
  stepper.dispose();
});

Deno.test("CooperativeStepper adds noise of the configured size to what the networks see", () => {
  const losses = [0, 0.05, 0.5].map((noise) => {
    const stepper = make({ noise });
    const [found] = steps(stepper, 1, 1);
    stepper.dispose();
    return found!;
  });
  const [still, little, much] = losses.map((terms) => terms.standardSegmentationLoss!);
  assert(still !== little && Math.abs(much! - still!) > Math.abs(little! - still!));
  // The labels' own term sees no image.
  assertEquals(new Set(losses.map((terms) => terms.standardLabelShapeLoss)).size, 1);
});

Deno.test("CooperativeStepper.segment() is segmentSlices() with the configured temperature", () => {
  const stepper = make({ temperature: 3 });
  assertEquals(
    stepper.segment(stack),
    segmentSlices(stepper.network, stack, { chunk: 1, temperature: 3 }),
  );
  stepper.dispose();
});

Deno.test("CooperativeStepper.segment() refines labels where the STN learnt from such", () => {
  const method = { latentAugmentation: false, shapePrior: "degraded-labels" } as const;
  const stepper = make(method);
  steps(stepper, 1, 5);
  const options = { chunk: 2, temperature: 2 };
  const [labels, soft] = [{ shapePrior: method.shapePrior }, {}].map((prior) =>
    segmentSlices(stepper.network, stack, { ...options, ...prior })
  );
  assertEquals(stepper.segment(stack), labels);
  assert(labels!.stn!.some((value, i) => value !== soft!.stn![i]), "both are the same here");
  stepper.dispose();
});

Deno.test("CooperativeStepper.hardExample() shows both, and changes no state", () => {
  const stepper = make();
  const before = stepper.tensors(), tensors = tf.memory().numTensors;
  const { image, probabilities } = stepper.hardExample(batch, RandomStream.fromSeed(3));
  assertEquals([image!.length, probabilities!.length], [512, 1536]);
  assert(image!.every((value) => value > 0 && value < 1));
  for (let i = 0; i < 1536; i += 3) {
    const sum = probabilities![i]! + probabilities![i + 1]! + probabilities![i + 2]!;
    assert(Math.abs(sum - 1) < 1e-5);
  }
  assertEquals(stepper.tensors(), before);
  assertEquals(tf.memory().numTensors, tensors);
  stepper.dispose();
});

Deno.test("CooperativeStepper.hardExample() has what the method masks, and nothing where it does not", () => {
  const found = (method: Record<string, unknown>) => {
    const stepper = make(method);
    const parts = stepper.hardExample(batch, RandomStream.fromSeed(3));
    stepper.dispose();
    return [parts.image?.length, parts.probabilities?.length, Object.keys(parts.masks ?? {})];
  };
  assertEquals(found({ maskScope: ["image"] }), [512, undefined, ["image"]]);
  assertEquals(found({ maskScope: ["shape"] }), [undefined, 1536, ["shape"]]);
  assertEquals(found({ latentAugmentation: false }), [undefined, undefined, []]);
});

Deno.test("CooperativeStepper of the segmentation alone has no STN and no reconstruction", () => {
  const stepper = make({ networks: "segmentation", latentAugmentation: false });
  assertEquals([stepper.networks, make().networks], [["ftn"], ["ftn", "stn"]]);
  const found = stepper.segment(stack);
  assertEquals([found.stn, found.reconstruction], [undefined, undefined]);
  stepper.dispose();
});

Deno.test("CooperativeStepper refuses labels beyond its classes and foreign tensors", () => {
  const stepper = make(), tensors = tf.memory().numTensors;
  const labels = batch.labels.slice();
  labels[100] = 3;
  assertThrows(
    () => stepper.step({ ...batch, labels }, RandomStream.fromSeed(1)),
    RangeError,
    "Cannot train: a label is 3, wanted 0 to 2 or 255, which is ignored",
  );
  assertEquals(tf.memory().numTensors, tensors);
  const state = stepper.tensors();
  state.delete("image_decoder.up1.up.weight");
  assertThrows(() => stepper.load(state), RangeError, "image_decoder.up1.up.weight is missing");
  stepper.dispose();
});

/** The batch, some of whose pixels nobody labelled. */
const withIgnored = (ignored: (at: number) => boolean) => ({
  ...batch,
  labels: batch.labels.map((label, at) => ignored(at) ? IGNORED_LABEL : label),
});

Deno.test("CooperativeStepper learns nothing about segmentation where all is ignored", () => {
  const stepper = make();
  const losses = stepper.step(withIgnored(() => true), RandomStream.fromSeed(5));
  for (const [name, value] of Object.entries(losses)) {
    if (/^(standard|hard)Image|^total/.test(name)) assert(value > 0, name);
    else assertEquals(value, 0, name);
  }
  stepper.dispose();
});

Deno.test("CooperativeStepper takes steps with ignored pixels, Dice and weights, the same twice", () => {
  const some = withIgnored((at) => at % 3 === 0);
  for (
    const method of [
      {},
      { segmentationLoss: "ce+dice" },
      { segmentationLoss: "ce+dice", classWeights: "balanced" },
      { classWeights: [1, 2, 0] },
    ]
  ) {
    const run = () => {
      const stepper = make(method), tensors = tf.memory().numTensors;
      const losses = [1, 2].map((n) => stepper.step(some, RandomStream.fromSeed(n)));
      assertEquals(tf.memory().numTensors, tensors);
      stepper.dispose();
      return losses;
    };
    const losses = run();
    assertEquals(run(), losses);
    assert(losses.every((loss) => Object.values(loss).every(Number.isFinite)));
  }
});

Deno.test("CooperativeStepper adds the Dice loss to each loss of a segmentation", () => {
  const lossesOf = (method: Record<string, unknown>) => {
    const stepper = make(method), losses = stepper.step(batch, RandomStream.fromSeed(5));
    stepper.dispose();
    return losses;
  };
  // By dropout the masks do not depend on the losses.
  const mask = { scheme: "dropout" }, common = { imageMask: mask, shapeMask: mask };
  const plain = lossesOf(common), both = lossesOf({ ...common, segmentationLoss: "ce+dice" });
  assertEquals(lossesOf({ ...common, segmentationLoss: "ce", classWeights: null }), plain);
  for (const [name, value] of Object.entries(plain)) {
    if (name === "totalLoss") continue;
    const more = both[name]! - value;
    if (/Image/.test(name)) assertEquals(more, 0, name);
    else assert(more > 0 && more < 1, `${name} grew by ${more}`);
  }
});

Deno.test("CooperativeStepper refuses class weights that are not one a class", () => {
  assertThrows(
    () => make({ classWeights: [1, 2] }),
    RangeError,
    "method.classWeights are 2, wanted 3, one a class",
  );
});

Deno.test("CooperativeStepper.dispose() gives all memory back", () => {
  const tensors = tf.memory().numTensors, stepper = make();
  steps(stepper, 1, 1);
  stepper.dispose();
  assertEquals(tf.memory().numTensors, tensors);
});

Deno.test("CooperativeStepper.hardExample() shows the changed image of an image-space method", () => {
  const stepper = make({ latentAugmentation: false, imageAugmentation: "rand-mwm" });
  const batch = tinyBatch(32), tensors = tf.memory().numTensors;
  const { image, probabilities } = stepper.hardExample(batch, RandomStream.fromSeed(3));
  assert(image!.length === batch.images.length && image!.some((v, i) => v !== batch.images[i]));
  assertEquals([probabilities, tf.memory().numTensors], [undefined, tensors]);
  stepper.dispose();
});
