import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from "../../../wasm/mod.ts";
import { loadTfjs, loadTfjsWasm } from "./packages.ts";
import { tensorTask } from "./tensor_task.ts";
import {
  EPSILON,
  inputsOf,
  LEAKY,
  type Prepare,
  STEP_PARAMETERS,
  type Task,
  type Work,
} from "./work.ts";

type Tfjs = Awaited<ReturnType<typeof loadTfjs>>;

/**
 * The work by stock TensorFlow.js on its `cpu` backend, plain JavaScript.
 *
 * @param gradients Of convolutions: its own, or written from its operators, which takes less time.
 */
export function prepareTfjsCpu(gradients: "own" | "written"): Prepare {
  return async (work) => {
    const tf = await loadTfjs();
    await tf.setBackend("cpu");
    if (gradients === "written") writeGradients(tf);
    return prepare(tf, work);
  };
}

/**
 * The work by stock TensorFlow.js on its `wasm` backend as it starts under Deno: SIMD, one thread.
 * Gradients of convolutions are written from its operators, because it has none for the filter.
 *
 * @throws {Error} If it starts with more threads.
 */
export const prepareTfjsWasm: Prepare = async (work) => {
  const tf = await loadTfjs();
  const { getThreadsCount } = await loadTfjsWasm();
  await tf.setBackend("wasm");
  if (getThreadsCount() !== 1) {
    throw new Error(`tfjs-wasm runs on ${getThreadsCount()} threads, wanted one, as under Deno`);
  }
  writeGradients(tf);
  return prepare(tf, work);
};

/**
 * Replaces the gradients of Conv2D (stride 1, padded to the same size). That for the input is a
 * convolution with the flipped filter, which takes less time than the operator made for it.
 */
function writeGradients(tf: Tfjs): void {
  tf.unregisterGradient("Conv2D");
  tf.registerGradient({
    kernelName: "Conv2D",
    inputsToSave: ["x", "filter"],
    gradFunc: (gradient, [x, filter]) => {
      const dy = gradient as Tensor4D;
      const flipped = () => tf.transpose(tf.reverse(filter as Tensor4D, [0, 1]), [0, 1, 3, 2]);
      return {
        x: () => tf.conv2d(dy, flipped() as Tensor4D, 1, "same"),
        filter: () => filterGradient(tf, x as Tensor4D, dy, filter!.shape),
      };
    },
  });
}

/**
 * One matrix product a filter position: of the input, padded and shifted, and dy. Of the ways to
 * write it the fastest: channels first once, because a product that transposes its own operand
 * leaves XNNPACK.
 */
function filterGradient(tf: Tfjs, x: Tensor4D, dy: Tensor4D, shape: readonly number[]): Tensor {
  const [n, height, width] = x.shape, [size, , ci, co] = shape as [number, number, number, number];
  const pad = (size - 1) / 2;
  const padded = tf.transpose(tf.pad(x, [[0, 0], [pad, pad], [pad, pad], [0, 0]]), [3, 0, 1, 2]);
  const rows = tf.reshape(dy, [-1, co]) as Tensor2D;
  const position = (at: number) =>
    tf.tidy(() => {
      const begin = [0, 0, Math.floor(at / size), at % size];
      const part = tf.slice(padded, begin, [ci, n, height, width]);
      return tf.matMul(tf.reshape(part, [ci, -1]), rows);
    });
  const parts = Array.from({ length: size * size }, (_, at) => position(at));
  return tf.reshape(tf.stack(parts), [...shape]);
}

function prepare(tf: Tfjs, work: Work): Task {
  const inputs = Object.fromEntries(
    Object.entries(inputsOf(work)).map(([name, { data, shape }]) => [
      ...[name, tf.tensor(data, [...shape]) as Tensor] as const,
    ]),
  );
  if (work.kind === "step") {
    const oneHot = tf.oneHot(tf.cast(inputs.labels!, "int32"), work.classes);
    return tensorTask(() => stepResults(tf, inputs, oneHot));
  }
  return tensorTask(() => {
    const { value, grads } = tf.valueAndGrads((x: Tensor, filter: Tensor) =>
      tf.conv2d(x as Tensor4D, filter as Tensor4D, 1, "same")
    )([inputs.x!, inputs.filter!], inputs.dy as Tensor4D);
    return { y: value, x: grads[0]!, filter: grads[1]! };
  });
}

function stepResults(tf: Tfjs, inputs: Record<string, Tensor>, oneHot: Tensor) {
  const convolve = (x: Tensor, filter: Tensor) =>
    tf.conv2d(x as Tensor4D, filter as Tensor4D, 1, "same");
  // Written out, because on the wasm backend the gradient of tf.batchNorm takes longer.
  const activate = (x: Tensor, gamma: Tensor, beta: Tensor) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, EPSILON)));
    return tf.leakyRelu(tf.add(tf.mul(x, scale), tf.sub(beta, tf.mul(mean, scale))), LEAKY);
  };
  const loss = (...tensors: Tensor[]) => {
    const [filter1, gamma1, beta1, filter2, gamma2, beta2, filter3, bias3] = tensors as [
      ...[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor1D],
    ];
    const first = activate(convolve(inputs.image!, filter1), gamma1, beta1);
    const second = activate(convolve(first, filter2), gamma2, beta2);
    const logits = tf.add(convolve(second, filter3), bias3);
    return tf.neg(tf.mean(tf.sum(tf.mul(oneHot, tf.logSoftmax(logits)), -1)));
  };
  const parameters = STEP_PARAMETERS.map((name) => inputs[name]!);
  const { value, grads } = tf.valueAndGrads(loss)(parameters);
  const results: Record<string, Tensor> = { loss: value };
  STEP_PARAMETERS.forEach((name, i) => {
    results[name] = grads[i]!;
    results[`updated ${name}`] = tf.sub(parameters[i]!, grads[i]!);
  });
  return results;
}
