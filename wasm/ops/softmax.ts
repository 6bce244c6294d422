/** softmax(logits / temperature). */
import { tf } from "../deps/tfjs.ts";
import type { Tensor, Tensor4D, TensorInfo } from "../deps/tfjs.ts";
import { makeOutput, pointerOf, runtime } from "../runtime.ts";
import { KERNEL_NAMES } from "./kernel_names.ts";
import { overrideGradient, overrideKernel } from "./override.ts";
import { pixelsOf, scratchFor } from "./pixels.ts";
import { release } from "./release.ts";

const SOFTMAX = KERNEL_NAMES.softmax;

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

/** Registers the operator and its gradient. */
export function registerSoftmax(): void {
  overrideKernel(SOFTMAX, ({ inputs, attrs }) => {
    const { logits } = inputs as { logits: TensorInfo };
    const out = makeOutput(logits.shape);
    const { range, chunks } = pixelsOf(logits);
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
        const { range, chunks } = pixelsOf(p);
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
}
