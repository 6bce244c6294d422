/** One way of slices through the networks in eval mode. */
import { type Tensor4D, tf } from "../../../wasm/mod.ts";
import type { ByNetwork } from "./by_network.ts";
import type { DualNetwork } from "./dual_network.ts";
import type { SegmentationRequest } from "./segmenter.ts";

/** The choices of `segmentSlices`. */
export interface SegmentOptions extends SegmentationRequest {
  /** Slices that go through at once, 1 or more. */
  readonly chunk: number;
  /** Divides the logits in front of the STN. */
  readonly temperature: number;
  /** `segmentation` leaves out the STN and the image decoder; all take part by default. */
  readonly networks?: "dual" | "segmentation";
  /**
   * What the STN learnt to refine, and is given: probabilities, by default, or labels, as zeros and
   * ones of the most likely class.
   */
  readonly shapePrior?: "predictions" | "degraded-labels";
}

/** What the networks make of some slices. */
export interface ForwardMaps {
  /** Logits of the FTN, [slices, height, width, classes]. */
  readonly ftn: Tensor4D;
  /** Logits after 1, 2, … passes of the STN; none where it is left out. */
  readonly passes: readonly Tensor4D[];
  /** The image decoder's image, [slices, height, width, channels], where it was asked for. */
  readonly image?: Tensor4D;
}

/** What is filled in slice by slice. */
export interface SegmentedSheets {
  readonly ftn: Uint8Array;
  readonly passes: readonly Uint8Array[];
  readonly probabilities?: ByNetwork<Float32Array>;
  readonly reconstruction?: Float32Array;
  readonly entropy?: Float32Array;
}

/**
 * Some slices through the networks; within a tidy.
 *
 * @param image [slices, height, width, channels], 0-1.
 */
export function forward(
  network: DualNetwork,
  image: Tensor4D,
  { networks = "dual", refinements = 1, shapePrior, temperature, reconstruction }: SegmentOptions,
): ForwardMaps {
  const codes = network.encodeImage(image, "evaluate");
  const ftn = network.decodeSegmentation(codes.shape, "evaluate");
  if (networks === "segmentation") return { ftn, passes: [] };
  const passes: Tensor4D[] = [];
  for (let logits = ftn; passes.length < refinements; passes.push(logits)) {
    logits = shapePrior === "degraded-labels"
      ? network.refine(oneHotOf(logits), "evaluate")
      : network.refineLogits(logits, "evaluate", temperature);
  }
  return {
    ftn,
    passes,
    ...reconstruction && { image: network.decodeImage(codes.image, "evaluate") },
  };
}

/** One for the largest logit of each pixel, zeros for the others, in the shape of the logits. */
function oneHotOf(logits: Tensor4D): Tensor4D {
  const values = new Float32Array(logits.size), classes = logits.shape[3];
  largest(logits).forEach((label, i) => values[i * classes + label] = 1);
  return tf.tensor4d(values, logits.shape);
}

/** The number of the largest logit of each pixel; the first of equals. */
export function largest(logits: Tensor4D): Uint8Array {
  return largestOf(logits.dataSync() as Float32Array, logits.shape[3]);
}

/** The same of values [pixels, classes]. */
export function largestOf(values: Float32Array, classes: number): Uint8Array {
  const result = new Uint8Array(values.length / classes);
  for (let i = 0, at = 0; i < result.length; i++, at += classes) {
    let best = 0;
    for (let k = 1; k < classes; k++) if (values[at + k]! > values[at + best]!) best = k;
    result[i] = best;
  }
  return result;
}
