/**
 * A pass from an image to its reconstruction, its segmentation and the refinement of that, and back
 * through one network after another.
 *
 * Each part goes back as soon as its gradient is complete, and its maps are freed: first the image
 * decoder, then the STN, the segmentation decoder, and last, with the gradients of both codes, the
 * encoder. The gradients that targeted masking asks for are met on the way: that of the image is what the
 * image decoder hands back, and that of the segmentation takes one more way back through the
 * segmentation decoder, without the gradients of its filters.
 */
import {
  type Tensor,
  type Tensor4D,
  tf,
  unrecorded,
  withEarlyRelease,
  withTape,
} from "../../../wasm/mod.ts";
import { consistencyLoss } from "../baselines/consistency.ts";
import type { Consistency } from "../baselines/image_augmentation.ts";
import type { CodeGradients, DecoderTargets } from "../latent/hard_examples.ts";
import type { DualNetwork, LatentCodes } from "../models/dual_network.ts";
import type { BatchNormMode } from "../nn/pass.ts";
import type { GradientSum } from "./gradient_sum.ts";
import { gradientByPrediction, learnTerms, type TermPass } from "./learn_terms.ts";
import { CONSISTENCY_LOSS, type LossTerm, type TermPrediction } from "./loss_terms.ts";

/** What goes in, and how. */
export interface ImagePassOptions {
  /** [batch, height, width, channels], 0-1. */
  readonly input: Tensor4D;
  readonly mode: BatchNormMode;
  /** The image decoder's mode. */
  readonly imageMode: BatchNormMode;
  /** What is learnt from the input; a prediction without a term is not computed, but the FTN's. */
  readonly terms: readonly LossTerm[];
  /** Factor of all terms; 1 by default. */
  readonly weight?: number;
  /** Divides the logits in front of the STN. */
  readonly temperature: number;
  /** The codes by which the gradient of their decoder's loss is wanted. */
  readonly needs?: Readonly<Record<keyof LatentCodes, boolean>>;
  /** What the segmentation is held to besides the labels. */
  readonly consistency?: Consistency | undefined;
}

/** What came of it; codes and their gradients are the caller's. */
export interface ImagePassResult {
  /** By the names of the terms, with their factors; each is there when it has been read. */
  readonly losses: Readonly<Record<string, number>>;
  readonly codes: LatentCodes;
  /** The gradients of the image's and of the segmentation's own terms, if needed. */
  readonly codeGradients: CodeGradients;
}

/** What the parts of a pass share. */
interface Part extends TermPass {
  readonly network: DualNetwork;
  readonly options: ImagePassOptions;
  readonly sum: GradientSum;
  /** Gradients by maps: to be freed where an error ends the pass. */
  readonly found: Tensor[];
}

/** Runs the pass forward and back, and adds its gradients to `sum`. */
export function runImagePass(
  network: DualNetwork,
  targets: DecoderTargets,
  options: ImagePassOptions,
  sum: GradientSum,
): ImagePassResult {
  const found: Tensor[] = [];
  try {
    return withTape((backward) => {
      const { weight = 1 } = options;
      return runParts({ network, targets, options, backward, weight, sum, found, losses: {} });
    });
  } catch (error) {
    tf.dispose(found);
    throw error;
  }
}

function runParts(part: Part): ImagePassResult {
  const { network, options, backward, sum } = part, { input, mode, needs } = options;
  const codes = tf.tidy(() => ({ ...network.encodeImage(input, mode) }));
  const image = backThroughImageDecoder(part, codes.image);
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
    losses: part.losses,
    codes: { image: tf.keep(codes.image), shape: tf.keep(codes.shape) },
    codeGradients: {
      ...(needs?.image && image && { image: image.gradient }),
      ...(shape.ofDecoder && { shape: shape.ofDecoder }),
    },
  };
}

/** Takes the losses of the image; gives their gradient by the image code. */
function backThroughImageDecoder(part: Part, code: Tensor4D) {
  const { network, options } = part;
  const terms = termsOf(part, "image");
  if (terms.length === 0) return undefined;
  const by = withCode(network.parameters.weightsOf("image_decoder"), code);
  const predict = () => network.decodeImage(code, options.imageMode);
  return { gradient: takeCode(learnTerms(terms, predict, by, part), part) };
}

/** Takes all losses of the segmentation; gives their gradient by the shape code, and its own alone. */
function backThroughSegmentation(part: Part, code: Tensor4D) {
  const { network, options, backward, found } = part;
  const logits = tf.tidy(() => network.decodeSegmentation(code, options.mode));
  const own = gradientByPrediction(termsOf(part, "segmentation"), logits, part);
  found.push(own);
  const ofDecoder = options.needs?.shape &&
    withEarlyRelease(
      () => takeCode(backward(logits, withCode(new Map(), code), own.clone()), part),
      "gradients",
    );

  const consistent = options.consistency && holdTo(options.consistency, logits, part);
  const refined = backThroughRefinement(part, logits);
  if (consistent) part.losses[CONSISTENCY_LOSS] = consistent.loss;
  const whole = [consistent?.gradient, refined?.gradient].reduce<Tensor4D>((total, more) => {
    if (!more) return total;
    const both = unrecorded(() => tf.add(total, more));
    tf.dispose([total, more]);
    return both as Tensor4D;
  }, own);
  const decoder = network.parameters.weightsOf("segmentation_decoder");
  const gradient = takeCode(backward(logits, withCode(decoder, code), whole), part);
  whole.dispose();
  return { gradient, ofDecoder };
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

/** Takes the losses after the STN; gives their gradient by the FTN's logits, unless it stops there. */
function backThroughRefinement(part: Part, logits: Tensor4D) {
  const { network, options: { mode, temperature }, sum } = part;
  const terms = termsOf(part, "refined");
  if (terms.length === 0) return undefined;
  const stn = network.parameters.weightsOf("shape_encoder", "shape_decoder");
  const goesOn = terms[0]!.trains.includes("segmentationDecoder");
  const predict = () => network.refineLogits(logits, mode, temperature);
  const gradients = learnTerms(terms, predict, goesOn ? withCode(stn, logits) : stn, part);
  if (goesOn) return { gradient: takeCode(gradients, part) };
  sum.add(gradients);
  return undefined;
}

const termsOf = ({ options }: Part, prediction: TermPrediction) =>
  options.terms.filter((term) => term.prediction === prediction);

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
