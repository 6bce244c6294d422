import {
  convolution,
  type ConvolutionAlgorithm,
  startBackend,
  type Tensor4D,
  tf,
  withConvolutionAlgorithm,
} from "../../wasm/mod.ts";
import { RandomStream } from "../../lib/base/random/random_stream.ts";
import type { Measurement } from "./measurement.ts";
import type { BenchOptions } from "./options.ts";

/** Side and channels of the 3 x 3 convolutions that are compared, ci to co. */
const SHAPES = [[48, 16, 16], [24, 32, 32], [24, 64, 64], [12, 128, 128]] as const;
const PARTS = ["forward", "input gradient", "filter gradient"] as const;
/** Elements of each result that are computed exactly. */
const SAMPLES = 400;

/** Maps as they lie in memory, [height, width, channels], and a filter [3, 3, ci, co]. */
interface Problem {
  readonly side: number;
  readonly ci: number;
  readonly co: number;
  readonly x: Float32Array;
  readonly filter: Float32Array;
  readonly dy: Float32Array;
}

/**
 * The rounding error of the convolutions of stride 1, direct and by Winograd's algorithm, against
 * float64: root mean square over the result's own.
 */
export async function measureAccuracy({ threads }: BenchOptions): Promise<Measurement> {
  const backend = await startBackend({ threads });
  const measured = SHAPES.flatMap(([side, ci, co]) => {
    const problem = draw(side, ci, co);
    const results = { direct: run(problem, "direct"), winograd: run(problem, "winograd") };
    return PARTS.map((part, i) => {
      const length = results.direct[i]!.length;
      const at = Array.from({ length: SAMPLES }, (_, k) => Math.floor(k * length / SAMPLES));
      const exact = at.map((index) => EXACT[part](problem, index));
      const error = (values: ArrayLike<number>) =>
        Math.hypot(...at.map((index, k) => values[index]! - exact[k]!)) / Math.hypot(...exact);
      const [direct, winograd] = [error(results.direct[i]!), error(results.winograd[i]!)];
      return { side, ci, co, part, direct, winograd, ratio: winograd / direct };
    });
  });
  await backend.stop();
  return {
    values: { measured },
    head: ["3 x 3 convolution, error against float64", "part", "direct", "Winograd", "ratio"],
    rows: measured.map(({ side, ci, co, part, direct, winograd, ratio }) => [
      ...[`${ci} -> ${co}, ${side} x ${side}`, part],
      ...[direct.toExponential(1), winograd.toExponential(1), ratio.toFixed(1)],
    ]),
    note: "root mean square of the error over that of the result",
  };
}

function draw(side: number, ci: number, co: number): Problem {
  const random = RandomStream.fromSeed(1);
  const values = (count: number, transform = (value: number) => value) =>
    Float32Array.from({ length: count }, () => transform(random.normal()));
  return {
    ...{ side, ci, co },
    // As behind an activation.
    x: values(side * side * ci, (value) => Math.max(value, 0.2 * value)),
    filter: values(9 * ci * co, (value) => value * Math.sqrt(2 / (9 * ci))),
    dy: values(side * side * co),
  };
}

/** Output and both gradients on the backend. */
function run(problem: Problem, algorithm: ConvolutionAlgorithm): Float32Array[] {
  const { side, ci, co } = problem;
  return withConvolutionAlgorithm(algorithm, () => {
    const x = tf.tensor4d(problem.x, [1, side, side, ci]);
    const filter = tf.tensor4d(problem.filter, [3, 3, ci, co]);
    const dy = tf.tensor4d(problem.dy, [1, side, side, co]), bias = tf.zeros([co]) as never;
    const convolve = (x: Tensor4D, filter: Tensor4D) =>
      convolution({ x, filter, bias, form: "same", statistics: false }).y;
    const tensors = [convolve(x, filter), ...tf.grads(convolve as never)([x, filter], dy)];
    const results = tensors.map((tensor) => (tensor.dataSync() as Float32Array).slice());
    tf.dispose([x, filter, dy, bias, ...tensors]);
    return results;
  });
}

/** One element of each part in float64, by its index. */
const EXACT: Record<typeof PARTS[number], (problem: Problem, index: number) => number> = {
  forward: ({ side, ci, co, x, filter }, index) => {
    const [pixel, o] = [Math.floor(index / co), index % co];
    return overTaps(side, pixel, (tap, other) => {
      let sum = 0;
      for (let i = 0; i < ci; i++) sum += x[other * ci + i]! * filter[(tap * ci + i) * co + o]!;
      return sum;
    });
  },
  "input gradient": ({ side, ci, co, filter, dy }, index) => {
    const [pixel, i] = [Math.floor(index / ci), index % ci];
    return overTaps(side, pixel, (tap, other) => {
      let sum = 0;
      for (let o = 0; o < co; o++) {
        sum += dy[other * co + o]! * filter[((8 - tap) * ci + i) * co + o]!;
      }
      return sum;
    });
  },
  "filter gradient": ({ side, ci, co, x, dy }, index) => {
    const tap = Math.floor(index / (ci * co)), i = Math.floor(index / co) % ci, o = index % co;
    let sum = 0;
    for (let pixel = 0; pixel < side * side; pixel++) {
      sum += overTaps(
        side,
        pixel,
        (each, other) => each === tap ? x[other * ci + i]! * dy[pixel * co + o]! : 0,
      );
    }
    return sum;
  },
};

/** The sum over a pixel's neighbours inside the map, in the order of a filter's taps. */
function overTaps(side: number, pixel: number, of: (tap: number, other: number) => number): number {
  const [y, x] = [Math.floor(pixel / side), pixel % side];
  let sum = 0;
  for (let tap = 0; tap < 9; tap++) {
    const [v, u] = [y + Math.floor(tap / 3) - 1, x + tap % 3 - 1];
    if (v >= 0 && v < side && u >= 0 && u < side) sum += of(tap, v * side + u);
  }
  return sum;
}
