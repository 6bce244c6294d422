import type { StepInputs } from "../../../lib/learning/latent/step_inputs.ts";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import {
  generateHardExamples,
  type HardExamples,
  imageCodeGradient,
  neededCodeGradients,
  shapeCodeGradient,
} from "../../../lib/learning/latent/hard_examples.ts";
import { DualNetwork, type LatentCodes } from "../../../lib/learning/models/dual_network.ts";
import type { SegmentationLoss } from "../../../lib/learning/nn/segmentation_loss.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import {
  cooperativeStep,
  type HardExampleSource,
} from "../../../lib/learning/cooperative/cooperative_step.ts";
import {
  crossEntropy,
  gradients,
  halfSquaredError,
  startBackend,
  type Tensor4D,
  tf,
} from "../../../wasm/mod.ts";
import { assertClose } from "../../wasm/reference.ts";
import { stepInputs, TINY } from "./tiny_step.ts";

await startBackend({ threads: 2 });

const inputs = stepInputs(16);
const fresh = () => DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
const methodOf = (settings: Record<string, unknown> = {}) =>
  parseConfig({ method: settings }).method;

type Generate = (network: DualNetwork, codes: LatentCodes) => HardExamples;

const sourceOf = (network: DualNetwork, generate: Generate): HardExampleSource => ({
  needs: { image: false, shape: false },
  generate: (codes) => generate(network, codes),
});

/** Copies that stay when the step frees its own. */
const kept = (map: Tensor4D) => tf.tensor4d(map.dataSync() as Float32Array, map.shape);

/** One step of a fresh network: its losses, gradients and buffers. */
function run(settings: Record<string, unknown> = {}, generate?: Generate, batch = inputs) {
  const network = fresh();
  const { losses, gradients: sum } = cooperativeStep(
    network,
    batch,
    methodOf(settings),
    generate && sourceOf(network, generate),
  );
  const found = new Map([...sum.sums].map(([name, tensor]) => [name, tensor.dataSync()]));
  const buffers = network.parameters.buffers;
  sum.dispose();
  network.dispose();
  return { losses, gradients: found as Map<string, Float32Array>, buffers };
}

const generated = (settings: Record<string, unknown> = {}): Generate => (network, codes) =>
  generateHardExamples(network, codes, inputs, methodOf(settings), RandomStream.fromSeed(2));

/** An all-ones mask. */
const unmasked: Generate = (network, codes) =>
  tf.tidy(() => ({
    image: network.decodeImage(codes.image, "isolated"),
    logits: network.decodeSegmentation(codes.shape, "isolated"),
  }));

/** Names whose values differ. */
function changes(a: ReadonlyMap<string, Float32Array>, b: ReadonlyMap<string, Float32Array>) {
  return [...a].filter(([name, values]) => values.some((value, i) => value !== b.get(name)![i]))
    .map(([name]) => name);
}

const modules = (names: Iterable<string>) =>
  [...new Set([...names].map((name) => name.split(".")[0]!))].sort();

const ALL = ["image_decoder", "image_encoder", "segmentation_decoder", "shape_decoder"];

const STANDARD = [
  "standardImageLoss",
  "standardLabelShapeLoss",
  "standardSegmentationLoss",
  "standardShapeLoss",
];
const HARD_IMAGE = ["hardImageLoss", "hardSegmentationLoss", "hardShapeLoss"];

Deno.test("cooperativeStep() sums the eight terms of the method, all with weight 1", () => {
  const { losses } = run({}, generated());
  const { totalLoss, ...terms } = losses;
  assertEquals(
    Object.keys(terms).sort(),
    [...STANDARD, ...HARD_IMAGE, "hardCorruptedShapeLoss"].sort(),
  );
  assertAlmostEquals(totalLoss!, Object.values(terms).reduce((a, b) => a + b), 1e-9);
});

