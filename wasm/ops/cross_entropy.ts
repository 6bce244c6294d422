/** The cross-entropy of logits against labels. */
import { tf } from "../deps/tfjs.ts";
import type { Scalar, Tensor, Tensor4D, TensorInfo } from "../deps/tfjs.ts";
import { makeOutput, pointerOf, runtime } from "../runtime.ts";
import { KERNEL_NAMES } from "./kernel_names.ts";
import { overrideGradient, overrideKernel } from "./override.ts";
import { checkLabels, IGNORED_LABEL, pixelsOf, scratchFor } from "./pixels.ts";
import { release } from "./release.ts";

const CROSS_ENTROPY = KERNEL_NAMES.crossEntropy;

interface Attributes {
  readonly weights?: readonly number[];
}

/**
 * The mean over all labelled pixels of -log softmax(logits)[label]; differentiable in the logits.
 *
 * Pixels labelled {@linkcode IGNORED_LABEL} give no loss and no gradient; where there are no others,
 * the loss is 0. With weights it is the sum of weight * loss over the sum of the weights, as of
 * PyTorch's `CrossEntropyLoss(weight, ignore_index)`, which gives NaN where that sum is 0.
 *
 * @param logits [batch, height, width, classes]
 * @param labels [batch, height, width], int32, each from 0 to classes - 1 (not checked here) or
 * {@linkcode IGNORED_LABEL}.
 * @param weights One a class, 0 or more.
 * @throws {TypeError} If the shapes do not fit together.
 * @throws {RangeError} If a weight is not 0 or more.
 */
export function crossEntropy(
  logits: Tensor4D,
  labels: Tensor,
  weights?: readonly number[],
): Scalar {
  checkLabels("the cross-entropy", logits, labels);
  if (weights) checkWeights(weights, logits.shape[3]);
  return tf.engine().runKernel(
    CROSS_ENTROPY,
    { labels, logits } as never,
    (weights ? { weights: [...weights] } : {}) as never,
  ) as Scalar;
}

function checkWeights(weights: readonly number[], classes: number): void {
  if (weights.length !== classes) {
    throw new TypeError(
      `Cannot take the cross-entropy: there are ${weights.length} weights, wanted ${classes}`,
    );
  }
  const wrong = weights.find((weight) => !(weight >= 0 && weight < Infinity));
  if (wrong === undefined) return;
  throw new RangeError(`Cannot take the cross-entropy: a weight is ${wrong}, wanted 0 or more`);
}

/** Runs with the weights on the heap, or with 0 where there are none. */
function withWeights<T>({ weights }: Attributes, use: (pointer: number) => T): T {
  if (!weights) return use(0);
  const { heap } = runtime();
  return heap.withBytes(weights.length * 4, (pointer) => {
    heap.floats(pointer, weights.length).set(weights);
    return use(pointer);
  });
}

/** What a kernel leaves a chunk, added up in the order of the chunks. */
function sumOfChunks(chunks: number, run: (sums: number) => void): number {
  const { heap } = runtime();
  return heap.withBytes(chunks * 8, (sums) => {
    run(sums);
    return heap.doubles(sums, chunks).reduce((a, b) => a + b, 0);
  });
}

/** What the sum of losses is divided by: the weights of all labels, or their number. */
function weightOfAll(logits: TensorInfo, labels: TensorInfo, weights: number): number {
  const { range, chunks } = pixelsOf(logits);
  return sumOfChunks(chunks, (sums) =>
    runtime().pool.run("labelWeights", chunks, {
      labels: pointerOf(labels),
      ignored: IGNORED_LABEL,
      weights,
      sums,
      ...range,
    }));
}

/** Registers the operator and its gradient. */
export function registerCrossEntropy(): void {
  overrideKernel(CROSS_ENTROPY, ({ inputs, attrs }) => {
    const { logits, labels } = inputs as { logits: TensorInfo; labels: TensorInfo };
    const { range, chunks } = pixelsOf(logits), scratch = scratchFor(range.classes);
    const mean = withWeights(attrs as Attributes, (weights) => {
      const total = sumOfChunks(chunks, (sums) =>
        runtime().pool.run("crossEntropy", chunks, {
          logits: pointerOf(logits),
          labels: pointerOf(labels),
          ignored: IGNORED_LABEL,
          weights,
          sums,
          ...range,
          ...scratch,
        }));
      const whole = weightOfAll(logits, labels, weights);
      return whole === 0 ? 0 : total / whole;
    });
    const out = makeOutput([]);
    runtime().heap.floats(pointerOf(out), 1)[0] = mean;
    return out;
  });
  overrideGradient({
    kernelName: CROSS_ENTROPY,
    inputsToSave: ["logits", "labels"],
    gradFunc: (dy, saved, attrs) => ({
      logits: () => {
        const [logits, labels] = saved as [Tensor, Tensor];
        const out = makeOutput(logits.shape);
        const { range, chunks } = pixelsOf(logits);
        withWeights(attrs as Attributes, (weights) => {
          const whole = weightOfAll(logits, labels, weights);
          runtime().pool.run("crossEntropyBackward", chunks, {
            logits: pointerOf(logits),
            labels: pointerOf(labels),
            ignored: IGNORED_LABEL,
            weights,
            out: pointerOf(out),
            ...range,
            factor: whole === 0 ? 0 : (dy as Tensor).dataSync()[0]! / whole,
            ...scratchFor(range.classes),
          });
        });
        release(undefined, logits, labels);
        return tf.engine().makeTensorFromDataId(out.dataId, out.shape, out.dtype);
      },
      labels: () => tf.zerosLike(saved[1]!),
    }),
  });
}
