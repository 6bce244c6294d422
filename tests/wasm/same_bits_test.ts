import { assertEquals } from "../deps.ts";
import { parseConfig } from "../../lib/base/config/parse_config.ts";
import { generateHardExamples } from "../../lib/learning/latent/hard_examples.ts";
import { DualNetwork } from "../../lib/learning/models/dual_network.ts";
import { RandomStream } from "../../lib/base/random/random_stream.ts";
import { cooperativeStep } from "../../lib/learning/cooperative/cooperative_step.ts";
import {
  type BackendOptions,
  convolution,
  crossEntropy,
  diceLoss,
  FixedConvolution,
  halfSquaredError,
  IGNORED_LABEL,
  join,
  softmax,
  startBackend,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tf,
} from "../../wasm/mod.ts";
import { stepInputs, TINY } from "../learning/cooperative/tiny_step.ts";
import { randomValues, type Shape4, sizeOf } from "./reference.ts";

const OTHERS: readonly BackendOptions[] = [
  { threads: 2 },
  { threads: 3 },
  { threads: 1, sharedMemory: false },
];

/** Runs on one thread, then on the others, and compares every bit. */
async function assertSameBits(run: () => Map<string, ArrayLike<number>>): Promise<void> {
  await startBackend({ threads: 1 });
  const expected = run();
  for (const options of OTHERS) {
    await startBackend(options);
    for (const [name, values] of run()) {
      const wanted = expected.get(name)!;
      let first = values.length === wanted.length ? -1 : 0;
      for (let i = 0; i < wanted.length && first < 0; i++) {
        if (!Object.is(values[i], wanted[i])) first = i;
      }
      assertEquals(first, -1, `${name} differs at ${first} on ${JSON.stringify(options)}`);
    }
  }
}

const map = (name: string, shape: Shape4) => tf.tensor4d(randomValues(name, sizeOf(shape)), shape);

Deno.test("all operators give the same bits on 1, 2 and 3 threads and without sharing", async () => {
  await assertSameBits(() =>
    tf.tidy(() => {
      const found = new Map<string, ArrayLike<number>>();
      const note = (name: string, tensors: Tensor[]) =>
        tensors.forEach((tensor, i) => found.set(`${name} ${i}`, tensor.dataSync()));
      // Channels in eights go by Winograd's algorithm.
      for (const [ci, co, size] of [[9, 13, 24], [8, 16, 24], [8, 8, 40]] as const) {
        const x = map("x", [2, size, size, ci]), other = map("other", [2, size, size, ci]);
        const bias = tf.tensor1d(randomValues("bias", co));
        const normalisation = {
          statistics: tf.tensor2d(randomValues("statistics", 2 * ci, 0.5, 1), [2, ci]),
          gamma: tf.tensor1d(randomValues("gamma", ci)),
          beta: tf.tensor1d(randomValues("beta", ci)),
          slope: 0.2,
          training: true,
          frozen: false,
        };
        for (const form of ["same", "down", "up", "transposed"] as const) {
          const filter = form === "transposed"
            ? map(form, [2, 2, co, ci])
            : map(form, [3, 3, ci, co]);
          const run = (x: Tensor, filter: Tensor, bias: Tensor, gamma: Tensor) =>
            convolution({
              ...{ x, filter, bias } as { x: Tensor4D; filter: Tensor4D; bias: Tensor1D },
              normalisation: { ...normalisation, gamma: gamma as Tensor1D },
              form,
              statistics: true,
            });
          const inputs: Tensor[] = [x, filter, bias, normalisation.gamma];
          const { y, statistics } = run(x, filter, bias, normalisation.gamma);
          const fixed = new FixedConvolution(form, filter.clone() as Tensor4D, bias.clone());
          const skip = map("skip", y.shape);
          note(`fixed ${form} ${ci} ${size}`, [fixed.apply(x, { slope: 0.2, skip })]);
          fixed.dispose();
          const dy = map("dy", y.shape);
          note(`${form} ${ci} ${size}`, [
            y,
            statistics,
            ...tf.grads((a, b, c, d) => run(a!, b!, c!, d!).y)(inputs, dy),
          ]);
        }
        note(
          `join ${ci} ${size}`,
          tf.grads((x, skip) => join(x as Tensor4D, normalisation, skip as Tensor4D))([
            x,
            map("skip", [2, size / 2, size / 2, ci]),
          ], other),
        );
      }
      const logits = map("logits", [2, 70, 70, 4]), labels = tf.zeros([2, 70, 70], "int32");
      note("softmax", [
        softmax(logits, 2),
        tf.grad((l) => softmax(l as Tensor4D, 2))(logits, map("dp", [2, 70, 70, 4])),
      ]);
      note("crossEntropy", [
        crossEntropy(logits, labels),
        tf.grad((l) => crossEntropy(l as Tensor4D, labels))(logits),
      ]);
      const marks = randomValues("marks", 2 * 70 * 70, 0, 5);
      const some = tf.tensor3d(
        Int32Array.from(marks, (mark) => mark < 4 ? Math.floor(mark) : IGNORED_LABEL),
        [2, 70, 70],
        "int32",
      );
      note("crossEntropy with weights, some pixels ignored", [
        crossEntropy(logits, some, [1, 2, 3, 4]),
        tf.grad((l) => crossEntropy(l as Tensor4D, some, [1, 2, 3, 4]))(logits),
      ]);
      note("diceLoss", [
        diceLoss(logits, some),
        tf.grad((l) => diceLoss(l as Tensor4D, some))(logits),
      ]);
      const long = map("long", [1, 200, 200, 1]), image = map("image", [1, 200, 200, 1]);
      note("sigmoid", [tf.sigmoid(long), tf.grad((x) => tf.sigmoid(x))(long, image)]);
      note("halfSquaredError", [
        halfSquaredError(long, image),
        tf.grad((x) => halfSquaredError(x, image))(long),
      ]);
      note("add", [tf.add(long, image)]);
      return found as never;
    }) as unknown as Map<string, ArrayLike<number>>
  );
});

Deno.test("a cooperative step gives the same bits on 1, 2 and 3 threads and without sharing", async () => {
  const { method } = parseConfig({
    method: { imageMask: { scheme: "channel" }, shapeMask: { scheme: "spatial" } },
  });
  await assertSameBits(() => {
    const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(3));
    const inputs = stepInputs(32);
    const { losses, gradients } = cooperativeStep(
      network,
      inputs,
      method,
      {
        needs: { image: true, shape: true },
        generate: (codes, known) =>
          generateHardExamples(network, codes, inputs, method, RandomStream.fromSeed(4), known),
      },
    );
    const found = new Map<string, ArrayLike<number>>([["losses", Object.values(losses)]]);
    for (const [name, sum] of gradients.sums) found.set(name, sum.dataSync());
    for (const [name, buffer] of network.parameters.buffers) found.set(name, buffer);
    gradients.dispose();
    network.dispose();
    tf.dispose({ ...inputs } as never);
    return found;
  });
});
