import { assertEquals, assertThrows } from "../../deps.ts";
import { convolution, halfSquaredError, startBackend, tf, withTape } from "../../../wasm/mod.ts";
import type { Tensor } from "../../../wasm/mod.ts";
import { zeroGradient } from "../../../wasm/ops/go_back.ts";

await startBackend({ threads: 1 });

const named = (tensors: Record<string, Tensor>) => new Map(Object.entries(tensors));

/** A convolution whose statistics are asked for, as in front of a normalisation. */
function layer() {
  const x = tf.randomUniform([1, 4, 4, 2], -1, 1, "float32", 1) as ReturnType<typeof tf.tensor4d>;
  const filter = tf.randomUniform([3, 3, 2, 3], -1, 1, "float32", 2) as typeof x;
  const bias = tf.tensor1d([0.1, 0.2, 0.3]);
  const y = () => convolution({ x, filter, bias, form: "same", statistics: true }).y;
  return { x, filter, bias, y };
}

Deno.test("goBack() gives what tfjs gives, but for gradients that are zero whatever comes", () => {
  tf.tidy(() => {
    const { x, filter, bias, y } = layer(), target = tf.zeros([1, 4, 4, 3]);
    const loss = () => halfSquaredError(y(), target);
    const found = withTape((backward) => backward(loss(), named({ x, filter, bias })));
    assertEquals([...found.keys()], ["x", "filter"]);
    const [byFilter, byBias] = tf.grads(loss as never)([filter, bias]);
    assertEquals([...byFilter!.dataSync()], [...found.get("filter")!.dataSync()]);
    assertEquals([...byBias!.dataSync()], [0, 0, 0]);
  });
});

Deno.test("goBack() adds up what several uses give, and knows the gradient by y itself", () => {
  tf.tidy(() => {
    const a = tf.tensor1d([1, 2]), dy = tf.tensor1d([3, 5]);
    const found = withTape((backward) => {
      const y = tf.add(tf.add(a, a), a);
      return backward(y, named({ a, y }), dy);
    });
    assertEquals([...found.get("a")!.dataSync()], [9, 15]);
    assertEquals([...found.get("y")!.dataSync()], [3, 5]);
  });
});

Deno.test("goBack() goes around operators that pass nothing on, and names one without a gradient", () => {
  tf.tidy(() => {
    const a = tf.tensor1d([1, 2]);
    const found = withTape((backward) => {
      tf.erf(a);
      return backward(tf.add(a, tf.ones([2])), named({ a }), tf.ones([2]));
    });
    assertEquals([...found.get("a")!.dataSync()], [1, 1]);
    assertThrows(
      () => withTape((backward) => backward(tf.erf(a), named({ a }), tf.ones([2]))),
      Error,
      "gradient function not found for Erf",
    );
  });
});

Deno.test("zeroGradient() makes zeros where tfjs asks", () => {
  const made = zeroGradient([2, 3])();
  assertEquals([made.shape, [...made.dataSync()]], [[2, 3], [0, 0, 0, 0, 0, 0]]);
  made.dispose();
});
