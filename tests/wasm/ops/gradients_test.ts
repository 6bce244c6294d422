import { assertEquals, assertThrows } from "../../deps.ts";
import { gradients, halfSquaredError, startBackend, type Tensor, tf } from "../../../wasm/mod.ts";

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
