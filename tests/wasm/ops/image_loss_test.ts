import { assertAlmostEquals, assertThrows } from "../../deps.ts";
import { halfSquaredError, startBackend, tf } from "../../../wasm/mod.ts";
import { onCpu } from "../cpu_backend.ts";
import { assertClose, assertGradient, dot, randomValues } from "../reference.ts";

await startBackend({ threads: 2 });

// Below, at and beyond a vector of four and a chunk of 16384.
for (const size of [1, 3, 4, 37, 16384, 16391]) {
  Deno.test(`tf.sigmoid() of ${size} values: as on the cpu backend, with its gradient`, async () => {
    const x = randomValues("x", size, -9, 9), dy = randomValues("dy", size);
    const expected = await onCpu(() => tf.sigmoid(tf.tensor1d(x)).dataSync());
    const values = Float64Array.from(x);
    const loss = () => dot(values.map((v) => 1 / (1 + Math.exp(-v))), dy);
    tf.tidy(() => {
      assertClose(tf.sigmoid(tf.tensor1d(x)).dataSync(), expected, 1e-6, "y");
      const gradient = tf.grad((x) => tf.sigmoid(x))(tf.tensor1d(x), tf.tensor1d(dy)).dataSync();
      assertGradient(gradient, loss, values, "dx");
    });
  });

  Deno.test(`halfSquaredError() of ${size} values: value and both gradients`, async () => {
    const a = randomValues("a", size), b = randomValues("b", size);
    const expected = await onCpu(() =>
      0.5 * tf.mean(tf.squaredDifference(tf.tensor1d(a), tf.tensor1d(b))).dataSync()[0]!
    );
    const [left, right] = [Float64Array.from(a), Float64Array.from(b)];
    const loss = () => left.reduce((sum, v, i) => sum + (v - right[i]!) ** 2, 0) * 2 / size;
    tf.tidy(() => {
      const inputs = [tf.tensor1d(a), tf.tensor1d(b)];
      const value = halfSquaredError(inputs[0]!, inputs[1]!).dataSync()[0]!;
      assertAlmostEquals(value, expected, 1e-5 * expected);
      const [da, db] = tf.grads((a, b) => halfSquaredError(a!, b!))(inputs, tf.scalar(4));
      assertGradient(da!.dataSync(), loss, left, "da");
      assertGradient(db!.dataSync(), loss, right, "db");
    });
  });
}

Deno.test("halfSquaredError() refuses shapes that differ", () => {
  tf.tidy(() => {
    assertThrows(
      () => halfSquaredError(tf.zeros([2, 3]), tf.zeros([3, 2])),
      TypeError,
      "[2,3] and [3,2], wanted one shape",
    );
  });
});
