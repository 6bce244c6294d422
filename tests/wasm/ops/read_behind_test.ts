import { assertEquals } from "../../deps.ts";
import { readBehind, settleReads, startBackend, tf } from "../../../wasm/mod.ts";

await startBackend({ threads: 2 });

Deno.test("readBehind() reads at once on WASM, in the order of the calls", () => {
  const before = tf.memory().numTensors, found: number[] = [];
  const [a, b] = [tf.scalar(1), tf.scalar(2)];
  readBehind(a, ([value]) => found.push(value!));
  readBehind(b, ([value]) => found.push(value!));
  tf.dispose([a, b]);
  assertEquals(found, [1, 2]);
  settleReads();
  assertEquals([found, tf.memory().numTensors], [[1, 2], before]);
});
