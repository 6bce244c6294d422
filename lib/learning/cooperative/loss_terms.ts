/**
 * The loss, term by term: L = L_std + L_hard (Chen et al., MICCAI 2021, section 2), every weight 1.
 *
 * L_std  = CE(D_s(z_s), y) + REC(D_i(z_i), x) + CE(S(D_s(z_s)), y) + CE(C(onehot y), y)
 * L_hard = CE(D_s(z_s'), y) + REC(D_i(z_i'), x) + CE(S(D_s(z_s')), y) + CE(S(p_hat), y)
 *
 * with codes z of the noisy image, z' of the corrupted image x_hat, S(l) = C(softmax(l / 2)), CE
 * the mean cross-entropy over all labelled pixels (by choice with weights and the soft Dice loss, see
 * {@linkcode SegmentationLoss}) and REC half the mean squared error.
 */
import { halfSquaredError, type Scalar, type Tensor, type Tensor4D } from "../../../wasm/mod.ts";
import { type SegmentationLoss, segmentationLoss } from "../nn/segmentation_loss.ts";

/** What goes through the networks. */
export type TermInput =
  /** x with noise. */
  | "noisyImage"
  /** x_hat: decoded from a masked code, or changed in image space. */
  | "hardImage"
  /** y, as zeros and ones. */
  | "label"
  /** y, degraded; see `OtherExamples`. */
  | "degradedLabel"
  /** p_hat, decoded from a masked code. */
  | "hardLogits";

/** What comes out: D_i, D_s, or C behind D_s or behind an input that is a segmentation. */
export type TermPrediction = "image" | "segmentation" | "refined";

/** A part of the networks; without an image there is none but the slow-thinking network. */
export type TrainedPart = "encoder" | "imageDecoder" | "segmentationDecoder" | "stn";

/** One term of the loss. */
export interface LossTerm {
  /** As it is logged. */
  readonly name: string;
  /** What goes through the networks. */
  readonly input: TermInput;
  /** What of them comes out and is compared. */
  readonly prediction: TermPrediction;
  /** What the prediction is compared with: the clean image, or the labels. */
  readonly target: "image" | "labels";
  /** Images are [batch, height, width, channels], 0-1; segmentations are logits, held to labels. */
  readonly loss: (
    prediction: Tensor4D,
    target: Tensor & Tensor4D,
    kind: SegmentationLoss | undefined,
  ) => Scalar;
  /** Its factor in the sum of all terms; 1 as published. */
  readonly weight: number;
  /** Whose weights follow its gradient; terms of one input and prediction train the same parts. */
  readonly trains: readonly TrainedPart[];
}

const REC = { target: "image", loss: halfSquaredError, weight: 1 } as const;
const CE = { target: "labels", loss: segmentationLoss, weight: 1 } as const;

const IMAGE = { prediction: "image", trains: ["encoder", "imageDecoder"] } as const;
const SEGMENTATION = {
  prediction: "segmentation",
  trains: ["encoder", "segmentationDecoder"],
} as const;
const REFINED = {
  prediction: "refined",
  trains: ["encoder", "segmentationDecoder", "stn"],
} as const;
const STN_ALONE = { prediction: "refined", trains: ["stn"] } as const;

/** All terms, those of L_std first. A step has the terms whose input it has. */
export const LOSS_TERMS: readonly LossTerm[] = [
  { name: "standardLabelShapeLoss", input: "label", ...STN_ALONE, ...CE },
  { name: "standardDegradedShapeLoss", input: "degradedLabel", ...STN_ALONE, ...CE },
  { name: "standardImageLoss", input: "noisyImage", ...IMAGE, ...REC },
  { name: "standardSegmentationLoss", input: "noisyImage", ...SEGMENTATION, ...CE },
  { name: "standardShapeLoss", input: "noisyImage", ...REFINED, ...CE },
  { name: "hardImageLoss", input: "hardImage", ...IMAGE, ...REC },
  { name: "hardSegmentationLoss", input: "hardImage", ...SEGMENTATION, ...CE },
  { name: "hardShapeLoss", input: "hardImage", ...REFINED, ...CE },
  { name: "hardCorruptedShapeLoss", input: "hardLogits", ...STN_ALONE, ...CE },
];

/** What the divergence from another prediction is logged as; it is no term of the method's own. */
export const CONSISTENCY_LOSS = "hardConsistencyLoss";

/** Which terms a method takes part in. */
export interface TermChoice {
  /** `segmentation` trains the encoder and the segmentation decoder alone. */
  readonly networks: "dual" | "segmentation";
  /** Whether the STN's loss stops at the FTN's prediction. */
  readonly separateTraining: boolean;
  /** Whether the STN learns from degraded labels, and not from predictions on images. */
  readonly degraded: boolean;
}

/** The terms of a method, some of them training less than all. */
export function chooseTerms(terms: readonly LossTerm[], choice: TermChoice): LossTerm[] {
  const ofImages = ({ trains }: LossTerm) => trains.includes("encoder");
  return terms.flatMap((term) => {
    if (choice.networks === "segmentation" && term.prediction !== "segmentation") return [];
    if (term.prediction !== "refined" || !ofImages(term)) return [term];
    if (choice.degraded) return [];
    return [choice.separateTraining ? { ...term, trains: STN_ALONE.trains } : term];
  });
}

/** The terms with the factors of a run; one whose factor is 0 is left out. */
export function weighTerms(
  terms: readonly LossTerm[],
  { hardWeight = 1, reconstructionWeight = 1 }: {
    readonly hardWeight?: number;
    readonly reconstructionWeight?: number;
  },
): LossTerm[] {
  return terms.flatMap((term) => {
    const hard = term.input === "hardImage" || term.input === "hardLogits";
    const weight = term.weight * (hard ? hardWeight : 1) *
      (term.prediction === "image" ? reconstructionWeight : 1);
    return weight === 0 ? [] : [{ ...term, weight }];
  });
}
