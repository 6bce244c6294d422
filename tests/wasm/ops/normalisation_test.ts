import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { startBackend, tf } from "../../../wasm/mod.ts";
import { addRows, rowsPerChunk, withScaleAndShift } from "../../../wasm/ops/normalisation.ts";
import { runtime } from "../../../wasm/runtime.ts";

await startBackend({ threads: 1 });

Deno.test("withScaleAndShift() turns a normalisation into a factor and a summand", () => {
  tf.tidy(() => {
    const tensors = {
      statistics: tf.tensor2d([1, -2, 4, 0.25], [2, 2]),
      gamma: tf.tensor1d([3, 1]),
      beta: tf.tensor1d([0.5, 0]),
    };
    withScaleAndShift(tensors, 2, (scale, shift) => {
      const { heap } = runtime();
      const [a, b] = heap.floats(scale, 2), [c, d] = heap.floats(shift, 2);
      assertAlmostEquals(a!, 3 / Math.sqrt(4.00001), 1e-6);
      assertAlmostEquals(b!, 1 / Math.sqrt(0.25001), 1e-6);
      assertAlmostEquals(c!, 0.5 - 1.5, 1e-5);
      assertAlmostEquals(d!, 4, 1e-4);
    });
    withScaleAndShift(undefined, 3, (scale, shift) => {
      const { heap } = runtime();
      assertEquals([...heap.floats(scale, 3), ...heap.floats(shift, 3)], [1, 1, 1, 0, 0, 0]);
    });
  });
});

Deno.test("rowsPerChunk() is even, so that no 2 x 2 block is cut, and at least 2", () => {
  for (const [width, channels] of [[1, 1], [7, 3], [192, 16], [10000, 128], [33, 5]] as const) {
    const rows = rowsPerChunk(width, channels);
    assert(rows >= 2 && rows % 2 === 0, `${rows} rows`);
  }
});

Deno.test("addRows() adds up rows column by column", () => {
  assertEquals([...addRows(Float64Array.of(1, 2, 3, 10, 20, 30), 2, 3)], [11, 22, 33]);
});
