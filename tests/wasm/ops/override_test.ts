import { assertEquals } from "../../deps.ts";
import { startBackend, type Tensor, tf } from "../../../wasm/mod.ts";
import { overrideGradient, overrideKernel } from "../../../wasm/ops/override.ts";

await startBackend({ threads: 1 });

Deno.test("overrideKernel() and overrideGradient() register, and then replace", () => {
  const run = (x: Tensor) => tf.engine().runKernel("TestTwice", { x } as never) as Tensor;
  for (const factor of [2, 5]) {
    overrideKernel("TestTwice", ({ inputs }) => tf.mul(inputs.x as Tensor, factor));
    overrideGradient({
      kernelName: "TestTwice",
      gradFunc: (dy) => ({ x: () => tf.mul(dy as Tensor, factor) }),
    });
    const x = tf.tensor1d([1, 2]);
    assertEquals([...run(x).dataSync()], [factor, 2 * factor]);
    assertEquals([...tf.grad(run)(x).dataSync()], [factor, factor]);
  }
  tf.unregisterKernel("TestTwice", "wasm");
  tf.unregisterGradient("TestTwice");
});
