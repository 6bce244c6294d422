/** Inference: slices through the networks in eval mode. */
import { type Tensor4D, tf } from "../../../wasm/mod.ts";
import type { DualNetwork } from "./dual_network.ts";
import { meanEntropies } from "./mean_entropy.ts";
import type { SegmentationRequest, SegmentationResult, SliceStack } from "./segmenter.ts";

/** The choices of {@linkcode segmentSlices}. */
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

/**
 * Segments slices with the running statistics of the batch normalisations.
 *
 * @throws {RangeError} If the size is no multiple of 16, or the number of refinements none of 1 or more.
 * @throws {TypeError} If there are not so many pixels.
 */
export function segmentSlices(
  network: DualNetwork,
  { images, slices, size }: SliceStack,
  options: SegmentOptions,
): SegmentationResult {
  if (size % 16 !== 0 || size < 16) {
    throw new RangeError(`Cannot segment: size is ${size}, wanted a multiple of 16`);
  }
  const { chunk, temperature, networks = "dual", refinements = 1 } = options;
  const refine = (logits: Tensor4D) =>
    options.shapePrior === "degraded-labels"
      ? network.refine(oneHotOf(logits), "evaluate")
      : network.refineLogits(logits, "evaluate", temperature);
  if (!Number.isInteger(refinements) || refinements < 1) {
    throw new RangeError(
      `Cannot segment: refinements is ${refinements}, wanted a whole number of 1 or more`,
    );
  }
  const area = size * size;
  if (images.length !== slices * area) {
    throw new TypeError(`Cannot segment: ${images.length} pixels, wanted ${slices} x ${area}`);
  }
  const classes = () => new Uint8Array(images.length);
  const ftn = classes(), entropy = options.entropy ? new Float32Array(slices) : undefined;
  const passes = networks === "dual" ? Array.from({ length: refinements }, classes) : [];
  const reconstruction = networks === "dual" ? new Float32Array(images.length) : undefined;
  for (let first = 0; first < slices; first += chunk) {
    const count = Math.min(chunk, slices - first);
    const part = images.subarray(first * area, (first + count) * area);
    tf.tidy(() => {
      const image = tf.tensor4d(part, [count, size, size, 1]);
      const codes = network.encodeImage(image, "evaluate");
      let logits = network.decodeSegmentation(codes.shape, "evaluate");
      if (entropy) {
        const values = logits.dataSync() as Float32Array;
        entropy.set(meanEntropies(values, count, logits.shape[3]), first);
      }
      ftn.set(largest(logits), first * area);
      for (const pass of passes) {
        logits = refine(logits);
        pass.set(largest(logits), first * area);
      }
      if (!reconstruction) return;
      const decoded = network.decodeImage(codes.image, "evaluate");
      reconstruction.set(decoded.dataSync() as Float32Array, first * area);
    });
  }
  const [stn] = passes;
  return {
    ftn,
    ...(entropy && { entropy }),
    ...(stn && { stn }),
    ...(reconstruction && { reconstruction }),
    ...(passes.length > 1 && { passes }),
  };
}

/** One for the largest logit of each pixel, zeros for the others, in the shape of the logits. */
function oneHotOf(logits: Tensor4D): Tensor4D {
  const values = new Float32Array(logits.size), classes = logits.shape[3];
  largest(logits).forEach((label, i) => values[i * classes + label] = 1);
  return tf.tensor4d(values, logits.shape);
}

/** The number of the largest logit of each pixel; the first of equals. */
function largest(logits: Tensor4D): Uint8Array {
  const values = logits.dataSync() as Float32Array, classes = logits.shape[3];
  const result = new Uint8Array(values.length / classes);
  for (let i = 0, at = 0; i < result.length; i++, at += classes) {
    let best = 0;
    for (let k = 1; k < classes; k++) if (values[at + k]! > values[at + best]!) best = k;
    result[i] = best;
  }
  return result;
}
