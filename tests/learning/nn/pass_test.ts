import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { initialValues } from "../../../lib/learning/nn/initialise.ts";
import { Parameters } from "../../../lib/learning/nn/parameters.ts";
import { type BatchNormMode, Pass } from "../../../lib/learning/nn/pass.ts";
import { batchNormSpecs, convolutionSpecs } from "../../../lib/learning/nn/specs.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import {
  gradients,
  halfSquaredError,
  join,
  startBackend,
  type Tensor4D,
  tf,
} from "../../../wasm/mod.ts";
import {
  assertClose,
  join as reference,
  randomMap,
  type Shape4,
  statisticsOf,
} from "../../wasm/reference.ts";

await startBackend({ threads: 1 });

const specs = new Map([...convolutionSpecs("m.c", 2, 3, 3), ...batchNormSpecs("m.n", 3)]);
const parametersOf = () => new Parameters(specs, initialValues(specs, RandomStream.fromSeed(2)));

/** A convolution, its batch normalisation and a LeakyReLU. */
function run(parameters: Parameters, mode: BatchNormMode, name = "x") {
  const pass = new Pass(parameters, "", mode).at("m");
  const { data, shape } = randomMap(name, [2, 4, 3, 2]);
  const map = pass.convolve("c", "same", tf.tensor4d(Float32Array.from(data), shape), {
    statistics: true,
  });
  return { map, out: join(map.y, pass.normalise("n", map, 0.2)) };
}

/** As `run`, in float64, from the convolution's output on. */
function expected(parameters: Parameters, y: Tensor4D, statistics?: ArrayLike<number>) {
  const vector = (name: string) => Float64Array.from(parameters.weights.get(name)!.dataSync());
  const map = { shape: y.shape as Shape4, data: Float64Array.from(y.dataSync()) };
  const given = statistics && Float64Array.from(statistics);
  return reference(map, vector("m.n.weight"), vector("m.n.bias"), 0.2, given).data;
}

Deno.test("Pass in train mode takes batch statistics, and running ones follow exactly", () => {
  const parameters = parametersOf();
  const mean = new Float64Array(3), variance = new Float64Array(3).fill(1);
  for (const name of ["x", "second"]) {
    tf.tidy(() => {
      const { map, out } = run(parameters, "train", name);
      assertClose(out.dataSync(), expected(parameters, map.y), 1e-5, "out");
      const batch = statisticsOf({
        shape: map.y.shape as Shape4,
        data: Float64Array.from(map.y.dataSync()),
      });
      for (let c = 0; c < 3; c++) {
        mean[c] = 0.9 * mean[c]! + 0.1 * batch[c]!;
        // 24 pixels; PyTorch keeps the unbiased variance.
        variance[c] = 0.9 * variance[c]! + 0.1 * batch[3 + c]! * 24 / 23;
      }
    });
    assertClose(parameters.buffers.get("m.n.running_mean")!, mean, 1e-5, "mean");
    assertClose(parameters.buffers.get("m.n.running_var")!, variance, 1e-5, "variance");
  }
  parameters.dispose();
});

Deno.test("Pass in isolated mode takes batch statistics, and moves nothing", () => {
  const parameters = parametersOf(), before = parameters.values();
  tf.tidy(() => {
    const isolated = run(parameters, "isolated"), trained = run(parametersOf(), "train");
    assertEquals(isolated.out.dataSync(), trained.out.dataSync());
  });
  assertEquals(parameters.values(), before);
  parameters.dispose();
});

Deno.test("Pass in evaluate mode takes running statistics, and moves nothing", () => {
  const parameters = parametersOf();
  parameters.buffers.get("m.n.running_mean")!.set([0.5, -1, 0.1]);
  parameters.buffers.get("m.n.running_var")!.set([4, 0.5, 1]);
  const before = parameters.values();
  tf.tidy(() => {
    const { map, out } = run(parameters, "evaluate");
    const given = [0.5, -1, 0.1, 4, 0.5, 1];
    assertClose(out.dataSync(), expected(parameters, map.y, given), 1e-5, "out");
  });
  assertEquals(parameters.values(), before);
  parameters.dispose();
});

Deno.test("gamma and beta learn in train mode alone, the filter in both", () => {
  const parameters = parametersOf();
  for (const mode of ["train", "isolated"] as const) {
    tf.tidy(() => {
      const target = tf.zeros([2, 4, 3, 3]);
      const { gradients: found } = gradients(
        () => halfSquaredError(run(parameters, mode).out, target),
        parameters.weights,
      );
      const moves = (name: string) =>
        found.get(name)?.dataSync().some((value) => value !== 0) ?? false;
      assertEquals([moves("m.n.weight"), moves("m.n.bias")], Array(2).fill(mode === "train"), mode);
      assert(moves("m.c.weight"));
      assert(!moves("m.c.bias"), "a bias in front of batch statistics has no effect");
    });
  }
  parameters.dispose();
});

Deno.test("Pass names a parameter that is not there", () => {
  const parameters = parametersOf();
  const pass = new Pass(parameters, "", "train").at("m").at("deeper");
  assertEquals(pass.mode, "train");
  tf.tidy(() => {
    assertThrows(
      () => pass.convolve("c", "same", tf.zeros([1, 2, 2, 2])),
      TypeError,
      "The network has no parameter m.deeper.c.weight",
    );
  });
  parameters.dispose();
});
