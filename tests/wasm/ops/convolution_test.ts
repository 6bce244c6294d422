import { assert, assertEquals, assertThrows } from "../../deps.ts";
import {
  convolution,
  type FormName,
  type Normalisation,
  startBackend,
  type Tensor,
  type Tensor4D,
  tf,
} from "../../../wasm/mod.ts";
import { onCpu } from "../cpu_backend.ts";
import {
  assertClose,
  assertGradient,
  convolution as reference,
  dot,
  join,
  type Map4,
  randomMap,
  randomValues,
  type Shape4,
  statisticsOf,
} from "../reference.ts";

await startBackend({ threads: 2 });

interface Case {
  readonly form: FormName;
  readonly size: number;
  /** Of x; the last is ci. */
  readonly x: Shape4;
  readonly co: number;
}

const CASES: readonly Case[] = [
  { form: "same", size: 1, x: [1, 5, 7, 1], co: 3 },
  { form: "same", size: 1, x: [2, 4, 3, 9], co: 8 },
  { form: "same", size: 3, x: [1, 5, 7, 1], co: 13 },
  { form: "same", size: 3, x: [2, 7, 5, 6], co: 5 },
  // 3 x 3 x 17 products in a sum: long enough to be added up in parts.
  { form: "same", size: 3, x: [1, 4, 3, 17], co: 4 },
  { form: "same", size: 3, x: [1, 1, 3, 2], co: 1 },
  // Channels in eights: by Winograd's algorithm, with whole tiles, cut ones, and several images.
  { form: "same", size: 3, x: [1, 4, 8, 8], co: 8 },
  { form: "same", size: 3, x: [2, 7, 11, 16], co: 8 },
  { form: "same", size: 3, x: [3, 4, 3, 8], co: 24 },
  { form: "down", size: 3, x: [1, 6, 10, 1], co: 2 },
  { form: "down", size: 3, x: [2, 4, 6, 5], co: 9 },
  { form: "up", size: 3, x: [1, 3, 5, 1], co: 7 },
  { form: "up", size: 3, x: [2, 4, 3, 6], co: 4 },
  { form: "up", size: 3, x: [1, 4, 8, 8], co: 8 },
  { form: "up", size: 3, x: [2, 7, 11, 16], co: 8 },
  { form: "up", size: 3, x: [3, 4, 3, 8], co: 24 },
  { form: "transposed", size: 2, x: [1, 3, 5, 1], co: 3 },
  { form: "transposed", size: 2, x: [2, 2, 7, 5], co: 10 },
];

const MODES = [
  { name: "plain", normalised: false, training: false, frozen: true, slope: 1 },
  { name: "evaluate", normalised: true, training: false, frozen: false, slope: 0.2 },
  { name: "train", normalised: true, training: true, frozen: false, slope: 0.2 },
  { name: "isolated", normalised: true, training: true, frozen: true, slope: 0 },
] as const;

function inputsOf({ form, size, x: shape, co }: Case) {
  const ci = shape[3];
  const x = randomMap("x", shape);
  const filter = randomMap(
    "filter",
    form === "transposed" ? [size, size, co, ci] : [size, size, ci, co],
  );
  const bias = Float64Array.from(randomValues("bias", co));
  const gamma = Float64Array.from(randomValues("gamma", ci, 0.5, 1.5));
  const beta = Float64Array.from(randomValues("beta", ci));
  return { x, filter, bias, gamma, beta };
}

const tensorOf = ({ data, shape }: Map4) => tf.tensor4d(Float32Array.from(data), shape);
const vectorOf = (data: Float64Array) => tf.tensor1d(Float32Array.from(data));

