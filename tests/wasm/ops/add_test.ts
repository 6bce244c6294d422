import { assertEquals, assertThrows } from "../../deps.ts";
import { startBackend, tf } from "../../../wasm/mod.ts";
import { onCpu } from "../cpu_backend.ts";
import { randomValues } from "../reference.ts";

await startBackend({ threads: 2 });

for (const size of [1, 6, 16390]) {
  Deno.test(`tf.add() of two maps of ${size} values is as on the cpu backend`, async () => {
    const run = () =>
      tf.add(tf.tensor1d(randomValues("a", size)), tf.tensor1d(randomValues("b", size)));
    const expected = await onCpu(() => run().dataSync());
    tf.tidy(() => assertEquals(run().dataSync(), expected));
  });
}

Deno.test("tf.add() leaves broadcasting and whole numbers to tfjs", () => {
  tf.tidy(() => {
    assertEquals([...tf.add(tf.tensor2d([1, 2, 3, 4], [2, 2]), 10).dataSync()], [11, 12, 13, 14]);
    const sum = tf.add(tf.tensor1d([1, 2], "int32"), tf.tensor1d([3, 4], "int32"));
    assertEquals([sum.dtype, ...sum.dataSync()], ["int32", 4, 6]);
  });
});

Deno.test("tf.add() passes a gradient on to both of its maps, and refuses to broadcast it", () => {
  tf.tidy(() => {
    const a = tf.tensor1d([1, 2]), dy = tf.tensor1d([3, 4]);
    const [da, db] = tf.grads((a, b) => tf.add(a!, b!))([a, a.clone()], dy);
    assertEquals([...da!.dataSync(), ...db!.dataSync()], [3, 4, 3, 4]);
    assertThrows(
      () => tf.grad((a) => tf.add(a, tf.scalar(1)))(a, dy),
      TypeError,
      "shapes are [2] and [], wanted one shape",
    );
  });
});
