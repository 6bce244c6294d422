import { assertEquals, assertThrows } from "../deps.ts";
import { startBackend, tf } from "../../wasm/mod.ts";
import { makeOutput, pointerOf, runtime } from "../../wasm/runtime.ts";

Deno.test("runtime() tells to start a backend where none runs, then gives its parts", async () => {
  assertThrows(() => runtime(), Error, "No backend runs: await startBackend() first");
  const backend = await startBackend({ threads: 1 });
  assertEquals(runtime().pool.threads, 1);
  const { dataId, shape, dtype } = makeOutput([2, 3]);
  const tensor = tf.engine().makeTensorFromDataId(dataId, shape, dtype);
  runtime().heap.floats(pointerOf(tensor), 6).set([1, 2, 3, 4, 5, 6]);
  assertEquals([tensor.shape, [...tensor.dataSync()]], [[2, 3], [1, 2, 3, 4, 5, 6]]);
  await backend.stop();
});
