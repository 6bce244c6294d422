/** softmax(logits / temperature), and the cross-entropy of logits against labels. */
import { tf } from "../deps/tfjs.ts";
import type { Scalar, Tensor, Tensor4D, TensorInfo } from "../deps/tfjs.ts";
import { makeOutput, pointerOf, runtime } from "../runtime.ts";
import { overrideGradient, overrideKernel } from "./override.ts";
import { release } from "./release.ts";

const SOFTMAX = "TandemSoftmax", CROSS_ENTROPY = "TandemCrossEntropy";
/** Pixels a chunk takes, a multiple of 4. */
const CHUNK = 4096;

/**
 * softmax(logits / temperature) over the last axis; differentiable.
 *
 * @param logits [batch, height, width, classes]
 * @param temperature Above 0; the shape decoder's input is taken at 2.
 */
export function softmax(logits: Tensor4D, temperature = 1): Tensor4D {
  if (!(temperature > 0)) {
    throw new RangeError(`Cannot take a softmax: temperature is ${temperature}, wanted above 0`);
  }
  return tf.engine().runKernel(
    SOFTMAX,
    { logits } as never,
    { factor: 1 / temperature } as never,
  ) as Tensor4D;
}

/**
 * The mean over all pixels of -log softmax(logits)[label]; differentiable in the logits.
 *
 * @param logits [batch, height, width, classes]
 * @param labels [batch, height, width], int32, each from 0 to classes - 1 (not checked here).
 * @throws {TypeError} If the shapes do not fit together.
 */
export function crossEntropy(logits: Tensor4D, labels: Tensor): Scalar {
  if (labels.dtype !== "int32" || labels.size * logits.shape[3] !== logits.size) {
    throw new TypeError(
      `Cannot take the cross-entropy: labels are ${labels.dtype} [${labels.shape}], wanted int32 ` +
        `[${logits.shape.slice(0, 3)}]`,
    );
  }
  return tf.engine().runKernel(CROSS_ENTROPY, { labels, logits } as never) as Scalar;
}

/** The kernels' arguments that tell pixels apart, and how many chunks there are. */
function grid(logits: TensorInfo) {
  const classes = logits.shape.at(-1)!;
  const pixels = tf.util.sizeFromShape(logits.shape) / classes;
  return { range: { pixels, classes, chunkPixels: CHUNK }, chunks: Math.ceil(pixels / CHUNK) };
}

/** Each thread's room for the exponentials of four pixels and a fifth number. */
function scratchFor(classes: number) {
  const { heap, pool } = runtime(), scratchBytes = (classes + 1) * 16;
  return { scratch: heap.scratch(scratchBytes * pool.threads), scratchBytes };
}

/** Registers both operators and their gradients. */
export function registerSoftmax(): void {
  overrideKernel(SOFTMAX, ({ inputs, attrs }) => {
    const { logits } = inputs as { logits: TensorInfo };
    const out = makeOutput(logits.shape);
    const { range, chunks } = grid(logits);
    runtime().pool.run("softmax", chunks, {
      logits: pointerOf(logits),
      out: pointerOf(out),
      ...range,
      factor: attrs.factor as number,
      ...scratchFor(range.classes),
    });
    return out;
  });
  overrideGradient({
    kernelName: SOFTMAX,
    outputsToSave: [true],
    gradFunc: (dp, saved, attrs) => ({
      logits: () => {
        const p = saved[0]!, out = makeOutput(p.shape);
        const { range, chunks } = grid(p);
        runtime().pool.run("softmaxBackward", chunks, {
          p: pointerOf(p),
          dp: pointerOf(dp as Tensor),
          out: pointerOf(out),
          ...range,
          factor: (attrs as { factor: number }).factor,
        });
        release(dp as Tensor, p);
        return tf.engine().makeTensorFromDataId(out.dataId, out.shape, out.dtype);
      },
    }),
  });

  overrideKernel(CROSS_ENTROPY, ({ inputs }) => {
    const { logits, labels } = inputs as { logits: TensorInfo; labels: TensorInfo };
    const { heap, pool } = runtime();
    const { range, chunks } = grid(logits), scratch = scratchFor(range.classes);
    const total = heap.withBytes(chunks * 8, (sums) => {
      pool.run("crossEntropy", chunks, {
        logits: pointerOf(logits),
        labels: pointerOf(labels),
        sums,
        ...range,
        ...scratch,
      });
      return heap.doubles(sums, chunks).reduce((a, b) => a + b, 0);
    });
    const out = makeOutput([]);
    heap.floats(pointerOf(out), 1)[0] = total / range.pixels;
    return out;
  });
  overrideGradient({
    kernelName: CROSS_ENTROPY,
    inputsToSave: ["logits", "labels"],
    gradFunc: (dy, saved) => ({
      logits: () => {
        const [logits, labels] = saved as [Tensor, Tensor];
        const out = makeOutput(logits.shape);
        const { range, chunks } = grid(logits);
        runtime().pool.run("crossEntropyBackward", chunks, {
          logits: pointerOf(logits),
          labels: pointerOf(labels),
          out: pointerOf(out),
          ...range,
          factor: (dy as Tensor).dataSync()[0]! / range.pixels,
          ...scratchFor(range.classes),
        });
        release(undefined, logits, labels);
        return tf.engine().makeTensorFromDataId(out.dataId, out.shape, out.dtype);
      },
      labels: () => tf.zerosLike(saved[1]!),
    }),
  });
}
