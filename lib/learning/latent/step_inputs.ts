import type { SegmentationLoss } from "../nn/segmentation_loss.ts";
import type { Tensor, Tensor4D } from "../../../wasm/mod.ts";

/** A batch on the backend. */
export interface StepInputs {
  /** x, [batch, height, width, channels], 0-1. */
  readonly image: Tensor4D;
  /** x with noise, clipped to 0-1: what the standard pass sees. */
  readonly noisyImage: Tensor4D;
  /** y, int32 [batch, height, width]; pixels labelled `IGNORED_LABEL` give no loss. */
  readonly labels: Tensor;
  /** y as [batch, height, width, classes] of zeros and ones; zeros alone where it is ignored. */
  readonly oneHot: Tensor4D;
  /** What segmentations are held to; the plain cross-entropy by default. */
  readonly loss?: SegmentationLoss;
}
