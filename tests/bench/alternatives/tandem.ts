import {
  convolution,
  crossEntropy,
  gradients,
  type Normalisation,
  startBackend,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tf,
  withEarlyRelease,
} from "../../../wasm/mod.ts";
import { tensorTask } from "./tensor_task.ts";
import { inputsOf, LEAKY, STEP_PARAMETERS, type Task, type Work } from "./work.ts";

/** The work by Tandem's operators. */
export async function prepareTandem(work: Work, threads: number): Promise<Task> {
  await startBackend({ threads });
  const inputs = Object.fromEntries(
    Object.entries(inputsOf(work)).map(([name, { data, shape }]) => [
      ...[name, tf.tensor(data, [...shape])] as const,
    ]),
  );
  if (work.kind === "convolution") {
    const bias = tf.zeros([work.outputChannels]) as Tensor1D;
    return tensorTask(() => convolutionResults(inputs, bias));
  }
  const labels = tf.cast(inputs.labels!, "int32"), bias = tf.zeros([work.width]) as Tensor1D;
  return tensorTask(() => stepResults(inputs, labels, bias));
}

function convolutionResults(inputs: Record<string, Tensor>, bias: Tensor1D) {
  const x = inputs.x as Tensor4D, filter = inputs.filter as Tensor4D;
  const { value, grads } = tf.engine().gradients(
    () => convolution({ x, filter, bias, form: "same", statistics: false }).y,
    [x, filter],
    inputs.dy,
  );
  return { y: value, x: grads[0]!, filter: grads[1]! };
}

/** @param noBias Zeros: the normalisations behind would take any bias out again. */
function stepResults(inputs: Record<string, Tensor>, labels: Tensor, noBias: Tensor1D) {
  const loss = () => {
    let map = inputs.image as Tensor4D, normalisation: Normalisation | undefined;
    for (const level of [1, 2]) {
      const filter = inputs[`filter${level}`] as Tensor4D;
      const next = convolution({
        ...{ x: map, normalisation, filter, bias: noBias, form: "same", statistics: true },
      });
      map = next.y;
      normalisation = {
        statistics: next.statistics,
        gamma: inputs[`gamma${level}`] as Tensor1D,
        beta: inputs[`beta${level}`] as Tensor1D,
        slope: LEAKY,
        training: true,
        frozen: false,
      };
    }
    const filter = inputs.filter3 as Tensor4D, bias = inputs.bias3 as Tensor1D;
    const { y } = convolution({
      ...{ x: map, normalisation, filter, bias, form: "same", statistics: false },
    });
    return crossEntropy(y, labels);
  };
  const by = new Map(STEP_PARAMETERS.map((name) => [name as string, inputs[name]!]));
  const { value, gradients: found } = withEarlyRelease(() => gradients(loss, by));
  const results: Record<string, Tensor> = { loss: tf.scalar(value) };
  for (const [name, gradient] of found) {
    results[name] = gradient;
    results[`updated ${name}`] = tf.sub(by.get(name)!, gradient);
  }
  return results;
}
