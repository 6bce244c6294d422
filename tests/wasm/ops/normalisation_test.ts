import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import {
  convolution,
  join,
  startBackend,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tf,
} from "../../../wasm/mod.ts";
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

Deno.test("convolution() and join() refuse slopes that the kernels do not take", () => {
  tf.tidy(() => {
    const x = tf.zeros([1, 2, 2, 1]) as Tensor4D, filter = tf.zeros([1, 1, 1, 1]) as Tensor4D;
    const one = tf.ones([1]) as Tensor1D;
    const statistics = tf.ones([2, 1]) as Tensor2D;
    const common = { statistics, gamma: one, beta: one, training: false, frozen: true };
    for (const slope of [-0.1, 2, NaN]) {
      const normalisation = { ...common, slope };
      const convolve = () =>
        convolution({ x, filter, bias: one, form: "same", statistics: false, normalisation });
      assertThrows(convolve, RangeError, `Cannot convolve: slope is ${slope}, wanted 0 to 1`);
      assertThrows(() => join(x, normalisation), RangeError, `Cannot join: slope is ${slope}`);
    }
  });
});