Deno.test("cooperativeStep() without hard examples is a standard step", () => {
  const { losses, gradients: found } = run();
  assertEquals(Object.keys(losses).sort(), [...STANDARD, "totalLoss"].sort());
  const network = fresh();
  // A normalisation takes the bias before it out again, so that it has no gradient.
  const all = [...network.parameters.weights.keys()].sort();
  const idle = all.filter((name) => !found.has(name));
  assertEquals(idle, all.filter((name) => /(conv|inc|decoupler)\.[03]\.bias$/.test(name)));
  assert(idle.length > 0);
  network.dispose();
});

Deno.test("cooperativeStep() with one code in scope has that code's terms alone", () => {
  const image = run({}, generated({ maskScope: ["image"] })).losses;
  assertEquals(Object.keys(image).sort(), [...STANDARD, ...HARD_IMAGE, "totalLoss"].sort());
  const shape = run({}, generated({ maskScope: ["shape"] })).losses;
  assertEquals(
    Object.keys(shape).sort(),
    [...STANDARD, "hardCorruptedShapeLoss", "totalLoss"].sort(),
  );
  const both = run({}, generated()).losses;
  assertEquals(image.hardSegmentationLoss, both.hardSegmentationLoss);
  assertEquals(shape.hardCorruptedShapeLoss, both.hardCorruptedShapeLoss);
});

Deno.test("the gradients are those of the terms, differentiated in one piece", () => {
  const { losses, gradients: found } = run({}, unmasked);
  const network = fresh(), { image, noisyImage, labels, oneHot } = inputs;
  const hard = tf.tidy(() => {
    const { image, logits } = unmasked(network, network.encodeImage(noisyImage, "isolated"));
    return { image: image!, logits: logits! };
  });
  const pass = (input: Tensor4D, mode: "train" | "isolated") => {
    const codes = network.encodeImage(input, mode);
    const logits = network.decodeSegmentation(codes.shape, mode);
    return [
      crossEntropy(logits, labels),
      halfSquaredError(network.decodeImage(codes.image, mode), image),
      crossEntropy(network.refineLogits(logits, mode), labels),
    ];
  };
  const { value, gradients: expected } = gradients(
    () =>
      [
        crossEntropy(network.refine(oneHot, "train"), labels),
        ...pass(noisyImage, "train"),
        ...pass(hard.image, "isolated"),
        crossEntropy(network.refineLogits(hard.logits, "isolated"), labels),
      ].reduce((a, b) => tf.add(a, b)),
    network.parameters.weights,
  );
  assertAlmostEquals(losses.totalLoss!, value, 1e-5);
  for (const [name, tensor] of expected) {
    assertClose(found.get(name)!, tensor.dataSync(), 1e-3, name);
    tensor.dispose();
  }
  tf.dispose(hard);
  network.dispose();
});

Deno.test("the hard examples carry no graph: their values alone make the gradients", () => {
  let values: HardExamples | undefined;
  const first = run({}, (network, codes) => {
    const hard = generated()(network, codes);
    values = { image: kept(hard.image!), logits: kept(hard.logits!) };
    return hard;
  });
  // The step frees what it is given.
  const second = run({}, () => values!);
  assertEquals(changes(first.gradients, second.gradients), []);
  assertEquals(second.losses, first.losses);
  assert(values!.image!.isDisposed && values!.logits!.isDisposed);
});

Deno.test("each scheme costs the passes of the method", () => {
  for (const scheme of ["dropout", "spatial", "channel"]) {
    const network = fresh(), counts: Record<string, number> = {};
    for (const name of ["encodeImage", "decodeSegmentation", "decodeImage", "refine"] as const) {
      const method = network[name] as (...args: unknown[]) => unknown;
      Object.assign(network, {
        [name]: (...args: unknown[]) => {
          counts[name] = (counts[name] ?? 0) + 1;
          return method.apply(network, args);
        },
      });
    }
    const settings = { imageMask: { scheme }, shapeMask: { scheme } };
    const { gradients: sum } = cooperativeStep(
      network,
      inputs,
      methodOf(settings),
      sourceOf(network, generated(settings)),
    );
    const decodings = scheme === "dropout" ? 3 : 4;
    assertEquals(counts, {
      encodeImage: 2,
      decodeSegmentation: decodings,
      decodeImage: decodings,
      refine: 4,
    }, scheme);
    sum.dispose();
    network.dispose();
  }
});

