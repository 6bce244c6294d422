/// <reference lib="dom" />
/** The networks alone in a page's worker, by Tandem or by onnxruntime-web, on the same pixels. */
import { decodeSafetensors } from "../../../lib/formats/safetensors/decode.ts";
import type { NamedTensors } from "../../../lib/formats/safetensors/tensor_record.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { channelsLast } from "../../../lib/learning/nn/reference_layout.ts";
import { pageModelSchema } from "../../../lib/workflows/view/page_model.ts";
import { z } from "../../../lib/base/deps/zod.ts";
import { startBackend } from "../../../wasm/mod.ts";
import type { loadOnnxRuntime } from "../alternatives/packages.ts";
import { refinedLogits } from "../refined_logits.ts";

// The page's policy allows no functions made of text, which zod would try.
z.config({ jitless: true });

/** What to run. */
export interface NetworksTask {
  readonly by: "tandem" | "onnxruntime-web";
  /** The address of the folder of all files. */
  readonly base: string;
  readonly threads: number;
  readonly runs: number;
  readonly slices: number;
  readonly size: number;
}

/** What came of it. */
export interface NetworksTiming {
  /** Seconds of each run after those that warm up. */
  readonly seconds: readonly number[];
  /** [slices, size, size, classes]: refined logits. */
  readonly logits: Float32Array;
}

/** Why nothing came of it. */
export interface NetworksFailure {
  readonly failure: string;
}

/** Runs that warm up. */
const WARMUPS = 3;

/** Networks that are loaded, with pixels to segment. */
interface Loaded {
  run(): Promise<void>;
  /** Of the latest run: [slices, size, size, classes]. */
  logits(): Float32Array;
}

addEventListener("message", ({ data }: MessageEvent<NetworksTask>) => {
  // Of a promise that fails nobody would hear.
  time(data).then(
    postMessage,
    (error) => postMessage({ failure: String(error?.message ?? error) }),
  );
});

async function time(data: NetworksTask): Promise<NetworksTiming> {
  const { run, logits } = await (data.by === "tandem" ? tandem(data) : onnxRuntime(data));
  for (let n = 0; n < WARMUPS; n++) await run();
  const seconds: number[] = [];
  for (let n = 0; n < data.runs; n++) {
    const began = performance.now();
    await run();
    seconds.push((performance.now() - began) / 1000);
  }
  return { seconds, logits: logits() };
}

async function tandem({ base, threads, slices, size }: NetworksTask): Promise<Loaded> {
  const model = pageModelSchema.parse(await (await fetch(`${base}model.json`)).json());
  const { tensors } = decodeSafetensors(await bytesAt(`${base}model.safetensors`));
  await startBackend({ threads });
  const { labels, channels } = model.data.task;
  const options = { ...model.model, classes: labels.length, inputChannels: channels.length };
  const network = new DualNetwork(options, tensors as NamedTensors);
  network.fold();
  const images = new Float32Array((await bytesAt(`${base}images`)).buffer);
  let latest = new Float32Array();
  return {
    run() {
      latest = refinedLogits(network, images, slices, size) as Float32Array<ArrayBuffer>;
      return Promise.resolve();
    },
    logits: () => latest,
  };
}

async function onnxRuntime({ base, threads, slices, size }: NetworksTask): Promise<Loaded> {
  const { env, InferenceSession, Tensor }: Awaited<ReturnType<typeof loadOnnxRuntime>> =
    await import(new URL("ort.wasm.min.mjs", base).href);
  env.wasm.numThreads = threads;
  env.wasm.wasmPaths = base;
  const session = await InferenceSession.create(await bytesAt(`${base}network.onnx`), {
    executionProviders: ["wasm"],
    graphOptimizationLevel: "all",
  });
  const images = new Float32Array((await bytesAt(`${base}images`)).buffer);
  const image = new Tensor("float32", images, [slices, 1, size, size]);
  const [name] = session.outputNames;
  let latest: { data: Float32Array; dims: readonly number[] } | undefined;
  return {
    async run() {
      latest = (await session.run({ image }))[name!] as unknown as NonNullable<typeof latest>;
    },
    logits: () => channelsLast(latest!.data, latest!.dims).data,
  };
}

async function bytesAt(url: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}
