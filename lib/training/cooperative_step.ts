/**
 * One step of cooperative training: all losses and their gradients (Chen et al., MICCAI 2021,
 * section 2; L = L_std + L_hard, every weight 1).
 *
 * L_std  = CE(D_s(z_s), y) + REC(D_i(z_i), x) + CE(S(D_s(z_s)), y) + CE(C(onehot y), y)
 * L_hard = CE(D_s(z_s'), y) + REC(D_i(z_i'), x) + CE(S(D_s(z_s')), y) + CE(S(p_hat), y)
 *
 * with codes z of the noisy image, z' of the corrupted image x_hat, S(l) = C(softmax(l / 2)), CE
 * the mean cross-entropy over all pixels and REC half the mean squared error. The hard examples
 * are detached, so L is a sum of groups that share no graph: each group's backward pass runs as
 * soon as its forward pass is done, and memory peaks at one group.
 */
import {
  crossEntropy,
  gradients,
  halfSquaredError,
  type Scalar,
  type Tensor,
  type Tensor4D,
  tf,
  withEarlyRelease,
} from "../../wasm/mod.ts";
import type { HardExamples } from "../latent/hard_examples.ts";
import type { DualNetwork, LatentCodes } from "../models/dual_network.ts";
import type { BatchNormMode } from "../nn/pass.ts";
import { GradientSum } from "./gradient_sum.ts";

/** A batch on the backend. */
export interface StepInputs {
  /** x, [batch, height, width, channels], 0-1. */
  readonly image: Tensor4D;
  /** x with noise, clipped to 0-1: what the standard pass sees. */
  readonly noisyImage: Tensor4D;
  /** y, int32 [batch, height, width]. */
  readonly labels: Tensor;
  /** y as [batch, height, width, classes] of zeros and ones. */
  readonly oneHot: Tensor4D;
}

/** The choices of a step. */
export interface StepOptions {
  /** Which batch normalisations the hard pass leaves alone: all, or all but the image decoder's. */
  readonly batchNormPolicy: "consistent" | "reference";
  /** Whether the STN's loss stops at the FTN's prediction. */
  readonly separateTraining: boolean;
  /** Divides the logits in front of the STN. */
  readonly temperature: number;
}

/** The loss terms by name, and the gradients of their sum. */
export interface StepResult {
  readonly losses: Record<string, number>;
  readonly gradients: GradientSum;
}

type Terms = Record<string, Scalar>;

/**
 * Computes a step; changes running statistics, but no weight.
 *
 * @param generate Makes hard examples of the codes; without it the step is a standard one.
 */
export function cooperativeStep(
  network: DualNetwork,
  inputs: StepInputs,
  options: StepOptions,
  generate?: (codes: LatentCodes) => HardExamples,
): StepResult {
  const { image, noisyImage, labels, oneHot } = inputs;
  const sum = new GradientSum();
  const losses: Record<string, number> = {};
  const group = (terms: () => Terms) => {
    const { gradients: found } = gradients(
      () => total(terms(), losses),
      network.parameters.weights,
    );
    sum.add(found);
  };
  /** The three terms of a pass from an image to both reconstructions and the refinement. */
  const imagePass = (
    prefix: "standard" | "hard",
    input: Tensor4D,
    mode: BatchNormMode,
    imageMode: BatchNormMode,
    keep: (codes: LatentCodes) => void,
  ) => {
    let separate: Tensor4D | undefined;
    group(() => {
      const codes = network.encodeImage(input, mode);
      keep(codes);
      const logits = network.decodeSegmentation(codes.shape, mode);
      const terms = {
        [`${prefix}SegmentationLoss`]: crossEntropy(logits, labels),
        [`${prefix}ImageLoss`]: halfSquaredError(
          network.decodeImage(codes.image, imageMode),
          image,
        ),
      };
      if (options.separateTraining) {
        separate = tf.keep(logits.clone());
        return terms;
      }
      const refined = network.refineLogits(logits, mode, options.temperature);
      return { ...terms, [`${prefix}ShapeLoss`]: crossEntropy(refined, labels) };
    });
    if (separate) {
      refinementPass(`${prefix}ShapeLoss`, separate, mode);
      separate.dispose();
    }
  };
  const refinementPass = (name: string, logits: Tensor4D, mode: BatchNormMode) =>
    group(() => ({
      [name]: crossEntropy(network.refineLogits(logits, mode, options.temperature), labels),
    }));

  withEarlyRelease(() => {
    group(() => ({
      standardLabelShapeLoss: crossEntropy(network.refine(oneHot, "train"), labels),
    }));
    let codes: LatentCodes | undefined;
    imagePass("standard", noisyImage, "train", "train", ({ image, shape }) => {
      codes = { image: tf.keep(image.clone()), shape: tf.keep(shape.clone()) };
    });
    const hard = generate?.(codes!);
    tf.dispose(codes as unknown as Record<string, Tensor>);
    if (hard?.image) {
      const imageMode = options.batchNormPolicy === "reference" ? "train" : "isolated";
      imagePass("hard", hard.image, "isolated", imageMode, () => {});
    }
    if (hard?.logits) refinementPass("hardCorruptedShapeLoss", hard.logits, "isolated");
    tf.dispose({ ...hard } as Record<string, Tensor>);
  });
  losses.totalLoss = Object.values(losses).reduce((a, b) => a + b, 0);
  return { losses, gradients: sum };
}

/** The sum of the terms, each of which is noted. */
function total(terms: Terms, losses: Record<string, number>): Scalar {
  for (const [name, term] of Object.entries(terms)) losses[name] = term.dataSync()[0]!;
  return Object.values(terms).reduce((a, b) => tf.add(a, b));
}
