/**
 * A pass from an image to its reconstruction, its segmentation and the refinement of that, and back
 * through one network after another.
 *
 * Each part goes back as soon as its gradient is complete, and its maps are freed: first the image
 * decoder, then the STN, the segmentation decoder, and last, with the gradients of both codes, the
 * encoder. The gradients that targeted masking asks for are met on the way: that of REC is what the
 * image decoder hands back, and that of the segmentation's loss takes one more way back through the
 * segmentation decoder, without the gradients of its filters.
 */
import {
  type Backward,
  halfSquaredError,
  type Scalar,
  type Tensor,
  type Tensor4D,
  tf,
  unrecorded,
  withEarlyRelease,
  withTape,
} from "../../../wasm/mod.ts";
import { consistencyLoss } from "../baselines/consistency.ts";
import type { Consistency } from "../baselines/image_augmentation.ts";
import type { CodeGradients } from "../latent/hard_examples.ts";
import type { DualNetwork, LatentCodes } from "../models/dual_network.ts";
import type { BatchNormMode } from "../nn/pass.ts";
import { type SegmentationLoss, segmentationLoss } from "../nn/segmentation_loss.ts";
import type { GradientSum } from "./gradient_sum.ts";

/** What goes in, and how. */
export interface ImagePassOptions {
  /** [batch, height, width, channels], 0-1. */
  readonly input: Tensor4D;
  readonly mode: BatchNormMode;
  /** The image decoder's mode. */
  readonly imageMode: BatchNormMode;
  /** Whether the STN's loss stops at the FTN's prediction. */
  readonly separateTraining?: boolean;
  /** Divides the logits in front of the STN. */
  readonly temperature: number;
  /** The codes by which the gradient of their decoder's loss is wanted. */
  readonly needs?: Readonly<Record<keyof LatentCodes, boolean>>;
  /** Factors of the losses, 1 by default; what has 0 is not computed at all. */
  readonly weights?: Partial<PassLosses>;
  /** What the segmentation is held to besides the labels. */
  readonly consistency?: Consistency | undefined;
}

/** The losses of a pass, or their factors. */
export interface PassLosses {
  /** CE (or what `loss` of the targets says) of the FTN's segmentation; always computed. */
  readonly segmentation: number;
  /** REC of the reconstruction. */
  readonly image: number;
  /** The same of the segmentation after the STN. */
  readonly shape: number;
}

/** What came of it; codes and their gradients are the caller's. */
export interface ImagePassResult {
  /** With their factors; those that were computed. */
  readonly losses: Partial<PassLosses> & { readonly consistency?: number };
  readonly codes: LatentCodes;
  /** The gradients of REC and of the loss of the segmentation, if needed. */
  readonly codeGradients: CodeGradients;
}

/** What both decoders should make of the image. */
interface Targets {
  /** [batch, height, width, channels] */
  readonly image: Tensor4D;
  /** int32 [batch, height, width] */
  readonly labels: Tensor;
  /** What segmentations are held to; the plain cross-entropy by default. */
  readonly loss?: SegmentationLoss;
}

/** What the parts of a pass share. */
interface Part {
  readonly network: DualNetwork;
  readonly targets: Targets;
  readonly options: ImagePassOptions;
  readonly backward: Backward;
  readonly sum: GradientSum;
  /** Gradients by maps: to be freed where an error ends the pass. */
  readonly found: Tensor[];
}

/** Runs the pass forward and back, and adds its gradients to `sum`. */
export function runImagePass(
  network: DualNetwork,
  targets: Targets,
  options: ImagePassOptions,
  sum: GradientSum,
): ImagePassResult {
  const found: Tensor[] = [];
  try {
    return withTape((backward) => runParts({ network, targets, options, backward, sum, found }));
  } catch (error) {
    tf.dispose(found);
    throw error;
  }
}

function runParts(part: Part): ImagePassResult {
  const { network, options, backward, sum } = part, { input, mode, needs } = options;
  const codes = tf.tidy(() => ({ ...network.encodeImage(input, mode) }));
  const weight = options.weights?.image ?? 1;
  const image = weight === 0 ? undefined : backThroughImageDecoder(part, codes.image, weight);
  const shape = backThroughSegmentation(part, codes.shape);

  const weights = network.parameters.weightsOf("image_encoder.code_decoupler");
  const decoupled = takeCode(
    backward(codes.shape, withCode(weights, codes.image), shape.gradient),
    part,
  );
  const whole = image ? unrecorded(() => tf.add(image.gradient, decoupled)) : decoupled;
  const encoder = network.parameters.weightsOf("image_encoder.general_encoder");
  sum.add(backward(codes.image, encoder, whole));
  tf.dispose([shape.gradient, decoupled, whole]);
  if (!needs?.image) image?.gradient.dispose();
  return {
    losses: { ...(image && { image: image.loss }), ...shape.losses },
    codes: { image: tf.keep(codes.image), shape: tf.keep(codes.shape) },
    codeGradients: {
      ...(needs?.image && image && { image: image.gradient }),
      ...(shape.ofLabels && { shape: shape.ofLabels }),
    },
  };
}

