import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { join, startBackend, type Tensor, type Tensor4D, tf } from "../../../wasm/mod.ts";
import { onCpu } from "../cpu_backend.ts";
import {
  assertClose,
  assertGradient,
  dot,
  join as reference,
  type Map4,
  randomMap,
  randomValues,
  type Shape4,
  statisticsOf,
} from "../reference.ts";

await startBackend({ threads: 2 });

const SHAPES: readonly Shape4[] = [[1, 2, 2, 1], [2, 4, 6, 3], [1, 6, 10, 4], [2, 2, 4, 9]];
const MODES = [
  { name: "evaluate", training: false, frozen: false, slope: 0.2 },
  { name: "train", training: true, frozen: false, slope: 0.2 },
  { name: "isolated", training: true, frozen: true, slope: 0 },
] as const;

function inputsOf(shape: Shape4, skip: "none" | "same" | "half") {
  const [n, h, w, c] = shape;
  return {
    x: randomMap("x", shape),
    skip: skip === "none"
      ? undefined
      : randomMap("skip", skip === "same" ? shape : [n, h / 2, w / 2, c]),
    gamma: Float64Array.from(randomValues("gamma", c, 0.5, 1.5)),
    beta: Float64Array.from(randomValues("beta", c)),
  };
}

const tensorOf = ({ data, shape }: Map4) => tf.tensor4d(Float32Array.from(data), shape);
const vectorOf = (data: Float64Array) => tf.tensor1d(Float32Array.from(data));

for (const shape of SHAPES) {
  for (const skipKind of ["none", "same", "half"] as const) {
    for (const mode of MODES) {
      Deno.test(`join() ${mode.name}, [${shape}], skip ${skipKind}: value, all gradients`, () => {
        const { x, skip, gamma, beta } = inputsOf(shape, skipKind);
        const given = Float64Array.from(
          mode.training
            ? statisticsOf(x)
            : [...randomValues("mean", shape[3]), ...randomValues("variance", shape[3], 0.5, 2)],
        );
        const statistics = mode.training ? undefined : given;
        const forward = () => reference(x, gamma, beta, mode.slope, statistics, skip);
        const weights = randomValues("weights", x.data.length);
        const loss = () => dot(forward().data, weights);
        tf.tidy(() => {
          const { slope, training, frozen } = mode;
          const statistics = tf.tensor2d(Float32Array.from(given), [2, shape[3]]);
          const run = (...[x, gamma, beta, skip]: Tensor[]) =>
            join(
              x as Tensor4D,
              { statistics, gamma, beta, slope, training, frozen } as never,
              skip as Tensor4D | undefined,
            );
          const inputs = [tensorOf(x), vectorOf(gamma), vectorOf(beta)] as Tensor[];
          if (skip) inputs.push(tensorOf(skip));
          assertClose(run(...inputs).dataSync(), forward().data, 2e-6, "out");
          const [dx, dgamma, dbeta, dskip] = tf.grads(run)(inputs, tf.tensor4d(weights, shape))
            .map((gradient) => gradient.dataSync());
          assertGradient(dx!, loss, x.data, "dx");
          if (skip) assertGradient(dskip!, loss, skip.data, "dskip");
          if (frozen) assert([...dgamma!, ...dbeta!].every((value) => value === 0));
          else {
            assertGradient(dgamma!, loss, gamma, "dgamma");
            assertGradient(dbeta!, loss, beta, "dbeta");
          }
        });
      });
    }

    Deno.test(`join() [${shape}], skip ${skipKind}: as elementary operators on cpu`, async () => {
      const { x, skip, gamma, beta } = inputsOf(shape, skipKind);
      const given = Float32Array.from(statisticsOf(x)), channels = shape[3];
      const expected = await onCpu(() => {
        const scale = tf.div(vectorOf(gamma), tf.sqrt(tf.add(given.slice(channels), 1e-5)));
        let sum = tf.add(
          tf.mul(tf.sub(tensorOf(x), given.slice(0, channels)), scale),
          vectorOf(beta),
        );
        if (skip) {
          const size: [number, number] = [shape[1], shape[2]];
          sum = tf.add(sum, tf.image.resizeNearestNeighbor(tensorOf(skip), size));
        }
        return tf.leakyRelu(sum, 0.2).dataSync();
      });
      tf.tidy(() => {
        const normalisation = {
          statistics: tf.tensor2d(given, [2, channels]),
          gamma: vectorOf(gamma),
          beta: vectorOf(beta),
          slope: 0.2,
          training: true,
          frozen: false,
        };
        const out = join(tensorOf(x), normalisation, skip && tensorOf(skip));
        assertEquals(out.shape, shape);
        assertClose(out.dataSync(), expected, 1e-5, "out");
      });
    });
  }
}

Deno.test("join() refuses a skip map of another size", () => {
  tf.tidy(() => {
    const normalisation = {
      statistics: tf.zeros([2, 1]) as never,
      gamma: tf.ones([1]) as never,
      beta: tf.zeros([1]) as never,
      slope: 1,
      training: true,
      frozen: false,
    };
    const run = (skip: Shape4) => () => join(tf.zeros([1, 6, 4, 1]), normalisation, tf.zeros(skip));
    assertThrows(run([1, 2, 4, 1]), TypeError, "skip is [1,2,4,1], wanted [1,6,4,1] or half");
    assertThrows(run([1, 3, 2, 2]), TypeError, "skip is [1,3,2,2]");
  });
});
