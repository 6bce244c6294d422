import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import {
  cooperativeStep,
  type StepOptions,
} from "../../../lib/learning/cooperative/cooperative_step.ts";
import {
  chooseTerms,
  LOSS_TERMS,
  type LossTerm,
  weighTerms,
} from "../../../lib/learning/cooperative/loss_terms.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { crossEntropy, diceLoss, gradients, startBackend, tf } from "../../../wasm/mod.ts";
import { assertClose } from "../../wasm/reference.ts";
import { stepInputs, TINY } from "./tiny_step.ts";

await startBackend({ threads: 2 });

const inputs = stepInputs(16);
const OPTIONS: StepOptions = {
  ...{ batchNormPolicy: "consistent", separateTraining: false, temperature: 2 },
};
const names = (choice: Partial<Parameters<typeof chooseTerms>[1]>) =>
  chooseTerms(LOSS_TERMS, { networks: "dual", separateTraining: false, degraded: false, ...choice })
    .map(({ name }) => name);

Deno.test("LOSS_TERMS has the eight terms of the method, and that of degraded labels, by name", () => {
  assertEquals(LOSS_TERMS.length, 8 + 1);
  assertEquals(new Set(LOSS_TERMS.map(({ name }) => name)).size, LOSS_TERMS.length);
  // One pass has one way back: what it hands on is the same for all of its terms.
  const groups = Map.groupBy(LOSS_TERMS, ({ input, prediction }) => `${input} ${prediction}`);
  for (const [group, terms] of groups) {
    assertEquals(new Set(terms.map(({ trains }) => trains.join())).size, 1, group);
  }
});

Deno.test("chooseTerms() leaves out what a method has not, and trains the STN alone where it is asked", () => {
  assertEquals(names({ networks: "segmentation" }), [
    ...["standardSegmentationLoss", "hardSegmentationLoss"],
  ]);
  const left = LOSS_TERMS.map(({ name }) => name).filter((name) =>
    !names({ degraded: true }).includes(name)
  );
  assertEquals(left, ["standardShapeLoss", "hardShapeLoss"]);
  const separate = chooseTerms(LOSS_TERMS, {
    ...{ networks: "dual", separateTraining: true, degraded: false },
  });
  const trained = (name: string) => separate.find((term) => term.name === name)!.trains;
  assertEquals(trained("hardShapeLoss"), ["stn"]);
  assertEquals(trained("hardImageLoss"), ["encoder", "imageDecoder"]);
});

Deno.test("cooperativeStep() weighs terms, of one prediction as of several", () => {
  const step = (terms: readonly LossTerm[]) => {
    const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
    const before = tf.memory().numTensors;
    const { losses, gradients: sum } = cooperativeStep(
      ...[network, inputs, OPTIONS, undefined, {}, terms] as const,
    );
    const found = new Map([...sum.sums].map(([name, map]) => [name, map.dataSync().slice()]));
    sum.dispose();
    assertEquals(tf.memory().numTensors, before);
    network.dispose();
    return { losses, found };
  };
  const whole = step(LOSS_TERMS);
  // Every term in two parts of unequal weight.
  const parts = LOSS_TERMS.flatMap((term) => [
    { ...term, weight: 0.25 },
    { ...term, name: `${term.name}Rest`, weight: 0.75 },
  ]);
  const split = step(parts);
  assertAlmostEquals(split.losses.totalLoss!, whole.losses.totalLoss!, 1e-5);
  assertAlmostEquals(split.losses.standardImageLoss!, 0.25 * whole.losses.standardImageLoss!, 1e-6);
  for (const [name, gradient] of whole.found) {
    assertClose(split.found.get(name)!, gradient, 1e-4, name);
  }
});

Deno.test("cooperativeStep() takes a further term from one more row", () => {
  const row: LossTerm = {
    name: "standardDiceLoss",
    input: "noisyImage",
    prediction: "segmentation",
    target: "labels",
    loss: (logits, labels) => diceLoss(logits, labels),
    weight: 1,
    trains: ["encoder", "segmentationDecoder"],
  };
  const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
  const options = { ...OPTIONS, networks: "segmentation" } as const;
  const { losses, gradients: sum } = cooperativeStep(
    ...[network, inputs, options, undefined, {}, [...LOSS_TERMS, row]] as const,
  );
  const weights = network.parameters.weightsOf("image_encoder", "segmentation_decoder");
  const { value, gradients: expected } = gradients(() => {
    const codes = network.encodeImage(inputs.noisyImage, "train");
    const logits = network.decodeSegmentation(codes.shape, "train");
    return tf.add(crossEntropy(logits, inputs.labels), diceLoss(logits, inputs.labels));
  }, weights);
  assertEquals(Object.keys(losses), [
    ...["standardSegmentationLoss", "standardDiceLoss", "totalLoss"],
  ]);
  assert(losses.standardDiceLoss! > 0);
  assertAlmostEquals(losses.totalLoss!, value, 1e-5);
  for (const [name, gradient] of expected) {
    assertClose(sum.sums.get(name)!.dataSync(), gradient.dataSync(), 1e-4, name);
  }
  tf.dispose([...expected.values()]);
  sum.dispose();
  network.dispose();
});

Deno.test("weighTerms() weighs hard and reconstruction terms, and leaves out those of weight 0", () => {
  const weights = (options: Parameters<typeof weighTerms>[1]) =>
    Object.fromEntries(weighTerms(LOSS_TERMS, options).map(({ name, weight }) => [name, weight]));
  assertEquals(new Set(Object.values(weights({}))), new Set([1]));
  const found = weights({ hardWeight: 0.5, reconstructionWeight: 0.1 });
  assertEquals(found.hardImageLoss, 0.05);
  assertEquals([found.standardImageLoss, found.hardShapeLoss, found.hardCorruptedShapeLoss], [
    ...[0.1, 0.5, 0.5],
  ]);
  assertEquals(found.standardShapeLoss, 1);
  assert(!Object.keys(weights({ hardWeight: 0 })).some((name) => name.startsWith("hard")));
});

Deno.test("cooperativeStep() with hard examples of weight 0 is a standard step", () => {
  const step = (hardWeight: number, source: boolean) => {
    const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
    const generate = () => {
      throw new Error("nobody wants hard examples");
    };
    const { losses, gradients: sum } = cooperativeStep(
      network,
      inputs,
      { ...OPTIONS, hardWeight },
      source ? { needs: { image: true, shape: true }, generate } : undefined,
    );
    sum.dispose();
    network.dispose();
    return losses;
  };
  assertEquals(step(0, true), step(1, false));
});