Deno.test("the consistent policy moves no running statistic in the hard pass", () => {
  const standard = run(), hard = run({ batchNormPolicy: "consistent" }, generated());
  assertEquals(changes(standard.buffers, hard.buffers), []);
});

Deno.test("the reference policy moves the image decoder's alone, once", () => {
  const settings = { imageMask: { scheme: "channel" }, shapeMask: { scheme: "channel" } };
  const standard = run(settings);
  const hard = run({ ...settings, batchNormPolicy: "reference" }, generated(settings));
  const changed = changes(standard.buffers, hard.buffers);
  assertEquals(modules(changed), ["image_decoder"]);
  const all = [...standard.buffers.keys()].filter((name) => name.startsWith("image_decoder"));
  assertEquals(changed, all);
});

Deno.test("the two policies differ in the image decoder's gradients", () => {
  const consistent = run({ batchNormPolicy: "consistent" }, generated());
  const reference = run({ batchNormPolicy: "reference" }, generated());
  const changed = changes(consistent.gradients, reference.gradients);
  assert(changed.length > 0 && changed.every((name) => /^image_decoder.*\.[14]\.(w|b)/.test(name)));
  assertEquals(consistent.losses, reference.losses);
});

Deno.test("the STN's running statistics follow the labels first, then the prediction", () => {
  const { buffers } = run(), network = fresh();
  tf.tidy(() => {
    network.refine(inputs.oneHot, "train");
    const { shape } = network.encodeImage(inputs.noisyImage, "train");
    network.refineLogits(network.decodeSegmentation(shape, "train"), "train");
    network.decodeImage(network.encodeImage(inputs.noisyImage, "isolated").image, "train");
  });
  assertEquals(changes(buffers, network.parameters.buffers), []);
  network.dispose();
});

Deno.test("the STN's loss reaches encoder and segmentation decoder, not the image decoder", () => {
  const together = run({ separateTraining: false }, unmasked);
  const separate = run({ separateTraining: true }, unmasked);
  assertEquals(separate.losses, together.losses);
  const changed = modules(
    changes(together.gradients, separate.gradients).filter((name) => {
      const [a, b] = [together.gradients.get(name)!, separate.gradients.get(name)!];
      const largest = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      return a.some((value, i) => Math.abs(value - b[i]!) > 1e-3 * largest);
    }),
  );
  assertEquals(changed.filter((name) => !name.startsWith("shape")), [
    "image_encoder",
    "segmentation_decoder",
  ]);
});

Deno.test("separateTraining leaves the FTN the gradients of its own two losses", () => {
  const { gradients: found } = run({ separateTraining: true });
  const network = fresh();
  const { gradients: expected } = gradients(() => {
    const codes = network.encodeImage(inputs.noisyImage, "train");
    const logits = network.decodeSegmentation(codes.shape, "train");
    return tf.add(
      crossEntropy(logits, inputs.labels),
      halfSquaredError(network.decodeImage(codes.image, "train"), inputs.image),
    );
  }, network.parameters.weights);
  assertEquals(modules(expected.keys()), ALL.slice(0, 3));
  for (const [name, tensor] of expected) {
    assertEquals(found.get(name)!, tensor.dataSync(), name);
    tensor.dispose();
  }
  network.dispose();
});

Deno.test("an all-ones mask makes the hard terms the standard ones of the reconstruction", () => {
  let reconstruction: Tensor4D | undefined;
  const { losses } = run({}, (network, codes) => {
    const hard = unmasked(network, codes);
    reconstruction = kept(hard.image!);
    return hard;
  });
  const again: StepInputs = { ...inputs, noisyImage: reconstruction! };
  const standard = run({}, undefined, again).losses;
  assertEquals(losses.hardSegmentationLoss, standard.standardSegmentationLoss);
  assertEquals(losses.hardImageLoss, standard.standardImageLoss);
  assertEquals(losses.hardShapeLoss, standard.standardShapeLoss);
  // The unmasked shape code decodes to the prediction itself.
  assertEquals(losses.hardCorruptedShapeLoss, losses.standardShapeLoss);
  reconstruction!.dispose();
});

