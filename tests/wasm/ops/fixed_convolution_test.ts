import { assert, assertEquals, assertThrows } from "../../deps.ts";
import {
  convolution,
  type ConvolutionAlgorithm,
  FixedConvolution,
  type FormName,
  join,
  startBackend,
  tf,
  withConvolutionAlgorithm,
} from "../../../wasm/mod.ts";
import { withDebugKernels } from "../debug_kernels.ts";
import { randomValues, type Shape4, sizeOf } from "../reference.ts";

await startBackend({ threads: 2 });

const map = (name: string, shape: Shape4) => tf.tensor4d(randomValues(name, sizeOf(shape)), shape);
const filterOf = (form: FormName, ci: number, co: number) =>
  map(form, form === "transposed" ? [2, 2, co, ci] : [3, 3, ci, co]);
/** A normalisation that changes nothing but rounds variance and epsilon to 1. */
const plain = (channels: number, slope: number) => ({
  statistics: tf.tensor2d([...Array(channels).fill(0), ...Array(channels).fill(1 - 1e-5)], [
    2,
    channels,
  ]),
  ...{ gamma: tf.ones([channels]) as never, beta: tf.zeros([channels]) as never },
  ...{ slope, training: false, frozen: true },
});

for (const algorithm of ["winograd", "direct"] as const satisfies ConvolutionAlgorithm[]) {
  for (const form of ["same", "down", "up", "transposed"] as const) {
    Deno.test(`FixedConvolution is a convolution and what joins it: ${form}, ${algorithm}`, () =>
      withConvolutionAlgorithm(algorithm, () => {
        for (const [ci, co, height, width] of [[3, 5, 6, 8], [8, 16, 10, 14], [16, 8, 4, 20]]) {
          tf.tidy(() => {
            const x = map("x", [2, height!, width!, ci!]), filter = filterOf(form, ci!, co!);
            const bias = tf.tensor1d(randomValues("bias", co!));
            const y = convolution({ x, filter, bias, form, statistics: false }).y;
            const fixed = new FixedConvolution(form, filter.clone(), bias.clone());
            assertEquals(fixed.apply(x).dataSync(), y.dataSync());
            const [n, h, w, c] = y.shape;
            const halves = [n, h / 2, w / 2, c] as Shape4;
            const skips = h % 2 === 0 && w % 2 === 0 ? [undefined, y.shape, halves] : [undefined];
            for (const shape of skips) {
              const skip = shape && map("skip", shape), slope = 0.2;
              const wanted = join(y, plain(co!, slope), skip).dataSync();
              const found = fixed.apply(x, { slope, skip }).dataSync();
              found.forEach((value, i) => assert(Math.abs(value - wanted[i]!) < 1e-5));
              // What is kept of the filter changes nothing.
              assertEquals(fixed.apply(x, { slope, skip }).dataSync(), found);
            }
            fixed.dispose();
          });
        }
      }));
  }
}

Deno.test("FixedConvolution keeps its weights over a tidy, and gives all of them back", () => {
  const before = tf.memory().numTensors;
  const made: FixedConvolution[] = [];
  tf.tidy(() => {
    made.push(new FixedConvolution("up", filterOf("up", 8, 8), tf.zeros([8]) as never));
  });
  const [fixed] = made as [FixedConvolution];
  const run = () => tf.tidy(() => fixed.apply(map("x", [1, 6, 6, 8])).dataSync().slice() as never);
  const first = run() as Float32Array;
  assertEquals(run(), first);
  assertEquals(tf.memory().numTensors, before + 3);
  fixed.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("FixedConvolution refuses slopes out of range, and skips of another shape", () => {
  tf.tidy(() => {
    const fixed = new FixedConvolution("same", filterOf("same", 8, 8), tf.zeros([8]) as never);
    const x = map("x", [1, 6, 6, 8]);
    assertThrows(() => fixed.apply(x, { slope: 1.5 }), RangeError, "slope is 1.5");
    assertThrows(
      () => fixed.apply(x, { slope: 1, skip: map("skip", [1, 6, 6, 4]) }),
      TypeError,
      "Cannot convolve: skip is [1,6,6,4], wanted [1,6,6,8]",
    );
    assertThrows(() => fixed.apply(map("x", [1, 6, 6, 4])), TypeError, "Cannot convolve (same)");
    fixed.dispose();
  });
});

Deno.test("FixedConvolution gives the debug kernels' bits, whose assertions hold", async () => {
  const run = () =>
    tf.tidy(() => {
      const fixed = new FixedConvolution("same", filterOf("same", 8, 16), tf.ones([16]) as never);
      const skip = map("skip", [2, 5, 7, 16]);
      const y = fixed.apply(map("x", [2, 10, 14, 8]), { slope: 0.2, skip });
      fixed.dispose();
      return y.dataSync().slice() as never;
    }) as Float32Array;
  const released = run();
  await withDebugKernels(2, () => assertEquals(run(), released));
});
