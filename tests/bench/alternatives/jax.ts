import type { TensorRecord } from "../../../lib/formats/safetensors/tensor_record.ts";
import { FORMS, type Jax, type JaxArray, type JaxForm } from "./jax_forms.ts";
import { loadJax } from "./packages.ts";
import { EPSILON, inputsOf, LEAKY, type Prepare, STEP_PARAMETERS } from "./work.ts";

type Values = TensorRecord<Float32Array>;

/**
 * The work by jax-js on its `wasm` backend, all of it in one `jit`, gradients by `vjp` and
 * `valueAndGrad`.
 */
export function prepareJax(formName: keyof typeof FORMS): Prepare {
  const form = FORMS[formName];
  return async (work, threads) => {
    // It starts one worker a core and has no option for fewer.
    Object.defineProperty(navigator, "hardwareConcurrency", { value: threads, configurable: true });
    const jax = await loadJax();
    await jax.init("wasm");
    jax.defaultDevice("wasm");
    const inputs = inputsOf(work);
    const upload = (name: string) => arrayOf(jax, form.lay(name, inputs[name]!));
    const compute = work.kind === "convolution"
      ? convolution(jax, form, upload)
      : step(jax, form, upload, arrayOf(jax, oneHot(form, inputs.labels!, work.classes)));
    return {
      run: async () => {
        const results = await jax.blockUntilReady(compute());
        Object.values(results).forEach((array) => array.dispose());
      },
      results: async () => {
        const results: Record<string, Values> = {};
        for (const [name, array] of Object.entries(compute())) {
          const shape = [...array.shape];
          // Reading gives the array up.
          results[name] = form.unlay(name, { shape, data: await array.data() as Float32Array });
        }
        return results;
      },
    };
  };
}

function arrayOf(jax: Jax, { data, shape }: Values): JaxArray {
  return jax.numpy.array(new Float32Array(data)).reshape([...shape]);
}

/** Labels as a map of zeros and ones, a channel a class. */
function oneHot(form: JaxForm, { data, shape }: Values, classes: number): Values {
  const map = new Float32Array(data.length * classes);
  data.forEach((label, i) => map[i * classes + label] = 1);
  return form.lay("labels", { data: map, shape: [...shape, classes] });
}

function convolution(jax: Jax, form: JaxForm, upload: (name: string) => JaxArray) {
  const convolve = (x: JaxArray, filter: JaxArray) => form.convolve(jax, x, filter);
  const run = jax.jit((x: JaxArray, filter: JaxArray, dy: JaxArray) => {
    const [y, back] = jax.vjp(convolve, [x, filter]);
    const [dx, dfilter] = back(dy) as [JaxArray, JaxArray];
    back.dispose();
    return { y, x: dx, filter: dfilter };
  });
  const x = upload("x"), filter = upload("filter"), dy = upload("dy");
  return () => run(x.ref, filter.ref, dy.ref) as Record<string, JaxArray>;
}

function step(jax: Jax, form: JaxForm, upload: (name: string) => JaxArray, labels: JaxArray) {
  const { nn, numpy: np } = jax, { channelAxis } = form;
  const others = [0, 1, 2, 3].filter((axis) => axis !== channelAxis);
  const perChannel = (vector: JaxArray) =>
    vector.reshape([0, 1, 2, 3].map((axis) => axis === channelAxis ? vector.shape[0]! : 1));
  const activate = (x: JaxArray, gamma: JaxArray, beta: JaxArray) => {
    const centred = x.ref.sub(np.mean(x, others, { keepdims: true }));
    const variance = np.mean(np.square(centred.ref), others, { keepdims: true });
    const scale = perChannel(gamma).div(np.sqrt(variance.add(EPSILON)));
    return nn.leakyRelu(centred.mul(scale).add(perChannel(beta)), LEAKY);
  };
  const loss = (parameters: JaxArray[], image: JaxArray, truth: JaxArray) => {
    const [filter1, gamma1, beta1, filter2, gamma2, beta2, filter3, bias3] = parameters as [
      ...[JaxArray, JaxArray, JaxArray, JaxArray, JaxArray, JaxArray, JaxArray, JaxArray],
    ];
    const first = activate(form.convolve(jax, image, filter1), gamma1, beta1);
    const second = activate(form.convolve(jax, first, filter2), gamma2, beta2);
    const logits = form.convolve(jax, second, filter3).add(perChannel(bias3));
    return nn.logSoftmax(logits, channelAxis).mul(truth).sum(channelAxis).mean().neg();
  };
  const run = jax.jit((parameters: JaxArray[], image: JaxArray, truth: JaxArray) => {
    const kept = parameters.map((parameter) => parameter.ref);
    const [value, gradients] = jax.valueAndGrad(loss)(kept, image, truth);
    const results: Record<string, JaxArray> = { loss: value };
    STEP_PARAMETERS.forEach((name, i) => {
      const gradient = (gradients as JaxArray[])[i]!;
      results[`updated ${name}`] = parameters[i]!.sub(gradient.ref);
      results[name] = gradient;
    });
    return results;
  });
  const parameters = STEP_PARAMETERS.map(upload), image = upload("image");
  return () =>
    run(parameters.map((one) => one.ref), image.ref, labels.ref) as Record<string, JaxArray>;
}
