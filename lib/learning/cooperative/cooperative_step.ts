/**
 * One step of cooperative training: all losses and their gradients (Chen et al., MICCAI 2021,
 * section 2; L = L_std + L_hard, every weight 1).
 *
 * L_std  = CE(D_s(z_s), y) + REC(D_i(z_i), x) + CE(S(D_s(z_s)), y) + CE(C(onehot y), y)
 * L_hard = CE(D_s(z_s'), y) + REC(D_i(z_i'), x) + CE(S(D_s(z_s')), y) + CE(S(p_hat), y)
 *
 * with codes z of the noisy image, z' of the corrupted image x_hat, S(l) = C(softmax(l / 2)), CE
 * the mean cross-entropy over all labelled pixels (by choice with weights and the soft Dice loss, see
 * {@linkcode SegmentationLoss}) and REC half the mean squared error. The hard examples
 * are detached, so L is a sum of passes that share no graph: each goes back as soon as it has gone
 * forward, part by part (see image_pass.ts), and memory peaks at one part.
 *
 * Methods that the full one is compared with take part of L_std, or learn from changed images in the
 * place of x_hat: see {@linkcode OtherExamples}.
 */
import { type Tensor, type Tensor4D, tf, withEarlyRelease, withTape } from "../../../wasm/mod.ts";
import type { AugmentedImages, Consistency } from "../baselines/image_augmentation.ts";
import type { CodeGradients, HardExamples } from "../latent/hard_examples.ts";
import type { StepInputs } from "../latent/step_inputs.ts";
import type { DualNetwork, LatentCodes } from "../models/dual_network.ts";
import { segmentationLoss } from "../nn/segmentation_loss.ts";
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
  /** `segmentation` trains the encoder and the segmentation decoder alone. Default `dual`. */
  readonly networks?: "dual" | "segmentation";
}

/** Hard examples that do without latent codes: those of the methods that others are compared with. */
export interface OtherExamples {
  /** Changed images, trained on as corrupted images are. */
  readonly images?: () => readonly AugmentedImages[];
  /**
   * Degraded labels, [batch, height, width, classes] as probabilities: the STN then learns from
   * them, and not from the FTN's predictions.
   */
  readonly degradedLabels?: () => Tensor4D;
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
 * @param others Makes hard examples in other ways.
 */
export function cooperativeStep(
  network: DualNetwork,
  inputs: StepInputs,
  options: StepOptions,
  source?: HardExampleSource,
  others: OtherExamples = {},
): StepResult {
  const { noisyImage, labels, oneHot, loss: kind } = inputs;
  const sum = new GradientSum();
  const losses: Record<string, number> = {};
  const dual = options.networks !== "segmentation";
  /** CE of one pass through the STN alone. */
  const refine = (name: string, refined: () => Tensor4D) =>
    withTape((backward) => {
      const loss = segmentationLoss(refined(), labels, kind);
      losses[name] = loss.dataSync()[0]!;
      sum.add(backward(loss, network.parameters.weightsOf("shape_encoder", "shape_decoder")));
    });
  const pass = (
    prefix: "standard" | "hard",
    { weight = 1, ...more }: Omit<ImagePassOptions, "temperature" | "weights"> & {
      readonly weight?: number;
    },
  ) => {
    const found = runImagePass(network, inputs, {
      separateTraining: options.separateTraining,
      temperature: options.temperature,
      weights: {
        segmentation: weight,
        image: dual ? weight : 0,
        shape: dual && !others.degradedLabels ? weight : 0,
      },
      ...more,
    }, sum);
    for (const [name, value] of Object.entries(found.losses)) {
      const full = `${prefix}${name[0]!.toUpperCase()}${name.slice(1)}Loss`;
      losses[full] = (losses[full] ?? 0) + value;
    }
    return found;
  };
  // The reference lets running statistics follow here (PARITY.md).
  const imageMode = options.batchNormPolicy === "reference" ? "train" : "isolated";
  const hardPass = (input: Tensor4D, more: { weight?: number; consistency?: Consistency } = {}) =>
    disposeAll({ ...pass("hard", { input, mode: "isolated", imageMode, ...more }).codes });

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
    if (hardImage) hardPass(hardImage);
    if (logits) {
      refine(
        "hardCorruptedShapeLoss",
        () => network.refineLogits(logits, "isolated", options.temperature),
      );
    }
  };
  const learnFromDegraded = (degraded: Tensor4D) => {
    try {
      refine("standardDegradedShapeLoss", () => network.refine(degraded, "train"));
    } finally {
      degraded.dispose();
    }
  };
  const run = () => {
    if (dual) refine("standardLabelShapeLoss", () => network.refine(oneHot, "train"));
    if (others.degradedLabels) learnFromDegraded(others.degradedLabels());
    const hard = generate();
    try {
      if (hard) learnFrom(hard);
    } finally {
      disposeAll({ ...hard });
    }
    const changed = others.images?.() ?? [];
    try {
      for (const { image: input, ...how } of changed) hardPass(input, how);
    } finally {
      tf.dispose(changed.map(({ image: input }) => input));
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
