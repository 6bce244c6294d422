import { assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import {
  gradients,
  halfSquaredError,
  startBackend,
  type Tensor,
  tf,
  unrecorded,
  withTape,
} from "../../../wasm/mod.ts";

await startBackend({ threads: 1 });

Deno.test("gradients() gives the value, and gradients by name of what it depends on", () => {
  tf.tidy(() => {
    const by = new Map<string, Tensor>([["a", tf.tensor1d([3, 5])], ["idle", tf.tensor1d([1])]]);
    const { value, gradients: found } = gradients(
      () => halfSquaredError(by.get("a")!, tf.tensor1d([1, 1])),
      by,
    );
    assertEquals(value, 5);
    assertEquals([...found.keys()], ["a"]);
    assertEquals([...found.get("a")!.dataSync()], [1, 2]);
  });
});

Deno.test("gradients() leaves nothing behind but the gradients", () => {
  const a = tf.tensor1d([3, 5]), b = tf.tensor1d([1, 1]);
  const before = tf.memory().numTensors;
  const { gradients: found } = gradients(
    () => halfSquaredError(tf.sigmoid(tf.add(a, a)), b),
    new Map([["a", a]]),
  );
  assertEquals(tf.memory().numTensors, before + 1);
  tf.dispose([a, b, found.get("a")!]);
});

Deno.test("gradients() through an operator without a gradient names it, and can go on", () => {
  tf.tidy(() => {
    const a = tf.tensor1d([1, 2]), by = new Map([["a", a]]);
    const run = () => gradients(() => halfSquaredError(tf.erf(a), a), by);
    assertThrows(run, Error, "gradient function not found for Erf");
    const { gradients: found } = gradients(() => halfSquaredError(a, tf.zeros([2])), by);
    assertEquals([...found.get("a")!.dataSync()], [0.5, 1]);
  });
});

Deno.test("withTape() goes back part by part, more than once, and leaves nothing behind", () => {
  const x = tf.tensor1d([1, 2]), target = tf.tensor1d([0.25, 0.5]);
  const before = tf.memory().numTensors;
  const found = withTape((backward) => {
    const inner = tf.sigmoid(x);
    const loss = halfSquaredError(inner, target);
    const first = backward(loss, new Map([["inner", inner]])).get("inner")!;
    const back = () => backward(inner, new Map([["x", x]]), first).get("x")!;
    const [once, again] = [back(), back()];
    const whole = backward(loss, new Map([["x", x]])).get("x")!;
    const values = [once, again, whole].map((tensor) => [...tensor.dataSync()]);
    tf.dispose([first, once, again, whole]);
    return values;
  });
  assertEquals(found[0], found[1]);
  assertEquals(found[0], found[2]);
  const sigmoid = (v: number) => 1 / (1 + Math.exp(-v));
  const slope = (sigmoid(2) - 0.5) / 2 * sigmoid(2) * (1 - sigmoid(2));
  assertAlmostEquals(found[0]![1]!, slope, 1e-6);
  assertEquals(tf.memory().numTensors, before);
  tf.dispose([x, target]);
});

Deno.test("withTape() frees what it recorded where an error ends it", () => {
  const x = tf.tensor1d([1, 2]);
  const before = tf.memory().numTensors;
  const fail = () =>
    withTape(() => {
      halfSquaredError(tf.sigmoid(tf.sigmoid(x)), x);
      throw new RangeError("in the middle");
    });
  assertThrows(fail, RangeError, "in the middle");
  assertEquals(tf.memory().numTensors, before);
  const { gradients: found } = gradients(() => halfSquaredError(x, x), new Map([["x", x]]));
  assertEquals([...found.get("x")!.dataSync()], [0, 0]);
  tf.dispose([x, found.get("x")!]);
});

Deno.test("unrecorded() computes on no tape", () => {
  const x = tf.tensor1d([1, 2]);
  withTape((backward) => {
    const sum = unrecorded(() => tf.add(x, x));
    const loss = halfSquaredError(sum, tf.zeros([2]));
    assertEquals(backward(loss, new Map([["x", x]])).size, 0);
  });
  x.dispose();
});
