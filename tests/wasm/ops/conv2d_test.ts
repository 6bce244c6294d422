import { assertThrows } from "../../deps.ts";
import { startBackend, type Tensor4D, tf } from "../../../wasm/mod.ts";
import { onCpu } from "../cpu_backend.ts";
import { assertClose, randomValues, type Shape4, sizeOf } from "../reference.ts";

await startBackend({ threads: 2 });

interface Case {
  readonly x: Shape4;
  readonly filter: Shape4;
  readonly strides: number;
  readonly pad: "same" | "valid" | number;
}

const CASES: readonly Case[] = [
  { x: [1, 5, 7, 1], filter: [3, 3, 1, 3], strides: 1, pad: "same" },
  { x: [2, 6, 5, 5], filter: [3, 3, 5, 9], strides: 2, pad: "same" },
  { x: [2, 7, 9, 3], filter: [3, 3, 3, 2], strides: 2, pad: "valid" },
  { x: [1, 4, 4, 6], filter: [1, 1, 6, 7], strides: 1, pad: "valid" },
  { x: [1, 8, 6, 2], filter: [1, 1, 2, 3], strides: 2, pad: "same" },
  { x: [1, 9, 8, 2], filter: [5, 2, 2, 4], strides: 1, pad: "same" },
  { x: [1, 9, 8, 2], filter: [2, 5, 2, 4], strides: 2, pad: "same" },
  { x: [3, 5, 5, 4], filter: [3, 3, 4, 8], strides: 1, pad: 2 },
  { x: [1, 11, 10, 1], filter: [3, 3, 1, 1], strides: 3, pad: "valid" },
];

const random = (name: string, shape: Shape4) =>
  tf.tensor4d(randomValues(name, sizeOf(shape)), shape);

for (const { x: xShape, filter: filterShape, strides, pad } of CASES) {
  const label = `[${xShape}] by [${filterShape}], strides ${strides}, pad ${pad}`;

  /** Value, dx and dfilter, on whichever backend runs. */
  const compute = () => {
    const x = random("x", xShape), filter = random("filter", filterShape);
    const run = (x: Tensor4D, filter: Tensor4D) =>
      tf.conv2d(x, filter, strides, pad, "NHWC", 1, pad === 2 ? "floor" : undefined);
    const y = run(x, filter);
    const [dx, dfilter] = tf.grads(run as never)([x, filter], random("dy", y.shape));
    return [y, dx!, dfilter!].map((tensor) => tensor.dataSync());
  };

  Deno.test(`tf.conv2d() ${label}: value and gradients as on the cpu backend`, async () => {
    const expected = await onCpu(compute);
    const actual = tf.tidy(() => compute() as never) as ArrayLike<number>[];
    ["y", "dx", "dfilter"].forEach((name, i) => assertClose(actual[i]!, expected[i]!, 1e-5, name));
  });
}

for (
  const { x: xShape, filter: filterShape, strides, out } of [
    { x: [1, 3, 5, 1], filter: [2, 2, 3, 1], strides: 2, out: [1, 6, 10, 3] },
    { x: [2, 4, 3, 5], filter: [3, 3, 2, 5], strides: 2, out: [2, 8, 6, 2] },
    { x: [1, 4, 4, 3], filter: [3, 3, 7, 3], strides: 1, out: [1, 4, 4, 7] },
  ] as { x: Shape4; filter: Shape4; strides: number; out: Shape4 }[]
) {
  Deno.test(`tf.conv2dTranspose() [${xShape}] by [${filterShape}], stride ${strides}`, async () => {
    const inputs = () => ({
      x: random("x", xShape),
      filter: random("filter", filterShape),
      dy: random("dy", out),
    });
    const run = (x: Tensor4D, filter: Tensor4D) =>
      tf.conv2dTranspose(x, filter, out, strides, "same");
    const expected = await onCpu(() => {
      const { x, filter, dy } = inputs();
      const attributes = { strides, pad: "same", dataFormat: "NHWC", filterShape };
      const dfilter = tf.engine().runKernel(
        "Conv2DBackpropFilter",
        { x: dy, dy: x } as never,
        attributes as never,
      ) as Tensor4D;
      return [run(x, filter), tf.conv2d(dy, filter, strides, "same"), dfilter]
        .map((tensor) => tensor.dataSync());
    });
    tf.tidy(() => {
      const { x, filter, dy } = inputs();
      const actual = [run(x, filter), ...tf.grads(run as never)([x, filter], dy)];
      ["y", "dx", "dfilter"].forEach((name, i) =>
        assertClose(actual[i]!.dataSync(), expected[i]!, 1e-5, name)
      );
    });
  });
}

Deno.test("tf.conv2d() refuses what the kernels do not cover", () => {
  tf.tidy(() => {
    const x = random("x", [1, 8, 8, 1]), filter = random("filter", [3, 3, 1, 1]);
    assertThrows(
      () => tf.conv2d(x, filter, 1, "same", "NHWC", 2),
      Error,
      "Conv2D: dataFormat is NHWC and dilations are 2, wanted NHWC and 1",
    );
    assertThrows(
      () => tf.conv2d(x, filter, [2, 1], "same"),
      Error,
      "Conv2D: strides are 2,1, wanted one stride for both axes",
    );
  });
});
