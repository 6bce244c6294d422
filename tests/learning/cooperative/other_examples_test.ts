/** Steps on hard examples that do without latent codes, and of the segmentation network alone. */
import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import type { AugmentedImages } from "../../../lib/learning/baselines/image_augmentation.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import {
  cooperativeStep,
  type OtherExamples,
  type StepOptions,
} from "../../../lib/learning/cooperative/cooperative_step.ts";
import { crossEntropy, gradients, startBackend, type Tensor4D, tf } from "../../../wasm/mod.ts";
import { assertClose } from "../../wasm/reference.ts";
import { stepInputs, TINY } from "./tiny_step.ts";

await startBackend({ threads: 2 });

const inputs = stepInputs(16);
const OPTIONS: StepOptions = {
  batchNormPolicy: "consistent",
  separateTraining: false,
  temperature: 2,
};
const copyOf = (map: Tensor4D) => tf.tensor4d(map.dataSync() as Float32Array, map.shape);

/** One step of a fresh network: its losses, gradients and running statistics. */
function run(others: OtherExamples, options: Partial<StepOptions> = {}) {
  const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
  const { losses, gradients: sum } = cooperativeStep(
    ...[network, inputs, { ...OPTIONS, ...options }, undefined, others] as const,
  );
  const found = new Map([...sum.sums].map(([name, map]) => [name, map.dataSync().slice()]));
  const { buffers } = network.parameters;
  sum.dispose();
  network.dispose();
  return { losses, gradients: found as Map<string, Float32Array>, buffers };
}

const changed = (...weights: number[]) => () =>
  weights.map((weight): AugmentedImages => ({ image: copyOf(inputs.image), weight }));

function assertSame(
  actual: ReadonlyMap<string, Float32Array>,
  expected: ReadonlyMap<string, Float32Array>,
  tolerance = 1e-5,
): void {
  assertEquals([...actual.keys()].sort(), [...expected.keys()].sort());
  for (const [name, gradient] of expected) {
    assertClose(actual.get(name)!, gradient, tolerance, name);
  }
}

Deno.test("cooperativeStep() of the segmentation network alone has CE and nothing else", () => {
  const { losses, gradients: found } = run({}, { networks: "segmentation" });
  assertEquals(Object.keys(losses), ["standardSegmentationLoss", "totalLoss"]);
  const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
  const weights = network.parameters.weightsOf("image_encoder", "segmentation_decoder");
  const { value, gradients: expected } = gradients(() => {
    const codes = network.encodeImage(inputs.noisyImage, "train");
    return crossEntropy(network.decodeSegmentation(codes.shape, "train"), inputs.labels);
  }, weights);
  assertAlmostEquals(losses.totalLoss!, value, 1e-6);
  assertSame(found, new Map([...expected].map(([name, map]) => [name, map.dataSync() as never])));
  tf.dispose([...expected.values()]);
  network.dispose();
});

Deno.test("cooperativeStep() learns from changed images as from corrupted ones", () => {
  const { losses } = run({ images: changed(1) });
  const names = ["hardSegmentationLoss", "hardImageLoss", "hardShapeLoss"];
  for (const name of names) assert(losses[name]! > 0, name);
  const sum = Object.entries(losses).filter(([name]) => name !== "totalLoss")
    .reduce((total, [, loss]) => total + loss, 0);
  assertAlmostEquals(losses.totalLoss!, sum, 1e-9);
});

Deno.test("cooperativeStep() moves no running statistic by changed images", () => {
  const statistics = (others: OtherExamples, options: Partial<StepOptions> = {}) =>
    new Map([...run(others, options).buffers].map(([name, values]) => [name, values.slice()]));
  const standard = statistics({});
  assertEquals(statistics({ images: changed(0.5, 0.5) }), standard);
  const followed = statistics({ images: changed(1) }, { batchNormPolicy: "reference" });
  for (const [name, values] of followed) {
    const moved = values.some((value, i) => value !== standard.get(name)![i]);
    assertEquals(moved, name.startsWith("image_decoder"), name);
  }
});

Deno.test("cooperativeStep() weighs changed images: two halves are a whole", () => {
  const one = run({ images: changed(1) }), two = run({ images: changed(0.5, 0.5) });
  assertSame(two.gradients, one.gradients);
  for (const [name, loss] of Object.entries(one.losses)) {
    assertAlmostEquals(two.losses[name]!, loss, 1e-6, name);
  }
});

Deno.test("cooperativeStep() held to the labels by KL learns as from one more cross-entropy", () => {
  const target = inputs.oneHot.dataSync().slice() as Float32Array;
  const held = (factor: number, weight: number) => () => [{
    ...{ image: copyOf(inputs.image), weight },
    consistency: { target, divergence: "from-target", weight: factor, contourWeight: 0 } as const,
  }];
  const segmentation = { networks: "segmentation" } as const;
  const twice = run({ images: held(1, 1) }, segmentation);
  const doubled = run({ images: changed(2) }, segmentation);
  assertSame(twice.gradients, doubled.gradients, 1e-3);
  assertAlmostEquals(twice.losses.hardConsistencyLoss!, twice.losses.hardSegmentationLoss!, 1e-5);
});

Deno.test("cooperativeStep() with degraded labels keeps the FTN apart from the STN", () => {
  const { losses, gradients: found } = run({ degradedLabels: () => copyOf(inputs.oneHot) });
  assertEquals(Object.keys(losses).filter((name) => name.includes("Shape")), [
    ...["standardLabelShapeLoss", "standardDegradedShapeLoss"],
  ]);
  assertAlmostEquals(losses.standardDegradedShapeLoss!, losses.standardLabelShapeLoss!, 1e-6);
  const apart = run({}, { separateTraining: true }).gradients;
  for (const [name, gradient] of found) {
    if (!name.startsWith("shape_")) assertClose(gradient, apart.get(name)!, 1e-6, name);
  }
});

Deno.test("cooperativeStep() frees changed images and degraded labels", () => {
  const before = tf.memory().numTensors;
  run({ images: changed(0.5, 0.5), degradedLabels: () => copyOf(inputs.oneHot) });
  assertEquals(tf.memory().numTensors, before);
});
