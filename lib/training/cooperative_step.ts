/**
 * One step of cooperative training: all losses and their gradients (Chen et al., MICCAI 2021,
 * section 2; L = L_std + L_hard, every weight 1).
 *
 * L_std  = CE(D_s(z_s), y) + REC(D_i(z_i), x) + CE(S(D_s(z_s)), y) + CE(C(onehot y), y)
 * L_hard = CE(D_s(z_s'), y) + REC(D_i(z_i'), x) + CE(S(D_s(z_s')), y) + CE(S(p_hat), y)
 *
 * with codes z of the noisy image, z' of the corrupted image x_hat, S(l) = C(softmax(l / 2)), CE
 * the mean cross-entropy over all pixels and REC half the mean squared error. The hard examples
 * are detached, so L is a sum of passes that share no graph: each goes back as soon as it has gone
 * forward, part by part (see image_pass.ts), and memory peaks at one part.
 */
import {
  crossEntropy,
  type Tensor,
  type Tensor4D,
  tf,
  withEarlyRelease,
  withTape,
} from "../../wasm/mod.ts";
import type { CodeGradients, HardExamples } from "../latent/hard_examples.ts";
import type { StepInputs } from "../latent/step_inputs.ts";
import type { DualNetwork, LatentCodes } from "../models/dual_network.ts";
import { GradientSum } from "./gradient_sum.ts";
import { type ImagePassOptions, runImagePass } from "./image_pass.ts";

/** The choices of a step. */
export interface StepOptions {
  /** Which batch normalisations the hard pass leaves alone: all, or all but the image decoder's. */
  readonly batchNormPolicy: "consistent" | "reference";
  /** Whether the STN's loss stops at the FTN's prediction. */
  readonly separateTraining: boolean;
  /** Divides the logits in front of the STN. */
  readonly temperature: number;
}

/** How a step comes by its hard examples. */
export interface HardExampleSource {
  /** The codes whose gradients it wants to be given: the standard pass has them for little. */
  readonly needs: Readonly<Record<keyof LatentCodes, boolean>>;
  /** Makes them of the standard pass's codes; nothing of it is differentiated. */
  generate(codes: LatentCodes, gradients: CodeGradients): HardExamples;
}

/** The loss terms by name, and the gradients of their sum. */
export interface StepResult {
  readonly losses: Record<string, number>;
  readonly gradients: GradientSum;
}

/**
 * Computes a step; changes running statistics, but no weight.
 *
 * @param source Makes hard examples of the codes; without it the step is a standard one.
 */
export function cooperativeStep(
  network: DualNetwork,
  inputs: StepInputs,
  options: StepOptions,
  source?: HardExampleSource,
): StepResult {
  const { image, noisyImage, labels, oneHot } = inputs;
  const sum = new GradientSum();
  const losses: Record<string, number> = {};
  /** CE of one pass through the STN alone. */
  const refine = (name: string, refined: () => Tensor4D) =>
    withTape((backward) => {
      const loss = crossEntropy(refined(), labels);
      losses[name] = loss.dataSync()[0]!;
      sum.add(backward(loss, network.parameters.weightsOf("shape_encoder", "shape_decoder")));
    });
  const pass = (prefix: "standard" | "hard", more: Omit<ImagePassOptions, "temperature">) => {
    const found = runImagePass(network, { image, labels }, {
      separateTraining: options.separateTraining,
      temperature: options.temperature,
      ...more,
    }, sum);
    losses[`${prefix}SegmentationLoss`] = found.losses.segmentation;
    losses[`${prefix}ImageLoss`] = found.losses.image;
    losses[`${prefix}ShapeLoss`] = found.losses.shape;
    return found;
  };

  /** The standard pass, and the hard examples of its codes. */
  const generate = () => {
    const { codes, codeGradients } = pass("standard", {
      input: noisyImage,
      mode: "train",
      imageMode: "train",
      ...(source && { needs: source.needs }),
    });
    // The method's loss here is the plain mean of squares: twice REC.
    const doubled = codeGradients.image && { image: tf.mul<Tensor4D>(codeGradients.image, 2) };
    try {
      return source?.generate(codes, { ...codeGradients, ...doubled });
    } finally {
      disposeAll({ ...doubled }, { ...codes }, { ...codeGradients });
    }
  };
  const learnFrom = ({ image: hardImage, logits }: HardExamples) => {
    if (hardImage) {
      const imageMode = options.batchNormPolicy === "reference" ? "train" : "isolated";
      disposeAll({ ...pass("hard", { input: hardImage, mode: "isolated", imageMode }).codes });
    }
    if (logits) {
      refine(
        "hardCorruptedShapeLoss",
        () => network.refineLogits(logits, "isolated", options.temperature),
      );
    }
  };
  const run = () => {
    refine("standardLabelShapeLoss", () => network.refine(oneHot, "train"));
    const hard = generate();
    if (!hard) return;
    try {
      learnFrom(hard);
    } finally {
      disposeAll({ ...hard });
    }
  };
  try {
    withEarlyRelease(run);
  } catch (error) {
    sum.dispose();
    throw error;
  }
  losses.totalLoss = Object.values(losses).reduce((a, b) => a + b, 0);
  return { losses, gradients: sum };
}

function disposeAll(...groups: readonly Record<string, Tensor>[]): void {
  for (const group of groups) tf.dispose(group);
}
