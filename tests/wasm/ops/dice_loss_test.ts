import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { diceLoss, IGNORED_LABEL, startBackend, type Tensor4D, tf } from "../../../wasm/mod.ts";
import { onCpu } from "../cpu_backend.ts";
import { assertGradient, softmax as reference } from "../reference.ts";
import {
  type LabelledLogits,
  labelledLogits,
  oneHotOf,
  SHAPES,
  tensorsOf,
} from "./labelled_logits.ts";

await startBackend({ threads: 2 });

const SMOOTH = 1e-5;

/** The formula in float64, class by class. */
function lossOf({ values, labels, classes }: LabelledLogits): number {
  const p = reference(values, classes, 1);
  let dice = 0;
  for (let k = 1; k < classes; k++) {
    let hits = 0, all = 0, own = 0;
    labels.forEach((label, i) => {
      if (label === IGNORED_LABEL) return;
      all += p[i * classes + k]!;
      if (label !== k) return;
      hits += p[i * classes + k]!;
      own++;
    });
    dice += (2 * hits + SMOOTH) / (all + own + SMOOTH);
  }
  return 1 - dice / (classes - 1);
}

/** MONAI's DiceLoss, written in tfjs and computed on its cpu backend, of the labelled pixels. */
function onTfjs(input: LabelledLogits): Promise<number> {
  return onCpu(() => {
    const size: [number, number] = [input.labels.length, input.classes];
    const known = Float32Array.from(input.labels, (label) => label === IGNORED_LABEL ? 0 : 1);
    const p = tf.mul(tf.softmax(tf.tensor2d(input.logits, size)), tf.tensor2d(known, [size[0], 1]));
    const g = tf.tensor2d(oneHotOf(input), size);
    const sum = (map: typeof g) => tf.sum(tf.slice(map, [0, 1], [-1, -1]), 0);
    const f = tf.div(
      tf.add(tf.mul(sum(tf.mul(p, g)), 2), SMOOTH),
      tf.add(tf.add(sum(p as typeof g), sum(g)), SMOOTH),
    );
    return 1 - tf.mean(f).dataSync()[0]!;
  });
}

const gradientOf = (input: LabelledLogits, dy: number) => {
  const [x, y] = tensorsOf(input);
  return tf.grad((x) => diceLoss(x as Tensor4D, y))(x, tf.scalar(dy)).dataSync();
};

for (const shape of SHAPES) {
  for (const ignored of [0, 0.4]) {
    Deno.test(`diceLoss() [${shape}], ${ignored} ignored: value and gradient`, async () => {
      const input = labelledLogits(shape, ignored), loss = lossOf(input);
      assertAlmostEquals(await onTfjs(input), loss, 1e-5);
      tf.tidy(() => {
        const [x, y] = tensorsOf(input);
        assertAlmostEquals(diceLoss(x, y).dataSync()[0]!, loss, 2e-6);
        const gradient = gradientOf(input, 3);
        assertGradient(gradient, () => 3 * lossOf(input), input.values, "dlogits");
        input.labels.forEach((label, i) => {
          if (label !== IGNORED_LABEL) return;
          const own = gradient.slice(i * input.classes, (i + 1) * input.classes);
          assertEquals([...own], new Array(input.classes).fill(0));
        });
      });
    });
  }
}

Deno.test("diceLoss() of what is certain: 0 where it is right, 1 where it is wrong", () => {
  tf.tidy(() => {
    const labels = tf.tensor3d([0, 1, 2, 1], [1, 2, 2], "int32");
    const certain = (classes: readonly number[]) =>
      tf.tensor4d(classes.flatMap((k) => [0, 1, 2].map((j) => j === k ? 100 : 0)), [1, 2, 2, 3]);
    assertAlmostEquals(diceLoss(certain([0, 1, 2, 1]), labels).dataSync()[0]!, 0, 1e-6);
    assertAlmostEquals(diceLoss(certain([1, 2, 1, 0]), labels).dataSync()[0]!, 1, 1e-5);
    // Class 1: 1 of 2 pixels found, Dice 2/3; class 2 is right.
    assertAlmostEquals(diceLoss(certain([0, 1, 2, 0]), labels).dataSync()[0]!, 1 / 6, 1e-5);
  });
});

Deno.test("diceLoss() of ignored pixels alone is 0, and so is its gradient", () => {
  tf.tidy(() => {
    const input = labelledLogits([1, 2, 3, 3], 1), [x, y] = tensorsOf(input);
    assertEquals(diceLoss(x, y).dataSync()[0], 0);
    assert(gradientOf(input, 1).every((value) => value === 0));
  });
});

Deno.test("diceLoss() leaves nothing on the heap", () => {
  const [x, y] = tensorsOf(labelledLogits([1, 3, 3, 4])), before = tf.memory().numTensors;
  diceLoss(x, y).dispose();
  tf.grad((x) => diceLoss(x as Tensor4D, y))(x).dispose();
  assertEquals(tf.memory().numTensors, before);
  tf.dispose([x, y]);
});

Deno.test("diceLoss() refuses wrong arguments", () => {
  tf.tidy(() => {
    const x = tf.zeros([1, 2, 2, 3]) as Tensor4D;
    assertThrows(
      () => diceLoss(x, tf.zeros([1, 2, 2])),
      TypeError,
      "the Dice loss: labels are float32",
    );
    assertThrows(
      () => diceLoss(tf.zeros([1, 2, 2, 1]) as Tensor4D, tf.zeros([1, 2, 2], "int32")),
      TypeError,
      "wanted 2 classes",
    );
  });
});
