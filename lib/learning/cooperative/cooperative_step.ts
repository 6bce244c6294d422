/**
 * One step of cooperative training: all terms of the loss (loss_terms.ts) and their gradients.
 *
 * The hard examples are detached, so L is a sum of passes that share no graph, one an input: each
 * goes back as soon as it has gone forward, part by part (see image_pass.ts), and memory peaks at one
 * part.
 *
 * Methods that the full one is compared with take part of L_std, or learn from changed images in the
 * place of x_hat: see {@linkcode OtherExamples}.
 */
import {
  dropReads,
  readTogether,
  settleReads,
  type Tensor,
  type Tensor4D,
  tf,
  withEarlyRelease,
  withTape,
} from "../../../wasm/mod.ts";
import type { AugmentedImages } from "../baselines/image_augmentation.ts";
import type { CodeGradients, HardExamples } from "../latent/hard_examples.ts";
import type { StepInputs } from "../latent/step_inputs.ts";
import type { DualNetwork, LatentCodes } from "../models/dual_network.ts";
import { GradientSum } from "./gradient_sum.ts";
import { type ImagePassOptions, runImagePass } from "./image_pass.ts";
import {
  chooseTerms,
  LOSS_TERMS,
  type LossTerm,
  type TermInput,
  weighTerms,
} from "./loss_terms.ts";
import { learnTerms } from "./learn_terms.ts";

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
  /** Factor of the terms of hard examples; 1 by default. */
  readonly hardWeight?: number;
  /** Factor of the reconstruction terms; 1 by default. */
  readonly reconstructionWeight?: number;
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
  /** Each loss term by name, times its weight; `totalLoss` is their sum. */
  readonly losses: Record<string, number>;
  /** The gradients by parameter; the caller's to free. */
  readonly gradients: GradientSum;
}

/**
 * Computes a step; changes running statistics, but no weight.
 *
 * @param source Makes hard examples of the codes; without it the step is a standard one.
 * @param others Makes hard examples in other ways.
 * @param all The terms to choose from.
 */
export function cooperativeStep(
  network: DualNetwork,
  inputs: StepInputs,
  options: StepOptions,
  source?: HardExampleSource,
  others: OtherExamples = {},
  all: readonly LossTerm[] = LOSS_TERMS,
): StepResult {
  const { networks = "dual", separateTraining, temperature } = options;
  const wanted = options.hardWeight === 0 ? undefined : source;
  const degraded = others.degradedLabels !== undefined;
  const terms = weighTerms(chooseTerms(all, { networks, separateTraining, degraded }), options);
  const sum = new GradientSum();
  // Of each pass, in order; all are there once they have been read.
  const found: Readonly<Record<string, number>>[] = [];

  /** Learns from a segmentation what the STN alone makes of it. */
  const learnShapes = (from: TermInput, refine: () => Tensor4D) => {
    const own = terms.filter(({ input }) => input === from);
    if (own.length === 0) return;
    withTape((backward) => {
      const stn = network.parameters.weightsOf("shape_encoder", "shape_decoder");
      const losses = {};
      sum.add(learnTerms(own, refine, stn, { targets: inputs, backward, losses }));
      found.push(losses);
    });
  };
  /** Learns from images; gives their codes. */
  const learnImages = (
    from: TermInput,
    how: Pick<ImagePassOptions, "input" | "mode" | "imageMode"> & Partial<ImagePassOptions>,
  ) => {
    const own = terms.filter(({ input }) => input === from);
    const passed = runImagePass(network, inputs, { temperature, ...how, terms: own }, sum);
    found.push(passed.losses);
    return passed;
  };
  // The reference lets running statistics follow here (PARITY.md).
  const imageMode = options.batchNormPolicy === "reference" ? "train" : "isolated";
  const learnHardImages = (input: Tensor4D, how: Partial<ImagePassOptions> = {}) =>
    disposeAll({
      ...learnImages("hardImage", { input, mode: "isolated", imageMode, ...how }).codes,
    });

  /** The standard pass, and the hard examples of its codes. */
  const generate = () => {
    const { codes, codeGradients } = learnImages("noisyImage", {
      ...{ input: inputs.noisyImage, mode: "train", imageMode: "train" },
      ...(wanted && { needs: wanted.needs }),
    });
    // The method's loss here is the plain mean of squares: twice REC.
    const doubled = codeGradients.image && { image: tf.mul<Tensor4D>(codeGradients.image, 2) };
    try {
      if (wanted) readTogether(maskedBy(codes, { ...codeGradients, ...doubled }));
      return wanted?.generate(codes, { ...codeGradients, ...doubled });
    } finally {
      disposeAll({ ...doubled }, { ...codes }, { ...codeGradients });
    }
  };
  const run = () => {
    learnShapes("label", () => network.refine(inputs.oneHot, "train"));
    const labels = others.degradedLabels?.();
    try {
      if (labels) learnShapes("degradedLabel", () => network.refine(labels, "train"));
    } finally {
      labels?.dispose();
    }
    const hard = generate(), logits = hard?.logits;
    try {
      if (hard?.image) learnHardImages(hard.image);
      if (logits) {
        learnShapes("hardLogits", () => network.refineLogits(logits, "isolated", temperature));
      }
    } finally {
      disposeAll({ ...hard });
    }
    const changed = options.hardWeight === 0 ? [] : others.images?.() ?? [];
    try {
      for (const { image: input, ...how } of changed) learnHardImages(input, how);
    } finally {
      tf.dispose(changed.map(({ image: input }) => input));
    }
  };
  try {
    withEarlyRelease(run);
    // Before any weight changes: what went wrong on a card is known by now.
    settleReads();
  } catch (error) {
    dropReads();
    sum.dispose();
    throw error;
  }
  const losses: Record<string, number> = {};
  for (const [name, value] of found.flatMap(Object.entries<number>)) {
    losses[name] = (losses[name] ?? 0) + value;
  }
  losses.totalLoss = Object.values(losses).reduce((a, b) => a + b, 0);
  return { losses, gradients: sum };
}

function disposeAll(...groups: readonly Record<string, Tensor>[]): void {
  for (const group of groups) tf.dispose(group);
}

/** What masks are made of: the gradients that are known, each with its code. */
function maskedBy(codes: LatentCodes, gradients: CodeGradients): Tensor[] {
  return Object.entries(gradients).flatMap(([which, gradient]) => [
    codes[which as keyof LatentCodes],
    gradient,
  ]);
}
