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
import { runtime } from "../../../../wasm/runtime.ts";
import { namedForm } from "../../../../wasm/ops/convolution/form.ts";
import { withGuards } from "../../heap_guard.ts";
import { randomValues, type Shape4, sizeOf } from "../../reference.ts";

await startBackend({ threads: 2 });

const map = (name: string, shape: Shape4) => tf.tensor4d(randomValues(name, sizeOf(shape)), shape);

/** The length of the difference over that of what is expected. */
function distance(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let error = 0, square = 0;
  for (let i = 0; i < expected.length; i++) {
    error += (actual[i]! - expected[i]!) ** 2;
    square += expected[i]! ** 2;
  }
  return Math.sqrt(error / square);
}

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
      const relative = distance(winograd[i]!, direct[i]!);
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

Deno.test("startBackend() chooses the algorithm, and otherwise leaves it", async () => {
  await startBackend({ threads: 2, convolution: "direct" });
  await startBackend({ threads: 2 });
  assertEquals(convolutionAlgorithm(), "direct");
  await startBackend({ threads: 2, convolution: "winograd" });
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

/** Form, [n, height, width, ci, co], and the kernel that its filter gradient takes. */
const SHAPES = [
  ["same", [1, 2, 4, 8, 8], "winogradTiles"],
  ["same", [3, 11, 13, 40, 24], "winogradTiles"],
  ["same", [1, 12, 10, 136, 8], "winogradTiles"],
  ["same", [5, 48, 48, 8, 8], "winogradFilterGradient"],
  ["same", [4, 33, 35, 8, 8], "winogradFilterGradient"],
  ["same", [9, 30, 22, 16, 16], "winogradFilterGradient"],
  ["up", [1, 3, 3, 24, 8], "winogradTiles"],
  ["up", [2, 33, 31, 8, 8], "winogradFilterGradient"],
  ["up", [6, 40, 38, 8, 8], "winogradFilterGradient"],
] as const;

for (const [form, shape, kernel] of SHAPES) {
  Deno.test(`Winograd's algorithm keeps to its memory and near the sum: ${form} ${shape}`, () => {
    const [n, height, width, ci, co] = shape;
    const all = (algorithm: "winograd" | "direct") =>
      withConvolutionAlgorithm(algorithm, () =>
        tf.tidy(() => {
          const vector = (name: string) => tf.tensor1d(randomValues(name, ci, 0.5, 1));
          const normalisation = {
            statistics: tf.tensor2d(randomValues("statistics", 2 * ci, 0.5, 1), [2, ci]),
            gamma: vector("gamma"),
            beta: vector("beta"),
            slope: 0.2,
            training: false,
            frozen: true,
          };
          const bias = tf.tensor1d(randomValues("bias", co));
          const run = (x: Tensor4D, filter: Tensor4D) =>
            convolution({ x, filter, bias, normalisation, form, statistics: true });
          const x = map("x", [n, height, width, ci]), filter = map("filter", [3, 3, ci, co]);
          const { y, statistics } = run(x, filter);
          const dy = map("dy", y.shape);
          const gradients = tf.grads(((a: Tensor4D, b: Tensor4D) => run(a, b).y) as never)(
            [x, filter],
            dy,
          );
          return [y, statistics, ...gradients].map((tensor) => tensor.dataSync()) as never;
        }) as unknown as Float32Array[]);
    const direct = all("direct"), { pool } = runtime(), run = pool.run, ran = new Set<string>();
    let winograd: Float32Array[] = [];
    pool.run = (name, ...rest) => {
      ran.add(name);
      run.call(pool, name, ...rest);
    };
    try {
      assertEquals(withGuards(() => winograd = all("winograd")), 0);
    } finally {
      pool.run = run;
    }
    assert(ran.has("winogradConvolve") && ran.has(kernel), [...ran].join());
    for (const [i, values] of direct.entries()) {
      const relative = distance(winograd[i]!, values);
      assert(relative < 3e-6, `result ${i}: ${relative}`);
    }
  });
}
