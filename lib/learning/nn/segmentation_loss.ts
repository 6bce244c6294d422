/** What a segmentation is held to. */
import {
  crossEntropy,
  diceLoss,
  IGNORED_LABEL,
  type Scalar,
  type Tensor,
  type Tensor4D,
  tf,
} from "../../../wasm/mod.ts";

/** Of which parts the loss of a segmentation is made. */
export interface SegmentationLoss {
  /** Whether the soft Dice loss is added to the cross-entropy. Default false. */
  readonly dice?: boolean;
  /** Weights of the classes in the cross-entropy, 0 or more; all alike by default. */
  readonly classWeights?: readonly number[];
}

/**
 * The cross-entropy, and by choice the soft Dice loss with the same weight (as nnU-Net's
 * `DC_and_CE_loss`), over the labelled pixels; differentiable in the logits.
 *
 * @param logits [batch, height, width, classes]
 * @param labels [batch, height, width], int32; pixels labelled {@linkcode IGNORED_LABEL} are left out.
 * @throws {TypeError} If the shapes, or the number of weights, do not fit together.
 */
export function segmentationLoss(
  logits: Tensor4D,
  labels: Tensor,
  { dice = false, classWeights }: SegmentationLoss = {},
): Scalar {
  const loss = crossEntropy(logits, labels, classWeights);
  return dice ? tf.add<Scalar>(loss, diceLoss(logits, labels)) : loss;
}

/**
 * Weights by which each class that is there has the same part in the cross-entropy, however few its
 * pixels: their number over that of the class and that of the classes (scikit-learn's `balanced`).
 * A class that is not there has 0.
 *
 * @param labels Of any number of pixels; those labelled {@linkcode IGNORED_LABEL} do not count.
 */
export function balancedWeights(labels: Uint8Array | Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  let pixels = 0;
  for (const label of labels) {
    if (label === IGNORED_LABEL) continue;
    counts[label]!++;
    pixels++;
  }
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => count === 0 ? 0 : pixels / (present * count));
}
