import { assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { balancedWeights, segmentationLoss } from "../../../lib/learning/nn/segmentation_loss.ts";
import {
  crossEntropy,
  diceLoss,
  IGNORED_LABEL,
  startBackend,
  type Tensor4D,
  tf,
} from "../../../wasm/mod.ts";
import { labelledLogits, tensorsOf } from "../../wasm/ops/labelled_logits.ts";
import { assertClose } from "../../wasm/reference.ts";

await startBackend({ threads: 2 });

Deno.test("segmentationLoss() is the cross-entropy, and by choice the Dice loss as well", () => {
  tf.tidy(() => {
    const [x, y] = tensorsOf(labelledLogits([2, 5, 3, 3], 0.3)), weights = [1, 2, 3];
    const value = (loss: ReturnType<typeof segmentationLoss>) => loss.dataSync()[0]!;
    const dice = value(diceLoss(x, y));
    assertEquals(value(segmentationLoss(x, y)), value(crossEntropy(x, y)));
    assertEquals(
      value(segmentationLoss(x, y, { classWeights: weights })),
      value(crossEntropy(x, y, weights)),
    );
    const both = segmentationLoss(x, y, { dice: true, classWeights: weights });
    assertAlmostEquals(value(both), value(crossEntropy(x, y, weights)) + dice, 1e-6);

    const gradient = (f: (x: Tensor4D) => ReturnType<typeof segmentationLoss>) =>
      tf.grad((x) => f(x as Tensor4D))(x).dataSync() as Float32Array;
    const [ofCe, ofDice] = [gradient((x) => crossEntropy(x, y)), gradient((x) => diceLoss(x, y))];
    assertClose(
      gradient((x) => segmentationLoss(x, y, { dice: true })),
      ofCe.map((value, i) => value + ofDice[i]!),
      1e-6,
      "dlogits",
    );
  });
});

Deno.test("balancedWeights() give each class that is there the same part", () => {
  const labels = Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 1, 3, IGNORED_LABEL, IGNORED_LABEL);
  const weights = balancedWeights(labels, 4);
  assertEquals(weights, [0.5, 1.5, 0, 3]);
  assertEquals([6 * weights[0]!, 2 * weights[1]!, weights[3]], [3, 3, 3]);
  assertEquals(balancedWeights(Int32Array.of(IGNORED_LABEL), 2), [0, 0]);
});

Deno.test("segmentationLoss() refuses weights that are not one a class", () => {
  tf.tidy(() => {
    const [x, y] = tensorsOf(labelledLogits([1, 3, 3, 4]));
    assertThrows(
      () => segmentationLoss(x, y, { classWeights: [1, 2] }),
      TypeError,
      "there are 2 weights, wanted 4",
    );
  });
});
