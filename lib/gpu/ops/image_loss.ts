/** The image decoder's last activation and its loss on the card. */
import { KERNEL_NAMES, type Tensor, type TensorInfo, tf } from "../../../wasm/mod.ts";
import { runKernel } from "../device/run_kernel.ts";
import {
  differenceKernel,
  sigmoidBackKernel,
  sigmoidKernel,
  SQUARED_ERROR,
} from "../kernels/elementwise.ts";
import { makeOutput, registerOnCard, tensorOf } from "./register_on_card.ts";
import { sumOverPixels } from "./sums.ts";

/** Registers HalfSquaredError and Sigmoid with their gradients. */
export function registerImageLoss(): void {
  registerOnCard("Sigmoid", ({ inputs }) => {
    const { x } = inputs as { x: TensorInfo };
    const y = makeOutput(x.shape), size = tf.util.sizeFromShape(x.shape);
    runKernel(sigmoidKernel, { x, y }, { size }, size);
    return y;
  }, (dy, saved) => ({
    x: () => {
      const y = saved[0]!, dx = makeOutput(y.shape);
      runKernel(sigmoidBackKernel, { y, dy: dy as Tensor, dx }, { size: y.size }, y.size);
      return tensorOf(dx);
    },
  }));

  registerOnCard(KERNEL_NAMES.halfSquaredError, ({ inputs }) => {
    const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
    const out = makeOutput([]), pixels = tf.util.sizeFromShape(a.shape);
    const target = { out, factor: 0.5 / pixels };
    sumOverPixels(SQUARED_ERROR, { a, b }, { pixels, channels: 1 }, {}, target);
    return out;
  }, (dy, saved) => {
    const [a, b] = saved as [Tensor, Tensor];
    const difference = (left: Tensor, right: Tensor) => () => {
      const d = makeOutput(left.shape), { size } = left;
      const tensors = { a: left, b: right, dy: dy as Tensor, d };
      runKernel(differenceKernel, tensors, { size, factor: 1 / size }, size);
      return tensorOf(d);
    };
    return { a: difference(a, b), b: difference(b, a) };
  });
}
