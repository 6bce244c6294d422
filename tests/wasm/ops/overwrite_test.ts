import { assertEquals, assertThrows } from "../../deps.ts";
import { overwrite, startBackend, tf } from "../../../wasm/mod.ts";

await startBackend({ threads: 1 });

Deno.test("overwrite() copies values in place, between shapes of one size", () => {
  tf.tidy(() => {
    const to = tf.zeros([2, 2]), from = tf.tensor1d([1, 2, 3, 4]);
    overwrite(to, from);
    assertEquals([...to.dataSync()], [1, 2, 3, 4]);
    assertEquals(to.shape, [2, 2]);
    assertThrows(() => overwrite(to, tf.zeros([3])), TypeError, "[2,2] with [3]: sizes differ");
    assertEquals([...to.dataSync()], [1, 2, 3, 4]);
  });
});
