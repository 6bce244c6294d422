import { assertEquals, assertThrows } from "../../deps.ts";
import { Parameters, type ParameterSpec } from "../../../lib/learning/nn/parameters.ts";
import type { TensorRecord } from "../../../lib/formats/safetensors/tensor_record.ts";
import { startBackend, tf } from "../../../wasm/mod.ts";

await startBackend({ threads: 1 });

const SPECS = new Map<string, ParameterSpec>([
  ["c.weight", { shape: [2, 3, 1, 2], kind: "weight" }],
  ["c.bias", { shape: [2], kind: "weight" }],
  ["n.running_mean", { shape: [2], kind: "buffer" }],
]);

const valuesFrom = (first: number): Map<string, TensorRecord<Float32Array>> =>
  new Map([...SPECS].map(([name, { shape }]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return [name, { shape, data: Float32Array.from({ length: size }, (_, i) => first + i) }];
  }));

Deno.test("Parameters keeps weights as tensors in tfjs's layout, buffers beside them", () => {
  const parameters = new Parameters(SPECS, valuesFrom(0));
  assertEquals([...parameters.weights.keys()], ["c.weight", "c.bias"]);
  assertEquals(parameters.weights.get("c.weight")!.shape, [1, 2, 3, 2]);
  assertEquals([...parameters.weights.get("c.weight")!.dataSync()].slice(0, 4), [0, 6, 2, 8]);
  assertEquals([...parameters.buffers.keys()], ["n.running_mean"]);
  assertEquals(parameters.count, 14);
  parameters.dispose();
});

Deno.test("Parameters.values() gives back what came in, as a copy", () => {
  const given = valuesFrom(3), parameters = new Parameters(SPECS, given);
  const values = parameters.values();
  assertEquals(values, given);
  values.get("n.running_mean")!.data.fill(-1);
  values.get("c.bias")!.data.fill(-1);
  assertEquals(parameters.values(), valuesFrom(3));
  assertEquals(given, valuesFrom(3));
  parameters.dispose();
});

Deno.test("Parameters.load() overwrites in place, leaks nothing, and ignores strangers", () => {
  const parameters = new Parameters(SPECS, valuesFrom(0));
  const weight = parameters.weights.get("c.weight")!, tensors = tf.memory().numTensors;
  const strange = { shape: [1], data: Int32Array.of(1) };
  parameters.load(new Map<string, TensorRecord>([...valuesFrom(5), ["n.num_batches", strange]]));
  assertEquals(parameters.values(), valuesFrom(5));
  assertEquals(parameters.weights.get("c.weight") === weight, true);
  assertEquals(tf.memory().numTensors, tensors);
  parameters.dispose();
  assertEquals(weight.isDisposed, true);
});

Deno.test("Parameters refuses missing, misshapen and mistyped values, and changes nothing", () => {
  const parameters = new Parameters(SPECS, valuesFrom(0));
  const without = (name: string, value?: TensorRecord) => {
    const values: Map<string, TensorRecord> = valuesFrom(9);
    values.delete(name);
    if (value) values.set(name, value);
    return () => parameters.load(values);
  };
  assertThrows(without("c.bias"), RangeError, "Cannot load the network: c.bias is missing");
  assertThrows(
    without("c.bias", { shape: [3], data: new Float32Array(3) }),
    RangeError,
    "c.bias is [3], wanted [2]: the file is of another architecture",
  );
  assertThrows(
    without("n.running_mean", { shape: [2], data: new Float64Array(2) }),
    RangeError,
    "n.running_mean is Float64Array, wanted float32",
  );
  assertEquals(parameters.values(), valuesFrom(0));
  parameters.dispose();
});
