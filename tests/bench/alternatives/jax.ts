import {
  channelsLast,
  fromReferenceLayout,
  toReferenceLayout,
} from "../../../lib/nn/reference_layout.ts";
import type { TensorRecord } from "../../../lib/safetensors/tensor_record.ts";
import { loadJax } from "./packages.ts";
import {
  type Arrays,
  EPSILON,
  inputsOf,
  LEAKY,
  STEP_PARAMETERS,
  type Task,
  type Work,
} from "./work.ts";

type Jax = Awaited<ReturnType<typeof loadJax>>;
type JaxArray = InstanceType<Jax["Array"]>;
type Record4 = TensorRecord<Float32Array>;

/**
 * The work by jax-js on its `wasm` backend, all of it in one `jit`: convolutions by
 * `lax.convGeneralDilated`, gradients by `vjp` and `valueAndGrad`. Maps are channels first, as that
 * function wants them.
 */
export async function prepareJax(work: Work, threads: number): Promise<Task> {
  // It starts one worker a core and has no option for fewer.
  Object.defineProperty(navigator, "hardwareConcurrency", { value: threads, configurable: true });
  const jax = await loadJax();
  await jax.init("wasm");
  jax.defaultDevice("wasm");
  const inputs = inputsOf(work);
  const upload = (name: string) => {
    const { data, shape } = toChannelsFirst(name, inputs[name]!);
    return jax.numpy.array(new Float32Array(data)).reshape([...shape]);
  };
  const compute = work.kind === "convolution"
    ? convolution(jax, upload)
    : step(jax, upload, toOneHot(inputs.labels!, work.classes));
  return {
    run: async () => {
      const results = await jax.blockUntilReady(compute());
      Object.values(results).forEach((array) => array.dispose());
    },
    results: async () => {
      const arrays: Record<string, Record4> = {};
      for (const [name, array] of Object.entries(compute())) {
        const shape = [...array.shape];
        // Reading gives the array up.
        arrays[name] = toChannelsLast(name, { shape, data: await array.data() as Float32Array });
      }
      return arrays as Arrays;
    },
  };
}

const isFilter = (name: string) => name.includes("filter");

/** Filters to [out, in, height, width], maps to [batch, channels, height, width]. */
function toChannelsFirst(name: string, { data, shape }: Record4): Record4 {
  if (shape.length !== 4) return { data, shape };
  const [a, b, c, d] = shape as [number, number, number, number];
  if (isFilter(name)) return { data: toReferenceLayout(data, [d, c, a, b]), shape: [d, c, a, b] };
  // Seen as b * c channels of c x 1 pixels, this is the same permutation.
  return { data: channelsLast(data, [a, b * c, d, 1]).data, shape: [a, d, b, c] };
}

function toChannelsLast(name: string, { data, shape }: Record4): Record4 {
  if (shape.length !== 4) return { data, shape };
  return (isFilter(name) ? fromReferenceLayout : channelsLast)(data, shape);
}

/** Labels as [batch, classes, height, width] of zeros and ones. */
function toOneHot({ data, shape }: Record4, classes: number): Record4 {
  const [n, height, width] = shape as [number, number, number], area = height * width;
  const oneHot = new Float32Array(data.length * classes);
  data.forEach((label, i) => {
    oneHot[(Math.floor(i / area) * classes + label) * area + i % area] = 1;
  });
  return { data: oneHot, shape: [n, classes, height, width] };
}

// Every function of jax-js gives its arguments up; `ref` keeps one.

function convolution(jax: Jax, upload: (name: string) => JaxArray) {
  const run = jax.jit((x: JaxArray, filter: JaxArray, dy: JaxArray) => {
    const convolve = (x: JaxArray, filter: JaxArray) =>
      jax.lax.convGeneralDilated(x, filter, [1, 1], "SAME");
    const [y, back] = jax.vjp(convolve, [x, filter]);
    const [dx, dfilter] = back(dy) as [JaxArray, JaxArray];
    back.dispose();
    return { y, x: dx, filter: dfilter };
  });
  const x = upload("x"), filter = upload("filter"), dy = upload("dy");
  return () => run(x.ref, filter.ref, dy.ref) as Record<string, JaxArray>;
}

function step(jax: Jax, upload: (name: string) => JaxArray, labels: Record4) {
  const { lax, nn, numpy: np } = jax;
  const convolve = (x: JaxArray, filter: JaxArray) =>
    lax.convGeneralDilated(x, filter, [1, 1], "SAME");
  const perChannel = (vector: JaxArray) => vector.reshape([1, vector.shape[0]!, 1, 1]);
  const activate = (x: JaxArray, gamma: JaxArray, beta: JaxArray) => {
    const mean = np.mean(x.ref, [0, 2, 3], { keepdims: true });
    const centred = x.sub(mean);
    const variance = np.mean(np.square(centred.ref), [0, 2, 3], { keepdims: true });
    const scale = perChannel(gamma).div(np.sqrt(variance.add(EPSILON)));
    return nn.leakyRelu(centred.mul(scale).add(perChannel(beta)), LEAKY);
  };
  const loss = (parameters: JaxArray[], image: JaxArray, oneHot: JaxArray) => {
    const [filter1, gamma1, beta1, filter2, gamma2, beta2, filter3, bias3] = parameters as [
      ...[JaxArray, JaxArray, JaxArray, JaxArray, JaxArray, JaxArray, JaxArray, JaxArray],
    ];
    const first = activate(convolve(image, filter1), gamma1, beta1);
    const second = activate(convolve(first, filter2), gamma2, beta2);
    const logits = convolve(second, filter3).add(perChannel(bias3));
    return nn.logSoftmax(logits, 1).mul(oneHot).sum(1).mean().neg();
  };
  const run = jax.jit((parameters: JaxArray[], image: JaxArray, oneHot: JaxArray) => {
    const kept = parameters.map((parameter) => parameter.ref);
    const [value, gradients] = jax.valueAndGrad(loss)(kept, image, oneHot);
    const results: Record<string, JaxArray> = { loss: value };
    STEP_PARAMETERS.forEach((name, i) => {
      const gradient = (gradients as JaxArray[])[i]!;
      results[`updated ${name}`] = parameters[i]!.sub(gradient.ref);
      results[name] = gradient;
    });
    return results;
  });
  const parameters = STEP_PARAMETERS.map(upload), image = upload("image");
  const oneHot = np.array(new Float32Array(labels.data)).reshape([...labels.shape]);
  return () =>
    run(parameters.map((one) => one.ref), image.ref, oneHot.ref) as Record<string, JaxArray>;
}
