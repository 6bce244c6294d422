/** Cross-entropy and soft Dice loss on the card; see `crossEntropy` and `diceLoss` of `wasm/mod.ts`. */
import {
  DICE_SMOOTH,
  KERNEL_NAMES,
  release,
  type Tensor,
  type TensorInfo,
  tf,
} from "../../../wasm/mod.ts";
import { runKernel } from "../device/run_kernel.ts";
import {
  CROSS_ENTROPY,
  crossEntropyBackKernel,
  DICE,
  diceBackKernel,
  diceLossKernel,
  meanLossKernel,
  softmaxKernel,
} from "../kernels/softmax.ts";
import { makeOutput, registerOnCard, tensorOf, withRoom } from "./register_on_card.ts";
import { pixelsOf } from "./softmax.ts";
import { filled } from "./stock.ts";
import { sumOverPixels } from "./sums.ts";

/** Runs with a weight a class, and [sum of losses, sum of weights]. */
function withLossSums<T>(
  logits: TensorInfo,
  labels: TensorInfo,
  given: readonly number[] | undefined,
  use: (weights: TensorInfo, sums: TensorInfo) => T,
): T {
  const { size, classes } = pixelsOf(logits);
  const weights = given ? tf.tensor1d([...given]) : tensorOf(filled([classes], 1));
  try {
    return withRoom([2], (sums) => {
      sumOverPixels(
        CROSS_ENTROPY,
        { logits, labels, weights },
        { pixels: size, channels: 1 },
        { classes },
        { out: sums },
      );
      return use(weights, sums);
    });
  } finally {
    weights.dispose();
  }
}

/** Registers the operators and their gradients. */
export function registerSegmentationLosses(): void {
  registerOnCard(KERNEL_NAMES.crossEntropy, ({ inputs, attrs }) => {
    const { logits, labels } = inputs as { logits: TensorInfo; labels: TensorInfo };
    const given = attrs.weights as readonly number[] | undefined;
    const loss = makeOutput([]);
    withLossSums(
      logits,
      labels,
      given,
      (_, sums) => runKernel(meanLossKernel, { sums, loss }, { size: 1 }, 1),
    );
    return loss;
  }, (dy, saved, attrs) => ({
    logits: () => {
      const [logits, labels] = saved as [Tensor, Tensor];
      const given = (attrs as { weights?: readonly number[] }).weights;
      const d = makeOutput(logits.shape), pixels = pixelsOf(logits);
      withLossSums(
        logits,
        labels,
        given,
        (weights, sums) =>
          runKernel(
            crossEntropyBackKernel,
            { logits, labels, weights, sums, dy: dy as Tensor, d },
            pixels,
            pixels.size,
          ),
      );
      release(undefined, logits, labels);
      return tensorOf(d);
    },
    labels: () => tf.zerosLike(saved[1]!),
  }));

  registerOnCard(KERNEL_NAMES.diceLoss, ({ inputs }) => {
    const { logits, labels } = inputs as { logits: TensorInfo; labels: TensorInfo };
    const { size, classes } = pixelsOf(logits);
    const loss = makeOutput([]), slopes = makeOutput([2, classes]);
    withRoom(logits.shape, (probabilities) => {
      const told = { size, classes, factor: 1 };
      runKernel(softmaxKernel, { logits, p: probabilities }, told, size);
      withRoom([3, classes], (sums) => {
        const shape = { pixels: size, channels: classes };
        sumOverPixels(DICE, { probabilities, labels }, shape, {}, { out: sums });
        runKernel(diceLossKernel, { sums, loss, slopes }, { classes, little: DICE_SMOOTH }, 1);
      });
    });
    return [loss, slopes];
  }, (dys, saved) => ({
    logits: () => {
      const [logits, labels, slopes] = saved as [Tensor, Tensor, Tensor];
      const [dy] = dys as Tensor[], d = makeOutput(logits.shape), pixels = pixelsOf(logits);
      runKernel(diceBackKernel, { logits, labels, slopes, dy: dy!, d }, pixels, pixels.size);
      release(undefined, logits, labels, slopes);
      return tensorOf(d);
    },
    labels: () => tf.zerosLike(saved[1]!),
  }));
}
