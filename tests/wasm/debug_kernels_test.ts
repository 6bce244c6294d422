import { assertEquals, assertStringIncludes, assertThrows } from "../deps.ts";
import { convolution, crossEntropy, startBackend, type Tensor, tf } from "../../wasm/mod.ts";
import type { Tensor1D, Tensor4D } from "../../wasm/mod.ts";
import { runtime } from "../../wasm/runtime.ts";
import { withDebugKernels } from "./debug_kernels.ts";
import { randomValues, type Shape4, sizeOf } from "./reference.ts";

const map = (name: string, shape: Shape4) => tf.tensor4d(randomValues(name, sizeOf(shape)), shape);

/** Convolutions of every form with their gradients, by phases and by Winograd's algorithm. */
function convolutions(): number[][] {
  return tf.tidy(() => {
    const found: number[][] = [];
    for (const [ci, co, size] of [[3, 5, 6], [8, 16, 12]] as const) {
      const bias = tf.tensor1d(randomValues("bias", co)), x = map("x", [2, size, size, ci]);
      const normalisation = {
        statistics: tf.tensor2d(randomValues("statistics", 2 * ci, 0.5, 1), [2, ci]),
        gamma: tf.tensor1d(randomValues("gamma", ci)),
        beta: tf.tensor1d(randomValues("beta", ci)),
        ...{ slope: 0.2, training: true, frozen: false },
      };
      for (const form of ["same", "down", "up", "transposed"] as const) {
        const shape: Shape4 = form === "transposed" ? [2, 2, co, ci] : [3, 3, ci, co];
        const run = (x: Tensor, filter: Tensor, bias: Tensor) =>
          convolution({
            ...{ x, filter, bias } as { x: Tensor4D; filter: Tensor4D; bias: Tensor1D },
            ...{ normalisation, form, statistics: true },
          });
        const filter = map(form, shape), { y, statistics } = run(x, filter, bias);
        const gradients = tf.grads((a, b, c) => run(a!, b!, c!).y)([x, filter, bias], y);
        for (const tensor of [y, statistics, ...gradients]) found.push([...tensor.dataSync()]);
      }
    }
    return found as never;
  }) as unknown as number[][];
}

for (const threads of [1, 2]) {
  Deno.test(`the debug build gives the released kernels' bits on ${threads} threads`, async () => {
    await startBackend({ threads });
    const released = convolutions();
    await withDebugKernels(threads, () => assertEquals(convolutions(), released));
  });
}

/** What a kernel of one chunk ends with. */
function failureOf(run: () => void): WebAssembly.RuntimeError {
  return assertThrows(run, WebAssembly.RuntimeError, "unreachable");
}

Deno.test("an assertion of the debug build ends its kernel, whose name is in the stack", async () => {
  await startBackend({ threads: 1 });
  const bad = (label: number) =>
    tf.tidy(() => {
      const labels = tf.tensor3d([label], [1, 1, 1], "int32");
      return crossEntropy(tf.tensor4d([1, 2, 3, 4], [1, 1, 1, 4]), labels).dataSync()[0]!;
    });
  const good = bad(3);
  await withDebugKernels(1, () => {
    assertEquals(bad(3), good);
    assertStringIncludes(failureOf(() => bad(4)).stack!, "softmax/crossEntropy");
    assertStringIncludes(failureOf(() => bad(-1)).stack!, "softmax/crossEntropy");

    const { heap, pool } = runtime();
    heap.withBytes(4096, (at) => {
      const floats = { a: at, b: at, out: at, size: 16 };
      pool.run("addMaps", 1, { ...floats, chunkSize: 16 });
      const stack = failureOf(() => pool.run("addMaps", 1, { ...floats, chunkSize: 15 })).stack!;
      assertStringIncludes(stack, "elementwise/addMaps");
    });
  });
});

Deno.test("the debug build tells of a convolution's scratch that is too small", async () => {
  await startBackend({ threads: 1 });
  await withDebugKernels(1, () => {
    const { pool } = runtime(), { run } = pool;
    for (const [kernel, ci] of [["convolve", 3], ["winogradConvolve", 8]] as const) {
      pool.run = (name, chunks, args) => {
        const { scratchBytes } = args as { scratchBytes?: number };
        const less = name === kernel ? { scratchBytes: scratchBytes! - 256 } : {};
        run.call(pool, name as never, chunks, { ...args, ...less } as never);
      };
      // The pool is the test's own: nothing is put back.
      const x = map("x", [1, 24, 24, ci]), filter = map("filter", [3, 3, ci, 8]);
      const bias = tf.tensor1d(randomValues("bias", 8));
      const failure = failureOf(() =>
        convolution({ x, filter, bias, form: "same", statistics: false })
      );
      assertStringIncludes(failure.stack!, `convolve/${kernel}`);
      tf.dispose([x, filter, bias]);
    }
  });
});
