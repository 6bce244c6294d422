/** Every operator and gradient on a card beside the same on the WASM backend. */
import { assert, assertEquals } from "../../deps.ts";
import {
  adamStep,
  convolution,
  crossEntropy,
  diceLoss,
  type FormName,
  halfSquaredError,
  IGNORED_LABEL,
  join,
  overwrite,
  softmax,
  startBackend,
  type Tensor,
  type Tensor4D,
  tf,
} from "../../../wasm/mod.ts";
import { startGpu } from "../../../lib/gpu/backend/start_gpu.ts";
import { whereThereIsACard } from "../where_there_is_a_card.ts";

type Shape4 = [number, number, number, number];
type Results = Map<string, Float32Array>;

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const drawn = (size: number, seed: number) =>
  Float32Array.from({ length: size }, (_, i) => 1.3 * Math.sin(12.9898 * seed * i + seed));
const map = (shape: Shape4, seed: number) => tf.tensor4d(drawn(sizeOf(shape), seed), shape);
const vector = (size: number, seed: number) => tf.tensor1d(drawn(size, seed));
const statisticsOf = (channels: number) =>
  tf.tensor2d(
    [...drawn(channels, 6), ...drawn(channels, 7).map((value) => 0.1 + Math.abs(value))],
    [2, channels],
  );

/** Notes what a function gives and its gradients. */
function note(
  results: Results,
  name: string,
  run: (...inputs: Tensor[]) => Tensor,
  inputs: Tensor[],
): void {
  const y = run(...inputs), dy = tf.tensor(drawn(y.size, 8), y.shape);
  results.set(name, y.dataSync() as Float32Array);
  tf.grads(run)(inputs, dy).forEach((gradient, i) =>
    results.set(`${name} d${i}`, gradient.dataSync() as Float32Array)
  );
}

function convolutions(results: Results): void {
  const [n, height, width, ci, co] = [2, 6, 4, 5, 7];
  const forms: [FormName, number][] = [
    ...[["same", 3], ["same", 1], ["down", 3], ["up", 3]] as [FormName, number][],
    ["transposed", 2],
  ];
  for (const [form, size] of forms) {
    const shape: Shape4 = form === "transposed" ? [2, 2, co, ci] : [size, size, ci, co];
    const inputs = [map([n, height, width, ci], 1), map(shape, 2), vector(co, 3)];
    const affine = [vector(ci, 4), vector(ci, 5)];
    const run = (training?: boolean) => (...[x, filter, bias, gamma, beta]: Tensor[]) =>
      convolution({
        ...{ x, filter, bias, form, statistics: false } as never as Parameters<
          typeof convolution
        >[0],
        ...(training !== undefined && {
          normalisation: {
            ...{ statistics: statisticsOf(ci), slope: 0.2, training, frozen: false },
            ...{ gamma, beta } as never as { gamma: never; beta: never },
          },
        }),
      }).y;
    const name = `${form} ${size}`;
    note(results, name, run(), inputs);
    for (const training of [true, false]) {
      note(results, `${name} normalised ${training}`, run(training), [...inputs, ...affine]);
    }
  }
  // More channels and pixels than a tile or a chunk has.
  const x = tf.add<Tensor4D>(map([2, 20, 20, 18], 3), 5), filter = map([3, 3, 18, 20], 2);
  const { y, statistics } = convolution({
    ...{ x, filter, bias: vector(20, 3) as never, form: "same", statistics: true },
  });
  results.set("large", y.dataSync() as Float32Array);
  results.set("statistics", statistics.dataSync() as Float32Array);
}

function joins(results: Results): void {
  const shape: Shape4 = [2, 4, 6, 5];
  for (const skip of [[], [map(shape, 2)], [map([2, 2, 3, 5], 2)]]) {
    const run = (...[x, gamma, beta, other]: Tensor[]) =>
      join(
        x as Tensor4D,
        {
          ...{ statistics: statisticsOf(5), slope: 0.2, training: true, frozen: false },
          ...{ gamma, beta } as never as { gamma: never; beta: never },
        },
        other as Tensor4D,
      );
    const inputs = [map(shape, 1), vector(5, 4), vector(5, 5), ...skip];
    note(results, `join ${skip[0]?.shape}`, run, inputs);
  }
}

function losses(results: Results): void {
  const shape: Shape4 = [2, 5, 3, 4], logits = map(shape, 1);
  const values = Int32Array.from({ length: 30 }, (_, i) => i % 7 === 3 ? IGNORED_LABEL : i % 4);
  const labels = tf.tensor3d(values, [2, 5, 3], "int32");
  const ignored = tf.tensor3d(values.fill(IGNORED_LABEL), [2, 5, 3], "int32");
  const of = (run: (x: Tensor4D) => Tensor) => (...[x]: Tensor[]) => run(x as Tensor4D);
  note(results, "cross-entropy", of((x) => crossEntropy(x, labels)), [logits]);
  note(results, "weighted", of((x) => crossEntropy(x, labels, [1, 2, 0.5, 3])), [logits]);
  note(results, "ignored", of((x) => crossEntropy(x, ignored)), [logits]);
  note(results, "dice", of((x) => diceLoss(x, labels)), [logits]);
  note(results, "softmax", of((x) => softmax(x, 2)), [logits]);
  note(results, "sigmoid", of((x) => tf.sigmoid(x)), [logits]);
  note(results, "squared error", (...[a, b]) => halfSquaredError(a!, b!), [logits, map(shape, 5)]);
  note(results, "sum", (...[a, b]) => tf.add(a!, b!), [logits, map(shape, 5)]);
  results.set("one-hot", tf.cast(tf.oneHot(labels as never, 4), "float32").dataSync() as never);
}

function inPlace(results: Results): void {
  const [weight, gradient, first] = [1, 2, 3].map((seed) => vector(700, seed));
  const second = tf.abs(vector(700, 4));
  const tensors = { weight: weight!, gradient: gradient!, first: first!, second };
  adamStep(tensors, 3, { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
  for (const [name, tensor] of Object.entries(tensors)) {
    results.set(name, tensor.dataSync() as Float32Array);
  }
  overwrite(weight!, first!);
  results.set("overwritten", weight!.dataSync() as Float32Array);
}

function all(): Results {
  const results: Results = new Map();
  tf.tidy(() => [convolutions, joins, losses, inPlace].forEach((run) => run(results)));
  return results;
}

/** The largest deviation over the largest value. */
function deviation(found: Float32Array, wanted: Float32Array): number {
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const off = wanted.reduce((most, value, i) => {
    const difference = Math.abs(value - found[i]!);
    return difference <= most ? most : difference;
  }, 0);
  return off === 0 ? 0 : off / largest;
}

Deno.test({
  ...whereThereIsACard("operators on a card agree with WASM, and with themselves to the bit"),
  async fn() {
    await startBackend({ threads: 1, convolution: "direct" });
    const wanted = all();
    const { stop } = await startGpu();
    try {
      const before = tf.memory().numTensors;
      const found = all(), again = all();
      assertEquals([...found.keys()], [...wanted.keys()]);
      for (const [name, values] of wanted) {
        assertEquals(found.get(name)!.length, values.length, name);
        const off = deviation(found.get(name)!, values);
        assert(off < 2e-5, `${name}: ${off}`);
        assertEquals(again.get(name), found.get(name), name);
      }
      assertEquals(tf.memory().numTensors, before);
    } finally {
      await stop();
      await startBackend({ threads: 1, convolution: "winograd" });
    }
  },
});
