/**
 * Comparison with golden values: a folder that holds a network's weights, a batch, and what the
 * authors' code makes of them in one cooperative step. See `fixtures/network_small`.
 */
import {
  type ConvolutionAlgorithm,
  type Scalar,
  type Tensor,
  type Tensor4D,
  tf,
  withConvolutionAlgorithm,
} from "../../../wasm/mod.ts";
import { join } from "../../base/deps/std.ts";
import { z } from "../../base/deps/zod.ts";
import type { CodeGradients } from "../../learning/latent/hard_examples.ts";
import { targetedMask } from "../../learning/latent/mask.ts";
import { type MaskAxis, scoreEntries } from "../../learning/latent/score.ts";
import {
  DualNetwork,
  dualNetworkSpecs,
  type LatentCodes,
} from "../../learning/models/dual_network.ts";
import { channelsLast, toReferenceLayout } from "../../learning/nn/reference_layout.ts";
import { RandomStream } from "../../base/random/random_stream.ts";
import { readJson } from "../../formats/files/read_json.ts";
import { readSafetensors } from "../../formats/safetensors/files.ts";
import type { TensorRecord } from "../../formats/safetensors/tensor_record.ts";
import { Adam } from "../../learning/cooperative/adam.ts";
import { cooperativeStep } from "../../learning/cooperative/cooperative_step.ts";

/** One compared quantity. */
export interface GoldenQuantity {
  /** What was compared, as `gradients/image_encoder.code_decoupler.0.weight`. */
  readonly name: string;
  /** How far off it is, in the unit of its limit. */
  readonly deviation: number;
  /** The largest deviation that passes. */
  readonly limit: number;
  /** Whether the deviation is within the limit. */
  readonly passed: boolean;
}

/** All compared quantities. */
export interface GoldenReport {
  /** Every comparison, in the order in which they were made. */
  readonly quantities: readonly GoldenQuantity[];
  /** Whether all of them passed. */
  readonly passed: boolean;
}

/** A folder that is no golden folder. */
export class GoldenError extends Error {
  /** Its class by name. */
  override name = "GoldenError";
}

const numbers = z.record(z.string(), z.number());
const metaSchema = z.object({
  percentile: z.number().min(0).lt(1),
  learning_rate: z.number().positive(),
  loss: numbers,
  limits: z.object({
    loss: numbers,
    tensors: numbers,
    gradients: numbers,
    grad_norm: numbers,
  }),
  grad_norm: numbers,
  adam_delta_norm: numbers,
});

/**
 * Under Winograd's algorithm gradients may be off by this share. Its rounding error, three to five
 * times that of the sum, can carry a LeakyReLU's input across zero where it lies nearer than that
 * (about 1e-6), and the gradient there changes fivefold: one element of millions, but at 48 x 48 one
 * percent of a filter's gradient. Everything that is continuous keeps its limit.
 */
const SWITCHED = 0.03;

/** The reference's names of the loss terms, by ours. */
const LOSS_NAMES: Record<string, string> = {
  standardSegmentationLoss: "standard_seg",
  standardImageLoss: "standard_image_half_mse",
  standardLabelShapeLoss: "standard_gt_shape",
  standardShapeLoss: "standard_shape",
  hardSegmentationLoss: "hard_seg",
  hardImageLoss: "hard_image_half_mse",
  hardShapeLoss: "hard_shape",
  hardCorruptedShapeLoss: "hard_corrupted_shape",
  totalLoss: "total",
};

/** The largest change of a parameter by one Adam step may be off by this share. */
const ADAM_LIMIT = 1e-3;

/**
 * Gradients below this share of their parameter's largest are zero to float32's rounding. Adam's
 * first step takes nothing but the sign of a gradient, and theirs is noise: the true ones are
 * 1e-16, and make no step.
 */
const ROUNDING = 2 ** -21;

/**
 * Runs the whole comparison on the backend that runs, with the reference's BatchNorm policy.
 *
 * Losses are compared relatively; tensors and gradients by the largest absolute deviation over the
 * largest absolute value; gradient norms absolutely; masks exactly; the norms of parameter changes
 * by one Adam step relatively. All of it twice: with direct convolutions, and with Winograd's
 * (`winograd/…`), whose gradients are compared as whole vectors; on a graphics card once.
 *
 * @param folder Holds `meta.json`, `weights.safetensors`, `tensors.safetensors` and
 * `gradients.safetensors`.
 * @throws {GoldenError} If `meta.json` is missing or not of the format, or a value is missing.
 * @throws {SafetensorsError} If one of the other files cannot be read.
 */
