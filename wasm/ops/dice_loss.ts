/** The soft Dice loss of logits against labels. */
import { tf } from "../deps/tfjs.ts";
import type { Scalar, Tensor, Tensor4D, TensorInfo } from "../deps/tfjs.ts";
import { makeOutput, pointerOf, runtime } from "../runtime.ts";
import { KERNEL_NAMES } from "./kernel_names.ts";
import { overrideGradient, overrideKernel } from "./override.ts";
import { checkLabels, IGNORED_LABEL, pixelsOf, scratchFor } from "./pixels.ts";
import { release } from "./release.ts";

const DICE_LOSS = KERNEL_NAMES.diceLoss;
/** Added above and below, in pixels: MONAI's `smooth_nr` and `smooth_dr`, nnU-Net's `smooth`. */
export const DICE_SMOOTH = 1e-5;

/**
 * 1 minus the mean over the foreground classes k of (2 I_k + s) / (P_k + G_k + s), with
 * probabilities p = softmax(logits): I_k the sum of p_k over the pixels of class k, P_k over all, G_k
 * the number of pixels of class k, each over the whole batch, and s = 1e-5. Differentiable in the
 * logits.
 *
 * It is MONAI's `DiceLoss(include_background=False, softmax=True, batch=True)`, and 1 more than
 * nnU-Net's `MemoryEfficientSoftDiceLoss` with `batch_dice`. Pixels labelled
 * {@linkcode IGNORED_LABEL} are in no sum and have no gradient; where there are no others, the loss
 * is 0.
 *
 * @param logits [batch, height, width, classes], of two classes at least.
 * @param labels [batch, height, width], int32, each from 0 to classes - 1 (not checked here) or
 * {@linkcode IGNORED_LABEL}.
 * @throws {TypeError} If the shapes do not fit together.
 */
export function diceLoss(logits: Tensor4D, labels: Tensor): Scalar {
  checkLabels("the Dice loss", logits, labels);
  if (logits.shape[3] < 2) {
    throw new TypeError(
      `Cannot take the Dice loss: logits are [${logits.shape}], wanted 2 classes`,
    );
  }
  const [loss, slopes] = tf.engine().runKernel(
    DICE_LOSS,
    { labels, logits } as never,
  ) as unknown as [Scalar, Tensor];
  // The way back has its own reference.
  slopes.dispose();
  return loss;
}

/** The loss, and its slopes by the probability where the label is the class, and anywhere. */
function lossOf(sums: Float64Array, chunks: number, classes: number) {
  const totals = new Float64Array(3 * classes);
  for (let c = 0; c < chunks; c++) {
    for (let i = 0; i < totals.length; i++) totals[i]! += sums[c * totals.length + i]!;
  }
  const slopes = new Float32Array(2 * classes), foreground = classes - 1;
  let dice = 0;
  for (let k = 1; k < classes; k++) {
    const above = 2 * totals[k]! + DICE_SMOOTH;
    const below = totals[classes + k]! + totals[2 * classes + k]! + DICE_SMOOTH;
    dice += above / below / foreground;
    slopes[k] = -2 / below / foreground;
    slopes[classes + k] = above / below / below / foreground;
  }
  return { loss: 1 - dice, slopes };
}

/** Registers the operator and its gradient. */
export function registerDiceLoss(): void {
  overrideKernel(DICE_LOSS, ({ inputs }) => {
    const { logits, labels } = inputs as { logits: TensorInfo; labels: TensorInfo };
    const { heap, pool } = runtime();
    const { range, chunks } = pixelsOf(logits), scratch = scratchFor(range.classes);
    const count = chunks * 3 * range.classes;
    const found = heap.withBytes(count * 8, (sums) => {
      pool.run("diceSums", chunks, {
        logits: pointerOf(logits),
        labels: pointerOf(labels),
        ignored: IGNORED_LABEL,
        sums,
        ...range,
        ...scratch,
      });
      return lossOf(heap.doubles(sums, count), chunks, range.classes);
    });
    const loss = makeOutput([]), slopes = makeOutput([2, range.classes]);
    heap.floats(pointerOf(loss), 1)[0] = found.loss;
    heap.floats(pointerOf(slopes), found.slopes.length).set(found.slopes);
    return [loss, slopes];
  });
  overrideGradient({
    kernelName: DICE_LOSS,
    inputsToSave: ["logits", "labels"],
    outputsToSave: [false, true],
    gradFunc: (dys, saved) => ({
      logits: () => {
        const [logits, labels, slopes] = saved as [Tensor, Tensor, Tensor];
        const [dy] = dys as Tensor[], out = makeOutput(logits.shape);
        const { range, chunks } = pixelsOf(logits);
        runtime().pool.run("diceBackward", chunks, {
          logits: pointerOf(logits),
          labels: pointerOf(labels),
          ignored: IGNORED_LABEL,
          slopes: pointerOf(slopes),
          out: pointerOf(out),
          ...range,
          factor: dy!.dataSync()[0]!,
          ...scratchFor(range.classes),
        });
        release(undefined, logits, labels, slopes);
        return tf.engine().makeTensorFromDataId(out.dataId, out.shape, out.dtype);
      },
      labels: () => tf.zerosLike(saved[1]!),
    }),
  });
}
