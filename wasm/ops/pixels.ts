/** What the operators on the classes of pixels share. */
import { tf } from "../deps/tfjs.ts";
import type { Tensor, Tensor4D, TensorInfo } from "../deps/tfjs.ts";
import { runtime } from "../runtime.ts";

/** The label of pixels that nobody labelled: they give no loss and no gradient. */
export const IGNORED_LABEL = 255;

/** Pixels a chunk takes, a multiple of 4. */
const CHUNK = 4096;

/** The kernels' arguments that tell pixels apart, and how many chunks there are. */
export function pixelsOf(logits: TensorInfo) {
  const classes = logits.shape.at(-1)!;
  const pixels = tf.util.sizeFromShape(logits.shape) / classes;
  return { range: { pixels, classes, chunkPixels: CHUNK }, chunks: Math.ceil(pixels / CHUNK) };
}

/** Each thread's room for the exponentials of four pixels and a fifth number. */
export function scratchFor(classes: number) {
  const { heap, pool } = runtime(), scratchBytes = (classes + 1) * 16;
  return { scratch: heap.scratch(scratchBytes * pool.threads), scratchBytes };
}

/**
 * Refuses labels that do not fit the logits.
 *
 * @throws {TypeError} If they are not int32, or not one for each pixel.
 */
export function checkLabels(what: string, logits: Tensor4D, labels: Tensor): void {
  if (labels.dtype === "int32" && labels.size * logits.shape[3] === logits.size) return;
  throw new TypeError(
    `Cannot take ${what}: labels are ${labels.dtype} [${labels.shape}], wanted int32 ` +
      `[${logits.shape.slice(0, 3)}]`,
  );
}