export async function compareGolden(folder: string): Promise<GoldenReport> {
  const meta = await readJson(join(folder, "meta.json"), metaSchema, GoldenError);
  const read = async (name: string) =>
    (await readSafetensors(join(folder, `${name}.safetensors`))).tensors;
  const [weights, tensors, expectedGradients] = [
    await read("weights"),
    await read("tensors"),
    await read("gradients"),
  ];
  const golden = { folder, meta, weights, tensors, expectedGradients };
  const quantities = [
    ...withConvolutionAlgorithm("direct", () => compareStep(golden, "direct")),
    // A card has one way of its own.
    ...(tf.getBackend() === "wasm"
      ? withConvolutionAlgorithm("winograd", () => compareStep(golden, "winograd"))
      : []),
  ];
  return { quantities, passed: quantities.every(({ passed }) => passed) };
}

/** A golden folder, read. */
interface Golden {
  readonly folder: string;
  readonly meta: z.infer<typeof metaSchema>;
  readonly weights: ReadonlyMap<string, TensorRecord>;
  readonly tensors: ReadonlyMap<string, TensorRecord>;
  readonly expectedGradients: ReadonlyMap<string, TensorRecord>;
}

/** One whole comparison with the convolutions as they are computed now. */
function compareStep(golden: Golden, algorithm: ConvolutionAlgorithm): GoldenQuantity[] {
  const { folder, meta, weights, tensors, expectedGradients } = golden;
  const switched = algorithm === "direct" ? 0 : SWITCHED;
  const quantities: GoldenQuantity[] = [];
  const note = (quantity: string, deviation: number, limit: number) => {
    const name = algorithm === "direct" ? quantity : `${algorithm}/${quantity}`;
    quantities.push({ name, deviation, limit, passed: deviation <= limit });
  };
  const wanted = <T>(entries: ReadonlyMap<string, T> | Record<string, T>, name: string): T => {
    const entry = entries instanceof Map ? entries.get(name) : (entries as Record<string, T>)[name];
    if (entry === undefined) throw new GoldenError(`Cannot compare ${folder}: no ${name} in it`);
    return entry;
  };
  const get = (name: string): TensorRecord => wanted(tensors, name);
  const compareTensor = (name: string, actual: Float32Array) => {
    const expected = get(name);
    const data = expected.shape.length === 4
      ? channelsLast(expected.data as Float32Array, expected.shape).data
      : expected.data as Float32Array;
    note(`tensors/${name}`, deviationOf(actual, data), wanted(meta.limits.tensors, name));
  };
  const map = (name: string) => {
    const { data, shape } = channelsLast(get(name).data as Float32Array, get(name).shape);
    return tf.tensor4d(data, shape as [number, number, number, number]);
  };
  const values = (tensor: Tensor) => tensor.dataSync() as Float32Array;

  const options = optionsOf((name) => wanted(weights, name).shape);
  const network = new DualNetwork(options, weights);
  const adam = new Adam(network.parameters, dualNetworkSpecs(options), {
    learningRate: meta.learning_rate,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
  });
  const image = map("image");
  const labels = tf.tensor(get("label").data as Int32Array, [...get("label").shape], "int32");
  const noisyImage = map("noisy_image");
  const oneHot = tf.tidy(() =>
    tf.cast(tf.oneHot(labels as Scalar, options.classes), "float32") as Tensor4D
  );

  tf.tidy(() => {
    const codes = network.encodeImage(image, "evaluate");
    const logits = network.decodeSegmentation(codes.shape, "evaluate");
    compareTensor("eval_z_i", values(codes.image));
    compareTensor("eval_z_s", values(codes.shape));
    compareTensor("eval_logits", values(logits));
    compareTensor("eval_refined_logits", values(network.refineLogits(logits, "evaluate")));
    compareTensor("eval_reconstruction", values(network.decodeImage(codes.image, "evaluate")));
  });

  const generate = (codes: LatentCodes, gradients: CodeGradients) =>
    tf.tidy(() => {
      compareTensor("z_i", values(codes.image));
      compareTensor("z_s", values(codes.shape));
      compareTensor("grad_z_i_mse", values(gradients.image!));
      compareTensor("grad_z_s_ce", values(gradients.shape!));
      const masked = (name: string, code: Tensor4D, gradient: Tensor4D, axis: MaskAxis) => {
        const [batch, height, width, channels] = code.shape;
        const shape = { batch, positions: height * width, channels };
        const random = RandomStream.fromSeed(0);
        const scores = scoreEntries(values(gradient), values(code), shape, axis, "signed", random);
        const mask = targetedMask(scores, batch, meta.percentile, false, random);
        compareTensor(name, mask);
        const maskShape: [number, number, number, number] = axis === "channel"
          ? [batch, 1, 1, channels]
          : [batch, height, width, 1];
        return tf.mul<Tensor4D>(code, tf.tensor4d(mask, maskShape));
      };
      const imageCode = masked("mask_channel_z_i", codes.image, gradients.image!, "channel");
      const shapeCode = masked("mask_spatial_z_s", codes.shape, gradients.shape!, "spatial");
      const hard = {
        image: network.decodeImage(imageCode, "isolated"),
        logits: network.decodeSegmentation(shapeCode, "isolated"),
      };
      compareTensor("corrupted_image", values(hard.image));
      compareTensor("corrupted_logits", values(hard.logits));
      return hard;
    });
  const step = cooperativeStep(
    network,
    { image, noisyImage, labels, oneHot },
    { batchNormPolicy: "reference", separateTraining: false, temperature: 2 },
    { needs: { image: true, shape: true }, generate },
  );

  for (const [ours, theirs] of Object.entries(LOSS_NAMES)) {
    const deviation = relative(step.losses[ours]!, wanted(meta.loss, theirs));
    note(`loss/${theirs}`, deviation, wanted(meta.limits.loss, theirs));
  }
  // The losses that the masks go by: the standard pass's own, once without the half.
  const maskLosses = {
    mask_mse: 2 * step.losses.standardImageLoss!,
    mask_ce: step.losses.standardSegmentationLoss!,
  };
  for (const [name, loss] of Object.entries(maskLosses)) {
    note(`loss/${name}`, relative(loss, wanted(meta.loss, name)), wanted(meta.limits.loss, name));
  }
  const inReferenceLayout = (name: string) => {
    const gradient = step.gradients.sums.get(name);
    const shape = wanted(weights, name).shape;
    return gradient
      ? toReferenceLayout(values(gradient), shape)
      : new Float32Array(shape.reduce((a, b) => a * b, 1));
  };
  for (const [name, expected] of expectedGradients) {
    const of = algorithm === "direct" ? deviationOf : relativeDistance;
    const deviation = of(inReferenceLayout(name), expected.data as Float32Array);
    note(`gradients/${name}`, deviation, Math.max(switched, wanted(meta.limits.gradients, name)));
  }
  for (const [name, expected] of Object.entries(meta.grad_norm)) {
    const deviation = Math.abs(norm(inReferenceLayout(name)) - expected);
    const limit = Math.max(switched * expected, wanted(meta.limits.grad_norm, name));
    note(`grad_norm/${name}`, deviation, limit);
  }
  for (const name of tensors.keys()) {
    if (!name.startsWith("after.")) continue;
    compareTensor(name, network.parameters.buffers.get(name.slice("after.".length))!);
  }
  adam.step(step.gradients.sums);
  const after = network.parameters.values();
  for (const [name, expected] of Object.entries(meta.adam_delta_norm)) {
    const before = wanted(weights, name).data as Float32Array;
    const gradient = inReferenceLayout(name);
    const noise = gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0) * ROUNDING;
    const change = after.get(name)!.data.map((value, i) =>
      Math.abs(gradient[i]!) > noise ? value - before[i]! : 0
    );
    note(`adam_delta_norm/${name}`, relative(norm(change), expected), ADAM_LIMIT);
  }

  step.gradients.dispose();
  tf.dispose([image, labels, noisyImage, oneHot]);
  adam.dispose();
  network.dispose();
  return quantities;
}

/** The architecture that weights belong to. */
function optionsOf(shape: (name: string) => readonly number[]) {
  const first = shape("image_encoder.general_encoder.inc.0.weight");
  return {
    baseWidth: first[0]!,
    inputChannels: first[1]!,
    classes: shape("segmentation_decoder.final_conv.weight")[0]!,
  };
}

const relative = (actual: number, expected: number) =>
  Math.abs(actual - expected) / Math.abs(expected);

/** The largest absolute deviation over the largest absolute value; infinite if sizes differ. */
function deviationOf(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let deviation = 0, largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    // Written so that a NaN counts as off.
    if (!(difference <= deviation)) deviation = Number.isNaN(difference) ? Infinity : difference;
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return deviation === 0 ? 0 : deviation / largest;
}

/** The length of the difference over that of what is expected. */
function relativeDistance(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) return Infinity;
  const distance = norm(actual.map((value, i) => value - expected[i]!));
  return distance === 0 ? 0 : distance / norm(expected);
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
