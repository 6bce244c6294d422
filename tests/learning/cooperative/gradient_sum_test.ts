import { assert, assertEquals } from "../../deps.ts";
import { GradientSum } from "../../../lib/learning/cooperative/gradient_sum.ts";
import { startBackend, tf } from "../../../wasm/mod.ts";

await startBackend({ threads: 1 });

Deno.test("GradientSum adds up by name, takes over what it is given, and frees it", () => {
  const before = tf.memory().numTensors, sum = new GradientSum();
  sum.add(new Map([["a", tf.tensor1d([1, 2])], ["b", tf.tensor1d([3])]]));
  sum.add(new Map([["a", tf.tensor1d([10, 20])], ["c", tf.tensor1d([5])]]));
  const values = Object.fromEntries([...sum.sums].map(([name, t]) => [name, [...t.dataSync()]]));
  assertEquals(values, { a: [11, 22], b: [3], c: [5] });
  assertEquals(tf.memory().numTensors, before + 3);
  sum.dispose();
  assertEquals(tf.memory().numTensors, before);
  assert(sum.sums.size === 0);
});
