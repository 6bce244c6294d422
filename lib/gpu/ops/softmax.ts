/** softmax(logits / temperature) on the card. */
import { KERNEL_NAMES, release, type Tensor, type TensorInfo, tf } from "../../../wasm/mod.ts";
import { runKernel } from "../device/run_kernel.ts";
import { softmaxBackKernel, softmaxKernel } from "../kernels/softmax.ts";
import { makeOutput, registerOnCard, tensorOf } from "./register_on_card.ts";

/** The number of pixels and of classes. */
export function pixelsOf({ shape }: TensorInfo) {
  const classes = shape.at(-1)!;
  return { size: tf.util.sizeFromShape(shape) / classes, classes };
}

/** Registers the operator and its gradient. */
export function registerSoftmax(): void {
  registerOnCard(KERNEL_NAMES.softmax, ({ inputs, attrs }) => {
    const { logits } = inputs as { logits: TensorInfo };
    const p = makeOutput(logits.shape), pixels = pixelsOf(logits);
    const factor = attrs.factor as number;
    runKernel(softmaxKernel, { logits, p }, { ...pixels, factor }, pixels.size);
    return p;
  }, (dp, saved, attrs) => ({
    logits: () => {
      const p = saved[0]!, d = makeOutput(p.shape), pixels = pixelsOf(p);
      const { factor } = attrs as { factor: number };
      runKernel(softmaxBackKernel, { p, dp: dp as Tensor, d }, { ...pixels, factor }, pixels.size);
      release(dp as Tensor, p);
      return tensorOf(d);
    },
  }));
}
