import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { crossEntropy, IGNORED_LABEL, startBackend, type Tensor4D, tf } from "../../../wasm/mod.ts";
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

/** In float64; 0 where nothing is labelled. */
function lossOf({ values, labels, classes }: LabelledLogits, weights?: readonly number[]): number {
  const p = reference(values, classes, 1);
  let sum = 0, whole = 0;
  labels.forEach((label, i) => {
    if (label === IGNORED_LABEL) return;
    const weight = weights?.[label] ?? 1;
    sum -= weight * Math.log(p[i * classes + label]!);
    whole += weight;
  });
  return whole === 0 ? 0 : sum / whole;
}

/** By tfjs on its cpu backend. */
function onTfjs(input: LabelledLogits, weights?: readonly number[]): Promise<number> {
  return onCpu(() => {
    const hot = tf.mul(
      tf.tensor(oneHotOf(input), [input.labels.length, input.classes]),
      tf.tensor1d(weights ? [...weights] : new Array(input.classes).fill(1)),
    );
    const logP = tf.logSoftmax(tf.tensor2d(input.logits, [input.labels.length, input.classes]));
    return -tf.sum(tf.mul(logP, hot)).dataSync()[0]! / tf.sum(hot).dataSync()[0]!;
  });
}

const gradientOf = (input: LabelledLogits, dy: number, weights?: readonly number[]) => {
  const [x, y] = tensorsOf(input);
  return tf.grad((x) => crossEntropy(x as Tensor4D, y, weights))(x, tf.scalar(dy)).dataSync();
};

for (const shape of SHAPES) {
  const all = Array.from({ length: shape[3] }, (_, k) => 0.5 + k * k);
  for (
    const [ignored, weights] of [[0, undefined], [0.4, undefined], [0, all], [0.4, all]] as const
  ) {
    const how = `${ignored} ignored, ${weights ? "with" : "without"} weights`;
    Deno.test(`crossEntropy() [${shape}], ${how}: value and gradient`, async () => {
      const input = labelledLogits(shape, ignored), loss = lossOf(input, weights);
      const known = input.labels.some((label) => label !== IGNORED_LABEL);
      if (known) assertAlmostEquals(await onTfjs(input, weights), loss, 1e-5 * Math.max(1, loss));
      tf.tidy(() => {
        const [x, y] = tensorsOf(input);
        const value = crossEntropy(x, y, weights).dataSync()[0]!;
        assertAlmostEquals(value, loss, 2e-6 * Math.max(1, loss));
        const gradient = gradientOf(input, 3, weights);
        assertGradient(gradient, () => 3 * lossOf(input, weights), input.values, "dlogits");
        input.labels.forEach((label, i) => {
          if (label !== IGNORED_LABEL) return;
          const own = gradient.slice(i * input.classes, (i + 1) * input.classes);
          assertEquals([...own], new Array(input.classes).fill(0));
        });
      });
    });
  }
}

Deno.test("crossEntropy() of ignored pixels alone is 0, and so is its gradient", () => {
  tf.tidy(() => {
    for (const weights of [undefined, [1, 2, 3]]) {
      const input = labelledLogits([1, 2, 3, 3], 1);
      const [x, y] = tensorsOf(input);
      assertEquals(crossEntropy(x, y, weights).dataSync()[0], 0);
      assert(gradientOf(input, 1, weights).every((value) => value === 0));
    }
  });
});

Deno.test("crossEntropy() of pixels whose classes have no weight is 0", () => {
  tf.tidy(() => {
    const labels = tf.ones([1, 1, 2], "int32"), x = tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]);
    assertEquals(crossEntropy(x, labels, [1, 0]).dataSync()[0], 0);
  });
});

Deno.test("crossEntropy() sees nothing of what ignored pixels hold", () => {
  const input = labelledLogits([2, 5, 3, 3], 0.4);
  const run = (logits: Float32Array) =>
    tf.tidy(() => {
      const other = { ...input, logits }, [x, y] = tensorsOf(other);
      return [crossEntropy(x, y).dataSync()[0]!, ...gradientOf(other, 1)] as never;
    });
  const changed = input.logits.map((value, i) =>
    input.labels[Math.floor(i / 3)] === IGNORED_LABEL ? NaN : value
  );
  assertEquals(run(changed), run(input.logits));
});

Deno.test("crossEntropy() with equal weights is that without", () => {
  tf.tidy(() => {
    const [x, y] = tensorsOf(labelledLogits([2, 5, 3, 3], 0.4));
    const [plain, weighted] = [crossEntropy(x, y), crossEntropy(x, y, [2, 2, 2])];
    assertAlmostEquals(weighted.dataSync()[0]!, plain.dataSync()[0]!, 1e-6);
  });
});

Deno.test("crossEntropy() stays finite for logits of any size", () => {
  tf.tidy(() => {
    const x = tf.tensor4d([1e4, -1e4, 0, -1e4, -1e4, -1e4], [1, 1, 2, 3]);
    const labels = tf.tensor3d([1, 2], [1, 1, 2], "int32");
    assertAlmostEquals(crossEntropy(x, labels).dataSync()[0]!, (2e4 + Math.log(3)) / 2, 1e-2);
    const gradient = tf.grad((x) => crossEntropy(x as Tensor4D, labels))(x).dataSync();
    assert(gradient.every(Number.isFinite));
  });
});

Deno.test("crossEntropy() refuses wrong arguments", () => {
  tf.tidy(() => {
    const x = tf.zeros([1, 2, 2, 3]) as Tensor4D, y = tf.zeros([1, 2, 2], "int32");
    assertThrows(() => crossEntropy(x, tf.zeros([1, 2, 2])), TypeError, "labels are float32");
    assertThrows(
      () => crossEntropy(x, tf.zeros([1, 2, 3], "int32")),
      TypeError,
      "wanted int32 [1,2,2]",
    );
    assertThrows(() => crossEntropy(x, y, [1, 2]), TypeError, "there are 2 weights, wanted 3");
    assertThrows(() => crossEntropy(x, y, [1, -2, 1]), RangeError, "a weight is -2");
    assertThrows(() => crossEntropy(x, y, [1, NaN, 1]), RangeError, "a weight is NaN");
  });
});