Deno.test("cooperativeStep() changes no weight and leaves only the gradients behind", () => {
  const network = fresh(), before = network.parameters.values();
  const tensors = tf.memory().numTensors;
  for (const separateTraining of [false, true]) {
    const { gradients: sum } = cooperativeStep(
      network,
      inputs,
      methodOf({ separateTraining }),
      sourceOf(network, generated()),
    );
    assertEquals(tf.memory().numTensors, tensors + sum.sums.size);
    sum.dispose();
  }
  const weights = (values: typeof before) =>
    new Map([...values].filter(([name]) => !name.includes("running")));
  assertEquals(weights(network.parameters.values()), weights(before));
  network.dispose();
});

Deno.test("the standard pass hands on the gradients by the codes that masks go by", () => {
  const network = fresh();
  let compared = 0;
  cooperativeStep(network, inputs, methodOf(), {
    needs: { image: true, shape: true },
    generate: (codes, known) => {
      const expected = {
        image: imageCodeGradient(network, codes.image, inputs.image).gradient,
        shape: shapeCodeGradient(network, codes.shape, inputs.labels).gradient,
      };
      for (const which of ["image", "shape"] as const) {
        assertClose(known[which]!.dataSync(), expected[which].dataSync(), 1e-5, which);
        expected[which].dispose();
        compared++;
      }
      return {};
    },
  }).gradients.dispose();
  assertEquals(compared, 2);
  network.dispose();
});

Deno.test("the standard pass hands on the gradient of the loss that the method has", () => {
  const network = fresh(), loss = { dice: true, classWeights: [1, 2, 3] };
  let compared = 0;
  cooperativeStep(network, { ...inputs, loss }, methodOf(), {
    needs: { image: false, shape: true },
    generate: (codes, known) => {
      const of = (loss?: SegmentationLoss) => {
        const { gradient } = shapeCodeGradient(network, codes.shape, inputs.labels, loss);
        const values = gradient.dataSync();
        gradient.dispose();
        return values;
      };
      assertClose(known.shape!.dataSync(), of(loss), 1e-5, "shape");
      assertThrows(() => assertClose(known.shape!.dataSync(), of(), 1e-2, "shape"));
      compared++;
      return {};
    },
  }).gradients.dispose();
  assertEquals(compared, 1);
  network.dispose();
});

Deno.test("neededCodeGradients() foresees what generateHardExamples() asks for", () => {
  const network = fresh(), found = new Set<string>();
  for (let seed = 0; seed < 12; seed++) {
    const random = RandomStream.fromSeed(seed), needs = neededCodeGradients(methodOf(), random);
    const asked = { image: false, shape: false };
    const codes = tf.tidy(() => ({ ...network.encodeImage(inputs.image, "isolated") }));
    const known = {
      get image() {
        asked.image = true;
        return codes.image;
      },
      get shape() {
        asked.shape = true;
        return codes.shape;
      },
    };
    const hard = generateHardExamples(network, codes, inputs, methodOf(), random, known);
    assertEquals(asked, needs, `seed ${seed}`);
    found.add(JSON.stringify(needs));
    tf.dispose([codes, hard] as never);
  }
  assert(found.size > 1);
  network.dispose();
});

Deno.test("cooperativeStep() leaves nothing on the heap where making hard examples fails", () => {
  const network = fresh(), before = tf.memory().numTensors;
  const source: HardExampleSource = {
    needs: { image: true, shape: true },
    generate: () => {
      throw new RangeError("the heap is full");
    },
  };
  assertThrows(() => cooperativeStep(network, inputs, methodOf(), source), RangeError, "is full");
  assertEquals(tf.memory().numTensors, before);
  network.dispose();
});