for (const test of CASES) {
  const label = `${test.form} ${test.size} x ${test.size}, [${test.x}] to ${test.co} channels`;
  for (const mode of MODES) {
    Deno.test(`convolution() ${mode.name}, ${label}: value and all gradients`, () => {
      const { x, filter, bias, gamma, beta } = inputsOf(test);
      const given = Float64Array.from(
        mode.training ? statisticsOf(x) : [
          ...randomValues("mean", test.x[3]),
          ...randomValues("variance", test.x[3], 0.5, 2),
        ],
      );
      const forward = () =>
        reference(
          test.form,
          mode.normalised ? join(x, gamma, beta, mode.slope, mode.training ? undefined : given) : x,
          filter,
          bias,
        );
      const expected = forward();
      const weights = randomValues("weights", expected.data.length);
      const loss = () => dot(forward().data, weights);

      tf.tidy(() => {
        const statistics = tf.tensor2d(Float32Array.from(given), [2, test.x[3]]);
        const run = (...[x, filter, bias, gamma, beta]: Tensor[]) => {
          const { slope, training, frozen } = mode;
          const normalisation = mode.normalised
            ? { statistics, gamma, beta, slope, training, frozen } as Normalisation
            : undefined;
          return convolution({
            ...{ x, filter, bias } as { x: Tensor4D; filter: Tensor4D; bias: never },
            normalisation,
            form: test.form,
            statistics: false,
          }).y;
        };
        const inputs = [tensorOf(x), tensorOf(filter), vectorOf(bias)] as Tensor[];
        if (mode.normalised) inputs.push(vectorOf(gamma), vectorOf(beta));
        const y = run(...inputs);
        assertEquals(y.shape, expected.shape);
        assertClose(y.dataSync(), expected.data, 2e-6, "y");

        const dy = tf.tensor4d(weights, expected.shape);
        const [dx, dfilter, dbias, dgamma, dbeta] = tf.grads(run)(inputs, dy)
          .map((gradient) => gradient.dataSync());
        assertGradient(dx!, loss, x.data, "dx");
        assertGradient(dfilter!, loss, filter.data, "dfilter");
        assertGradient(dbias!, loss, bias, "dbias");
        if (!mode.normalised) return;
        if (mode.frozen) {
          assert([...dgamma!, ...dbeta!].every((value) => value === 0), "frozen, yet a gradient");
        } else {
          assertGradient(dgamma!, loss, gamma, "dgamma");
          assertGradient(dbeta!, loss, beta, "dbeta");
        }
      });
    });
  }

  Deno.test(`convolution() ${label}: as elementary operators on the cpu backend`, async () => {
    const { x, filter, bias, gamma, beta } = inputsOf(test);
    const given = Float32Array.from(statisticsOf(x)), ci = test.x[3];
    const expected = await onCpu(() => {
      const scale = tf.div(vectorOf(gamma), tf.sqrt(tf.add(given.slice(ci), 1e-5)));
      const activated = tf.leakyRelu(
        tf.add(tf.mul(tf.sub(tensorOf(x), given.slice(0, ci)), scale), vectorOf(beta)),
        0.2,
      ) as Tensor4D;
      const [n, h, w] = test.x;
      const y = {
        same: () => tf.conv2d(activated, tensorOf(filter), 1, "same"),
        down: () => tf.conv2d(activated, tensorOf(filter), 2, 1),
        up: () => {
          const large = tf.image.resizeNearestNeighbor(activated, [2 * h, 2 * w]);
          return tf.conv2d(large, tensorOf(filter), 1, "same");
        },
        transposed: () =>
          tf.conv2dTranspose(
            activated,
            tensorOf(filter),
            [n, 2 * h, 2 * w, test.co],
            2,
            "valid",
          ),
      }[test.form]();
      return tf.add(y, vectorOf(bias)).dataSync();
    });
    tf.tidy(() => {
      const { y } = convolution({
        x: tensorOf(x),
        filter: tensorOf(filter),
        bias: vectorOf(bias),
        form: test.form,
        statistics: false,
        normalisation: {
          statistics: tf.tensor2d(given, [2, ci]),
          gamma: vectorOf(gamma),
          beta: vectorOf(beta),
          slope: 0.2,
          training: true,
          frozen: false,
        },
      });
      assertClose(y.dataSync(), expected, 1e-5, "y");
    });
  });
}

Deno.test("convolution() gives its output's statistics, and then no gradient to the bias", () => {
  for (const test of CASES) {
    const { x, filter, bias } = inputsOf(test);
    const expected = statisticsOf(reference(test.form, x, filter, bias));
    tf.tidy(() => {
      const options = { x: tensorOf(x), filter: tensorOf(filter), form: test.form };
      const run = (bias: Tensor) =>
        convolution({ ...options, bias: bias as never, statistics: true });
      assertClose(run(vectorOf(bias)).statistics.dataSync(), expected, 1e-5, test.form);
      const gradient = tf.grad((bias) => run(bias).y)(vectorOf(bias)).dataSync();
      assert(gradient.every((value) => value === 0));
      const silent = convolution({ ...options, bias: vectorOf(bias) as never, statistics: false });
      assert(silent.statistics.dataSync().every((value) => value === 0));
    });
  }
});

Deno.test("convolution() keeps the digits of statistics far from zero", () => {
  tf.tidy(() => {
    const x = randomMap("x", [1, 8, 8, 1]);
    x.data.forEach((value, i) => x.data[i] = Math.fround(1000 + value / 10));
    const { statistics } = convolution({
      x: tensorOf(x),
      filter: tf.tensor4d([1], [1, 1, 1, 1]),
      bias: tf.tensor1d([0]),
      form: "same",
      statistics: true,
    });
    assertClose(statistics.dataSync().slice(1), statisticsOf(x).slice(1), 1e-4, "variance");
  });
});

Deno.test("convolution() refuses a filter or a size that does not fit", () => {
  const run = (form: FormName, x: Shape4, filter: Shape4) => () =>
    tf.tidy(() =>
      convolution({
        x: tf.zeros(x),
        filter: tf.zeros(filter),
        bias: tf.zeros([filter[3]]),
        form,
        statistics: false,
      }).y
    );
  assertThrows(run("same", [1, 4, 4, 2], [3, 3, 3, 1]), TypeError, "input is [1,4,4,2]");
  assertThrows(run("same", [1, 4, 4, 2], [5, 5, 2, 1]), TypeError, "size 1 or 3");
  assertThrows(run("same", [1, 4, 4, 2], [3, 1, 2, 1]), TypeError, "a square filter");
  assertThrows(run("down", [1, 5, 4, 2], [3, 3, 2, 1]), TypeError, "an even height and width");
  assertThrows(run("transposed", [1, 4, 4, 2], [2, 2, 2, 3]), TypeError, "for 2 input channels");
});
