import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { Parameters, type ParameterSpec } from "../../../lib/learning/nn/parameters.ts";
import { Adam } from "../../../lib/learning/cooperative/adam.ts";
import { startBackend, type Tensor, tf } from "../../../wasm/mod.ts";
import { assertClose, randomValues } from "../../wasm/reference.ts";

await startBackend({ threads: 1 });

const SPECS = new Map<string, ParameterSpec>([
  ["c.weight", { shape: [2, 3, 1, 2], kind: "weight" }],
  ["c.bias", { shape: [2], kind: "weight" }],
  ["n.running_mean", { shape: [2], kind: "buffer" }],
]);
const OPTIONS = { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

function begin() {
  const values = new Map([...SPECS].map(([name, { shape }]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return [name, { shape, data: randomValues(name, size) }] as const;
  }));
  const parameters = new Parameters(SPECS, values);
  return { parameters, adam: new Adam(parameters, SPECS, OPTIONS) };
}

/** Step number `i` on both weights. */
function step({ adam }: ReturnType<typeof begin>, i: number) {
  tf.tidy(() =>
    adam.step(
      new Map<string, Tensor>([
        ["c.weight", tf.tensor4d(randomValues(`w${i}`, 12), [1, 2, 3, 2])],
        ["c.bias", tf.tensor1d(randomValues(`b${i}`, 2))],
      ]),
    )
  );
}

Deno.test("Adam follows the float64 update; parameters without a gradient stay", () => {
  const run = begin();
  const before = run.parameters.weights.get("c.weight")!.dataSync();
  const weights = Float64Array.from(before);
  const m = new Float64Array(12), v = new Float64Array(12);
  for (let i = 1; i <= 4; i++) {
    const gradient = randomValues(`w${i}`, 12);
    tf.tidy(() => run.adam.step(new Map([["c.weight", tf.tensor4d(gradient, [1, 2, 3, 2])]])));
    gradient.forEach((g, at) => {
      m[at] = 0.9 * m[at]! + 0.1 * g;
      v[at] = 0.999 * v[at]! + 0.001 * g * g;
      weights[at]! -= 0.1 * m[at]! / (1 - 0.9 ** i) /
        (Math.sqrt(v[at]! / (1 - 0.999 ** i)) + 1e-8);
    });
  }
  assertClose(run.parameters.weights.get("c.weight")!.dataSync(), weights, 1e-5, "weights");
  assertEquals([...run.parameters.weights.get("c.bias")!.dataSync()], [
    ...randomValues("c.bias", 2),
  ]);
  assertEquals(run.adam.steps, 4);
});

Deno.test("Adam.load() of values() goes on digit for digit", () => {
  const whole = begin();
  for (let i = 1; i <= 5; i++) step(whole, i);
  const first = begin(), second = begin();
  for (let i = 1; i <= 2; i++) step(first, i);
  // Moments that must not survive.
  step(second, 9);
  second.parameters.load(first.parameters.values());
  const state = first.adam.values();
  second.adam.load(state);
  assertEquals(second.adam.values(), state);
  for (let i = 3; i <= 5; i++) step(second, i);
  assertEquals(second.parameters.values(), whole.parameters.values());
  assertEquals(second.adam.values(), whole.adam.values());
});

Deno.test("Adam.values() lies under optimizer., in the reference's layout", () => {
  const run = begin();
  step(run, 1);
  const values = run.adam.values();
  assertEquals([...values.keys()].sort(), [
    "optimizer.first.c.bias",
    "optimizer.first.c.weight",
    "optimizer.second.c.bias",
    "optimizer.second.c.weight",
    "optimizer.step",
  ]);
  assertEquals(values.get("optimizer.first.c.weight")!.shape, [2, 3, 1, 2]);
  assertEquals([...values.get("optimizer.step")!.data], [1]);
});

Deno.test("Adam.load() without optimiser entries starts afresh", () => {
  const run = begin(), fresh = begin();
  step(run, 1);
  run.adam.load(run.parameters.values());
  assertEquals(run.adam.values(), fresh.adam.values());
  assertEquals(run.adam.steps, 0);
});

Deno.test("Adam.load() refuses a state that is not whole", () => {
  const run = begin();
  step(run, 1);
  const state = run.adam.values();
  const without = new Map(state);
  without.delete("optimizer.second.c.bias");
  assertThrows(
    () => run.adam.load(without),
    RangeError,
    "optimizer.second.c.bias is missing",
  );
  state.set("optimizer.first.c.bias", { shape: [3], data: new Float32Array(3) });
  assertThrows(() => run.adam.load(state), RangeError, "c.bias is [3], wanted [2]");
});

Deno.test("Adam.dispose() gives all moments back", () => {
  const before = tf.memory().numTensors, { adam, parameters } = begin();
  assert(tf.memory().numTensors === before + 6);
  adam.dispose();
  parameters.dispose();
  assertEquals(tf.memory().numTensors, before);
});
