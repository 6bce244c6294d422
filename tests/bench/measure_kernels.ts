import {
  convolution,
  type FormName,
  startBackend,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tf,
} from "../../wasm/mod.ts";
import { fmaPeak } from "./fma_peak.ts";
import { type Measurement, median } from "./measurement.ts";
import type { BenchOptions } from "./options.ts";

/** A convolution of the networks: its form, its input's side as a share of the slice, channels. */
interface Shape {
  readonly form: FormName;
  readonly filter: 1 | 2 | 3;
  readonly share: number;
  readonly ci: number;
  readonly co: number;
}

const shape = (
  form: FormName,
  filter: 1 | 2 | 3,
  share: number,
  ci: number,
  co: number,
): Shape => ({
  ...{ form, filter, share, ci, co },
});

/** The 3 x 3 convolutions of every level, then one of each other form. */
const SHAPES: readonly Shape[] = [
  shape("same", 3, 1, 16, 16),
  shape("same", 3, 1 / 2, 32, 32),
  shape("same", 3, 1 / 4, 64, 64),
  shape("same", 3, 1 / 8, 128, 128),
  shape("same", 3, 1 / 16, 128, 128),
  shape("same", 1, 1 / 2, 16, 32),
  shape("same", 1, 1 / 8, 128, 64),
  shape("down", 3, 1, 16, 16),
  shape("down", 3, 1 / 4, 64, 64),
  shape("up", 3, 1 / 2, 16, 16),
  shape("up", 3, 1 / 8, 64, 32),
  shape("transposed", 2, 1 / 2, 16, 16),
  shape("transposed", 2, 1 / 8, 64, 64),
];

const PARTS = ["forward", "inputGradient", "filterGradient"] as const;

/** GFLOP/s of the convolutions, each counted as if computed directly, beside the FMA peak. */
export async function measureKernels(options: BenchOptions, size: number): Promise<Measurement> {
  const { batch, threads, steps } = options;
  const peak = await fmaPeak(threads);
  const backend = await startBackend({ threads });
  const kernels = SHAPES.map((one) => ({ ...one, ...speeds(one, batch, size, steps) }));
  await backend.stop();
  const nameOf = ({ form, filter, share, ci, co }: Shape) =>
    `${filter} x ${filter} ${form}, ${ci} -> ${co}, ${batch} x ${size * share} x ${size * share}`;
  const cell = (speed: number) =>
    `${speed.toFixed(0).padStart(4)} ${(speed / peak * 100).toFixed(0).padStart(4)} %`;
  return {
    values: { batch, size, threads, peakGflops: peak, kernels },
    head: ["convolution (GFLOP/s, share of the peak)", ...PARTS.map(words)],
    rows: [
      [`FMA peak, ${threads} threads`, ...PARTS.map(() => cell(peak))],
      ...kernels.map((kernel) => [nameOf(kernel), ...PARTS.map((part) => cell(kernel[part]))]),
    ],
    marks: kernels.flatMap((kernel) =>
      PARTS.map((part) => ({
        name: `${nameOf(kernel)}, ${threads} threads: ${words(part)}, a GFLOP`,
        seconds: 1 / kernel[part],
      }))
    ),
    note: "counted as if computed directly, so that fewer multiplications show as more speed",
  };
}

const words = (name: string) => name.replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase());

/** GFLOP/s of the three parts of a convolution. */
function speeds(
  { form, filter: k, share, ci, co }: Shape,
  batch: number,
  size: number,
  runs: number,
) {
  const side = size * share;
  const x = tf.randomUniform([batch, side, side, ci], -1, 1, "float32", 1) as Tensor4D;
  const filterShape: [number, number, number, number] = form === "transposed"
    ? [k, k, co, ci]
    : [k, k, ci, co];
  const filter = tf.ones(filterShape) as Tensor4D;
  const bias = tf.zeros([co]) as Tensor1D;
  const run = () => convolution({ x, filter, bias, form, statistics: false }).y;
  const seconds = { forward: [] as number[], x: [] as number[], filter: [] as number[] };
  const outputSide = side * { same: 1, down: 1 / 2, up: 2, transposed: 2 }[form];
  const dy = tf.ones([batch, outputSide, outputSide, co]) as Tensor4D;
  // The first runs warm the kernels up.
  for (let i = -2; i < runs; i++) {
    for (const part of ["x", "filter"] as const) {
      const { forward, backward } = timeGradient(run, part === "x" ? x : filter, dy);
      if (i < 0) continue;
      seconds.forward.push(forward);
      seconds[part].push(backward);
    }
  }
  tf.dispose([x, filter, bias, dy]);
  // A transposed convolution uses each weight once an input pixel, the others once an output pixel.
  const pixels = batch * (form === "transposed" ? side : outputSide) ** 2;
  const operations = 2 * pixels * k * k * ci * co;
  const speed = (times: number[]) => operations / median(times) / 1e9;
  return {
    forward: speed(seconds.forward),
    inputGradient: speed(seconds.x),
    filterGradient: speed(seconds.filter),
  };
}

/** Seconds of a forward pass and of its gradient by one tensor. */
function timeGradient(run: () => Tensor, by: Tensor, dy: Tensor) {
  const started = performance.now();
  let between = started;
  const { value, grads } = tf.engine().gradients(
    () => {
      const y = run();
      between = performance.now();
      return y;
    },
    [by],
    dy,
  );
  const ended = performance.now();
  tf.dispose([value, ...grads]);
  return { forward: (between - started) / 1000, backward: (ended - between) / 1000 };
}
