import { assertEquals } from "../../deps.ts";
import { startBackend, tf } from "../../../wasm/mod.ts";
import { pointerOf } from "../../../wasm/runtime.ts";

await startBackend({ threads: 1 });

Deno.test("clone() shares the values, which live as long as one of the two", () => {
  const a = tf.tensor1d([1, 2, 3]), b = a.clone();
  assertEquals(pointerOf(b), pointerOf(a));
  a.dispose();
  assertEquals([...b.dataSync()], [1, 2, 3]);
  const before = tf.memory().numTensors;
  b.dispose();
  assertEquals(tf.memory().numTensors, before - 1);
});
