import { assert, assertAlmostEquals, assertThrows } from "../../deps.ts";
import { crossEntropy, softmax, startBackend, type Tensor4D, tf } from "../../../wasm/mod.ts";
import { onCpu } from "../cpu_backend.ts";
import {
  assertClose,
  assertGradient,
  dot,
  randomValues,
  type Shape4,
  sizeOf,
  softmax as reference,
} from "../reference.ts";

await startBackend({ threads: 2 });

// One pixel; a rest of 1, 2, 3 pixels behind whole fours; more than one chunk of 4096 pixels.
const SHAPES: readonly Shape4[] = [
  [1, 1, 1, 2],
  [1, 3, 3, 4],
  [2, 5, 3, 3],
  [1, 1, 7, 5],
  [1, 67, 63, 2],
];

function inputs(shape: Shape4) {
  const classes = shape[3], size = sizeOf(shape);
  const logits = randomValues("logits", size, -6, 6);
  const draws = randomValues("labels", size / classes, 0, classes);
  return { classes, logits, labels: Int32Array.from(draws) };
}

for (const shape of SHAPES) {
  for (const temperature of [1, 2, 0.5]) {
    Deno.test(`softmax() [${shape}] at temperature ${temperature}: value and gradient`, async () => {
      const { classes, logits } = inputs(shape);
      const values = Float64Array.from(logits), weights = randomValues("dp", logits.length);
      const expected = await onCpu(() =>
        tf.softmax(tf.div(tf.tensor4d(logits, shape), temperature)).dataSync()
      );
      tf.tidy(() => {
        const x = tf.tensor4d(logits, shape);
        assertClose(softmax(x, temperature).dataSync(), expected, 2e-6, "p");
        const gradient = tf.grad((x) => softmax(x as Tensor4D, temperature))(
          x,
          tf.tensor4d(weights, shape),
        );
        const loss = () => dot(reference(values, classes, temperature), weights);
        assertGradient(gradient.dataSync(), loss, values, "dlogits");
      });
    });
  }

  Deno.test(`crossEntropy() [${shape}]: value and gradient`, async () => {
    const { classes, logits, labels } = inputs(shape);
    const labelShape = shape.slice(0, 3) as [number, number, number];
    const expected = await onCpu(() => {
      const hot = tf.oneHot(tf.tensor3d(labels, labelShape, "int32"), classes);
      const logP = tf.logSoftmax(tf.tensor4d(logits, shape));
      return -tf.sum(tf.mul(logP, hot)).dataSync()[0]! / labels.length;
    });
    const values = Float64Array.from(logits);
    const loss = () => {
      const p = reference(values, classes, 1);
      return labels.reduce((sum, k, i) => sum - Math.log(p[i * classes + k]!), 0) / labels.length;
    };
    tf.tidy(() => {
      const x = tf.tensor4d(logits, shape), y = tf.tensor3d(labels, labelShape, "int32");
      const value = crossEntropy(x, y).dataSync()[0]!;
      assertAlmostEquals(value, expected, 2e-6 * Math.max(1, expected));
      assertAlmostEquals(value, loss(), 2e-6 * Math.max(1, expected));
      const gradient = tf.grad((x) => crossEntropy(x as Tensor4D, y))(x, tf.scalar(3)).dataSync();
      assertGradient(gradient, () => 3 * loss(), values, "dlogits");
    });
  });
}

Deno.test("softmax() and crossEntropy() stay finite for logits of any size", () => {
  tf.tidy(() => {
    const x = tf.tensor4d([1e4, -1e4, 0, -1e4, -1e4, -1e4], [1, 1, 2, 3]);
    const p = softmax(x).dataSync();
    assertClose(p, [1, 0, 0, 1 / 3, 1 / 3, 1 / 3], 1e-6, "p");
    const labels = tf.tensor3d([1, 2], [1, 1, 2], "int32");
    assertAlmostEquals(crossEntropy(x, labels).dataSync()[0]!, (2e4 + Math.log(3)) / 2, 1e-2);
    const gradient = tf.grad((x) => crossEntropy(x as Tensor4D, labels))(x).dataSync();
    assert(gradient.every(Number.isFinite));
  });
});

Deno.test("softmax() and crossEntropy() refuse wrong arguments", () => {
  tf.tidy(() => {
    const x = tf.zeros([1, 2, 2, 3]) as Tensor4D;
    assertThrows(() => softmax(x, 0), RangeError, "temperature is 0, wanted above 0");
    assertThrows(() => softmax(x, NaN), RangeError, "temperature is NaN");
    assertThrows(() => crossEntropy(x, tf.zeros([1, 2, 2])), TypeError, "labels are float32");
    assertThrows(
      () => crossEntropy(x, tf.zeros([1, 2, 3], "int32")),
      TypeError,
      "wanted int32 [1,2,2]",
    );
  });
});
