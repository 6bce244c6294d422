/** Inference: slices through the networks in eval mode. */
import { type Tensor4D, tf } from "../../wasm/mod.ts";
import type { DualNetwork } from "./dual_network.ts";

/** Classes and reconstruction of a stack of slices. */
export interface SegmentedSlices {
  /** [slices, size, size]: the FTN's classes. */
  readonly ftn: Uint8Array;
  /** [slices, size, size]: the classes after one pass of the STN; absent where it is left out. */
  readonly stn?: Uint8Array;
  /** [slices, size, size]: the image decoder's image, 0-1; absent where it is left out. */
  readonly reconstruction?: Float32Array;
}

/** The choices of {@linkcode segmentSlices}. */
export interface SegmentOptions {
  /** Slices that go through at once, 1 or more. */
  readonly chunk: number;
  /** Divides the logits in front of the STN. */
  readonly temperature: number;
  /** `segmentation` leaves out the STN and the image decoder; all take part by default. */
  readonly networks?: "dual" | "segmentation";
}

/**
 * Segments slices with the running statistics of the batch normalisations.
 *
 * @param images [slices, size, size], 0-1.
 * @param size A multiple of 16.
 * @throws {RangeError} If the size is none.
 * @throws {TypeError} If there are not so many pixels.
 */
export function segmentSlices(
  network: DualNetwork,
  images: Float32Array,
  slices: number,
  size: number,
  options: SegmentOptions,
): SegmentedSlices {
  if (size % 16 !== 0 || size < 16) {
    throw new RangeError(`Cannot segment: size is ${size}, wanted a multiple of 16`);
  }
  const area = size * size;
  if (images.length !== slices * area) {
    throw new TypeError(`Cannot segment: ${images.length} pixels, wanted ${slices} x ${area}`);
  }
  const ftn = new Uint8Array(images.length);
  const more = options.networks === "segmentation" ? undefined : {
    stn: new Uint8Array(images.length),
    reconstruction: new Float32Array(images.length),
  };
  for (let first = 0; first < slices; first += options.chunk) {
    const count = Math.min(options.chunk, slices - first);
    const part = images.subarray(first * area, (first + count) * area);
    tf.tidy(() => {
      const image = tf.tensor4d(part, [count, size, size, 1]);
      const codes = network.encodeImage(image, "evaluate");
      const logits = network.decodeSegmentation(codes.shape, "evaluate");
      ftn.set(largest(logits), first * area);
      if (!more) return;
      const refined = network.refineLogits(logits, "evaluate", options.temperature);
      more.stn.set(largest(refined), first * area);
      const decoded = network.decodeImage(codes.image, "evaluate");
      more.reconstruction.set(decoded.dataSync() as Float32Array, first * area);
    });
  }
  return { ftn, ...more };
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
