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

function grid(logits: TensorInfo) {
  const classes = logits.shape.at(-1)!;
  const pixels = tf.util.sizeFromShape(logits.shape) / classes;
  const { heap, pool } = runtime();
  const laneBytes = (classes + 1) * 16;
  return {
    classes,
    pixels,
    chunks: Math.ceil(pixels / CHUNK),
    scratch: heap.scratch(laneBytes * pool.threads),
    laneBytes,
  };
}

/** Registers both operators and their gradients. */
export function registerSoftmax(): void {
  overrideKernel(SOFTMAX, ({ inputs, attrs }) => {
    const { logits } = inputs as { logits: TensorInfo };
    const out = makeOutput(logits.shape);
    const { pixels, classes, chunks, scratch, laneBytes } = grid(logits);
    runtime().pool.run("softmax", chunks, [
      ...[pointerOf(logits), pointerOf(out), pixels, classes, CHUNK],
      ...[{ f32: attrs.factor as number }, scratch, laneBytes],
    ]);
    return out;
  });
  overrideGradient({
    kernelName: SOFTMAX,
    outputsToSave: [true],
    gradFunc: (dp, saved, attrs) => ({
      logits: () => {
        const p = saved[0]!, out = makeOutput(p.shape);
        const { pixels, classes, chunks } = grid(p);
        runtime().pool.run("softmaxBackward", chunks, [
          ...[pointerOf(p), pointerOf(dp as Tensor), pointerOf(out), pixels, classes, CHUNK],
          ...[{ f32: (attrs as { factor: number }).factor }],
        ]);
        release(dp as Tensor, p);
        return tf.engine().makeTensorFromDataId(out.dataId, out.shape, out.dtype);
      },
    }),
  });

  overrideKernel(CROSS_ENTROPY, ({ inputs }) => {
    const { logits, labels } = inputs as { logits: TensorInfo; labels: TensorInfo };
    const { heap, pool } = runtime();
    const { pixels, classes, chunks, scratch, laneBytes } = grid(logits);
    const total = heap.withBytes(chunks * 8, (sums) => {
      pool.run("crossEntropy", chunks, [
        ...[pointerOf(logits), pointerOf(labels), sums, pixels, classes, CHUNK],
        ...[scratch, laneBytes],
      ]);
      return heap.doubles(sums, chunks).reduce((a, b) => a + b, 0);
    });
    const out = makeOutput([]);
    heap.floats(pointerOf(out), 1)[0] = total / pixels;
    return out;
  });
  overrideGradient({
    kernelName: CROSS_ENTROPY,
    inputsToSave: ["logits", "labels"],
    gradFunc: (dy, saved) => ({
      logits: () => {
        const [logits, labels] = saved as [Tensor, Tensor];
        const out = makeOutput(logits.shape);
        const { pixels, classes, chunks, scratch, laneBytes } = grid(logits);
        const factor = (dy as Tensor).dataSync()[0]! / pixels;
        runtime().pool.run("crossEntropyBackward", chunks, [
          ...[pointerOf(logits), pointerOf(labels), pointerOf(out), pixels, classes, CHUNK],
          ...[scratch, laneBytes, { f32: factor }],
        ]);
        release(undefined, logits, labels);
        return tf.engine().makeTensorFromDataId(out.dataId, out.shape, out.dtype);
      },
      labels: () => tf.zerosLike(saved[1]!),
    }),
  });
}
