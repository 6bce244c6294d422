/**
 * onnxruntime-web on its `wasm` backend, in a process of its own. Arguments: the model, a
 * safetensors file with its input `image`, one for its output `logits`, how often, threads. Prints
 * one line of JSON: {@linkcode OnnxTiming}.
 */
import process from "node:process";
import { readSafetensors, writeSafetensors } from "../../../lib/formats/safetensors/files.ts";
import { loadOnnxRuntime } from "./packages.ts";

/** What a run tells. */
export interface OnnxTiming {
  /** Seconds of each run after those that warm up. */
  readonly seconds: readonly number[];
  /** Processor time by wall time while these ran: how many threads worked, or spun. */
  readonly busyThreads: number;
}

async function main(): Promise<void> {
  const [model, input, output, runs, threads] = Deno.args as [
    ...[string, string, string, string, string],
  ];
  const { env, InferenceSession, Tensor } = await loadOnnxRuntime();
  env.wasm.numThreads = Number(threads);
  const session = await InferenceSession.create(await Deno.readFile(model), {
    executionProviders: ["wasm"],
    graphOptimizationLevel: "all",
  });
  const { data, shape } = (await readSafetensors(input)).tensors.get("image")!;
  const image = new Tensor("float32", data as Float32Array, [...shape]);
  const run = async () => (await session.run({ image }))[session.outputNames[0]!]!;

  const result = await run();
  const logits = { shape: result.dims, data: result.data as Float32Array };
  await writeSafetensors(output, new Map([["logits", logits]]));
  for (let i = 0; i < 2; i++) await run();
  const seconds: number[] = [], used = process.cpuUsage();
  for (let i = 0; i < Number(runs); i++) {
    const started = performance.now();
    await run();
    seconds.push((performance.now() - started) / 1000);
  }
  const { user, system } = process.cpuUsage(used);
  const busyThreads = (user + system) / 1e6 / seconds.reduce((a, b) => a + b);
  console.log(JSON.stringify({ seconds, busyThreads } satisfies OnnxTiming));
  // Its workers would hold the process open.
  Deno.exit();
}

await main();