/** REC, and its gradient by the image code. */
function backThroughImageDecoder(part: Part, code: Tensor4D, weight: number) {
  const { network, targets, options, backward } = part;
  const loss = tf.tidy(() =>
    halfSquaredError(network.decodeImage(code, options.imageMode), targets.image)
  );
  const weights = network.parameters.weightsOf("image_decoder");
  return {
    loss: weight * valueOf(loss),
    gradient: takeCode(backward(loss, withCode(weights, code), factor(weight)), part),
  };
}

/** All losses of the segmentation, their gradient by the shape code, and that of the labels' alone if needed. */
function backThroughSegmentation(part: Part, code: Tensor4D) {
  const { network, targets, options, backward } = part;
  const weight = options.weights?.segmentation ?? 1;
  const logits = tf.tidy(() => network.decodeSegmentation(code, options.mode));
  const loss = segmentationLoss(logits, targets.labels, targets.loss);
  const ofLoss = takeCode(backward(loss, withCode(new Map(), logits), factor(weight)), part);
  const ofLabels = options.needs?.shape &&
    withEarlyRelease(
      () => takeCode(backward(logits, withCode(new Map(), code), ofLoss.clone()), part),
      "gradients",
    );

  const consistent = options.consistency && holdTo(options.consistency, logits, part);
  const refined = backThroughRefinement(part, logits);
  const whole = [consistent?.gradient, refined?.gradient].reduce<Tensor4D>((total, more) => {
    if (!more) return total;
    const both = unrecorded(() => tf.add(total, more));
    tf.dispose([total, more]);
    return both as Tensor4D;
  }, ofLoss);
  const decoder = network.parameters.weightsOf("segmentation_decoder");
  const gradient = takeCode(backward(logits, withCode(decoder, code), whole), part);
  whole.dispose();
  return {
    losses: {
      segmentation: weight * valueOf(loss),
      ...(refined && { shape: refined.loss }),
      ...(consistent && { consistency: consistent.loss }),
    },
    gradient,
    ofLabels,
  };
}

/** The consistency loss and its gradient by the logits. */
function holdTo(consistency: Consistency, logits: Tensor4D, { found }: Part) {
  const [batch, height, width, classes] = logits.shape;
  const { loss, gradient } = consistencyLoss(
    logits.dataSync() as Float32Array,
    { batch, height, width, classes },
    consistency,
  );
  const tensor = tf.keep(tf.tensor4d(gradient, logits.shape));
  found.push(tensor);
  return { loss, gradient: tensor };
}

/** CE after the STN, and its gradient by the FTN's logits, unless it stops there. */
function backThroughRefinement(part: Part, logits: Tensor4D) {
  const { network, targets, options, backward, sum } = part;
  const weight = options.weights?.shape ?? 1;
  if (weight === 0) return undefined;
  const refinedLoss = tf.tidy(() =>
    segmentationLoss(
      network.refineLogits(logits, options.mode, options.temperature),
      targets.labels,
      targets.loss,
    )
  );
  const stn = network.parameters.weightsOf("shape_encoder", "shape_decoder");
  const loss = weight * valueOf(refinedLoss);
  if (options.separateTraining) {
    sum.add(backward(refinedLoss, stn, factor(weight)));
    return { loss };
  }
  const by = withCode(stn, logits);
  return { loss, gradient: takeCode(backward(refinedLoss, by, factor(weight)), part) };
}

/** The gradient of a weighted loss by itself; tfjs's own where the weight is 1. */
const factor = (weight: number) => weight === 1 ? undefined : tf.scalar(weight);

/** Where a gradient by a map, not a weight, stands among the named ones. */
const CODE = "code";

const withCode = (weights: ReadonlyMap<string, Tensor>, code: Tensor) =>
  new Map([...weights, [CODE, code]]);

/** Adds the weights' gradients to the sum and gives that of the map. */
function takeCode(gradients: Map<string, Tensor>, { sum, found }: Part): Tensor4D {
  const code = gradients.get(CODE) as Tensor4D;
  found.push(code);
  gradients.delete(CODE);
  sum.add(gradients);
  return code;
}

const valueOf = (loss: Scalar) => loss.dataSync()[0]!;
