/** Operators that change tensors in place on the card. */
import { type AdamOptions, type AdamTensors, type Tensor, tf } from "../../../wasm/mod.ts";
import { cardTensors } from "../device/card_tensors.ts";
import { runKernel } from "../device/run_kernel.ts";
import { adamKernel } from "../kernels/elementwise.ts";

/** See `adamStep` of `wasm/mod.ts`. */
export function adamStep(
  { weight, gradient, first, second }: AdamTensors,
  step: number,
  { learningRate, beta1, beta2, epsilon }: AdamOptions,
): void {
  // Of each step, so they are no sizes, which are kept.
  const rates = tf.tensor1d([learningRate / (1 - beta1 ** step), Math.sqrt(1 - beta2 ** step)]);
  runKernel(
    adamKernel,
    { gradient, rates, weight, first, second },
    { size: weight.size, beta1, beta2, rest1: 1 - beta1, rest2: 1 - beta2, epsilon },
    weight.size,
  );
  rates.dispose();
}

/** See `overwrite` of `wasm/mod.ts`. */
export function overwrite(to: Tensor, from: Tensor): void {
  const backend = cardTensors();
  backend.card.copy(backend.bufferOf(from), 0, backend.bufferOf(to), 0, 4 * to.size);
  backend.changed(to);
}
