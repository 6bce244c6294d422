import { assert, assertEquals } from "../../../deps.ts";
import {
  convolution,
  convolutionAlgorithm,
  startBackend,
  type Tensor1D,
  type Tensor4D,
  tf,
  withConvolutionAlgorithm,
} from "../../../../wasm/mod.ts";
import { namedForm } from "../../../../wasm/ops/convolution/form.ts";
import { randomValues, type Shape4, sizeOf } from "../../reference.ts";

await startBackend({ threads: 2 });

const map = (name: string, shape: Shape4) => tf.tensor4d(randomValues(name, sizeOf(shape)), shape);

/** Output and gradients of a convolution, by one of the algorithms. */
function compute(
  algorithm: "winograd" | "direct",
  form: "same" | "up",
  ci: number,
  co: number,
) {
  return withConvolutionAlgorithm(algorithm, () => {
    const bias = tf.tensor1d(randomValues("bias", co));
    const run = (x: Tensor4D, filter: Tensor4D, bias: Tensor1D) =>
      convolution({ x, filter, bias, form, statistics: false }).y;
    const inputs = [map("x", [2, 24, 20, ci]), map("filter", [3, 3, ci, co])] as const;
    const y = run(...inputs, bias);
    const gradients = tf.grads(run as never)([...inputs, bias], map("dy", y.shape));
    return [y, ...gradients].map((tensor) => tensor.dataSync());
  });
}

for (
  const [form, ci, co] of [
    ["same", 16, 16],
    ["same", 8, 32],
    ["same", 128, 64],
    ["up", 64, 32],
  ] as const
) {
  Deno.test(`Winograd's algorithm is near the sum, ${form}, ${ci} to ${co}`, () => {
    const direct = compute("direct", form, ci, co);
    const winograd = compute("winograd", form, ci, co);
    for (const [i, name] of ["y", "dx", "dfilter"].entries()) {
      let error = 0, square = 0;
      direct[i]!.forEach((value, k) => {
        error += (winograd[i]![k]! - value) ** 2;
        square += value ** 2;
      });
      const relative = Math.sqrt(error / square);
      // Not zero: then it would not have been Winograd's.
      assert(relative > 0 && relative < 3e-6, `${name}: ${relative}`);
    }
  });
}

Deno.test("withConvolutionAlgorithm() returns to the algorithm before, also after an error", () => {
  assertEquals(convolutionAlgorithm(), "winograd");
  try {
    withConvolutionAlgorithm("direct", () => {
      throw new Error(convolutionAlgorithm());
    });
  } catch (error) {
    assertEquals((error as Error).message, "direct");
  }
  assertEquals(convolutionAlgorithm(), "winograd");
});

Deno.test("startBackend() chooses the algorithm", async () => {
  await startBackend({ threads: 2, convolution: "direct" });
  assertEquals(convolutionAlgorithm(), "direct");
  await startBackend({ threads: 2 });
  assertEquals(convolutionAlgorithm(), "winograd");
});

Deno.test("Winograd's algorithm takes channels in eights and maps that its tiles fit", () => {
  const takes = (side: number, ci: number, co: number) =>
    namedForm("same", [1, side, side, ci], [3, 3, ci, co]).winograd;
  assertEquals([takes(12, 8, 16), takes(12, 4, 16), takes(12, 8, 4)], [true, false, false]);
  // 5 x 5 would be done as 8 x 8.
  assertEquals([takes(5, 8, 8), takes(6, 8, 8), takes(10, 8, 8)], [false, true, true]);
  assertEquals(namedForm("same", [1, 8, 8, 8], [1, 1, 8, 8]).winograd, false);
  assertEquals(namedForm("down", [1, 8, 8, 8], [3, 3, 8, 8]).winograd, false);
});
