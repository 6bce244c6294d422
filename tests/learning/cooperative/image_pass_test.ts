import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { GradientSum } from "../../../lib/learning/cooperative/gradient_sum.ts";
import { runImagePass } from "../../../lib/learning/cooperative/image_pass.ts";
import { chooseTerms, LOSS_TERMS } from "../../../lib/learning/cooperative/loss_terms.ts";
import { startBackend, tf, withEarlyRelease } from "../../../wasm/mod.ts";
import { stepInputs, TINY } from "./tiny_step.ts";

await startBackend({ threads: 2 });

const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
const inputs = stepInputs(16);
const STANDARD = LOSS_TERMS.filter(({ input }) => input === "noisyImage");
const options = {
  terms: STANDARD,
  input: inputs.noisyImage,
  mode: "train",
  imageMode: "train",
  temperature: 2,
  needs: { image: true, shape: true },
} as const;

for (const separateTraining of [false, true]) {
  for (const early of [false, true]) {
    const label = `separateTraining ${separateTraining}, early release ${early}`;
    Deno.test(`runImagePass() leaves codes, their gradients and the sum alone: ${label}`, () => {
      const before = tf.memory().numTensors, sum = new GradientSum();
      const choice = { networks: "dual", separateTraining, degraded: false } as const;
      const terms = chooseTerms(STANDARD, choice);
      const run = () => runImagePass(network, inputs, { ...options, terms }, sum);
      const { codes, codeGradients, losses } = early ? withEarlyRelease(run) : run();
      assertEquals(Object.keys(codeGradients).sort(), ["image", "shape"]);
      assert(Object.values(losses).every((loss) => loss > 0));
      tf.dispose([codes, codeGradients] as never);
      sum.dispose();
      assertEquals(tf.memory().numTensors, before);
    });
  }
}

Deno.test("runImagePass() gives the same gradients with and without early release", () => {
  const [kept, freed] = [false, true].map((early) => {
    const sum = new GradientSum();
    const run = () => runImagePass(network, inputs, { ...options, mode: "isolated" }, sum);
    const { codes, codeGradients } = early ? withEarlyRelease(run) : run();
    const values = [...sum.sums].map(([name, tensor]) => [name, [...tensor.dataSync()]]);
    tf.dispose([codes, codeGradients] as never);
    sum.dispose();
    return values;
  });
  assertEquals(kept, freed);
});

Deno.test("runImagePass() leaves nothing on the heap where an error ends it", () => {
  const before = tf.memory().numTensors, sum = new GradientSum();
  network.refineLogits = () => {
    throw new RangeError("the heap is full");
  };
  try {
    assertThrows(
      () => withEarlyRelease(() => runImagePass(network, inputs, options, sum)),
      RangeError,
      "the heap is full",
    );
  } finally {
    Reflect.deleteProperty(network, "refineLogits");
  }
  sum.dispose();
  assertEquals(tf.memory().numTensors, before);
});
