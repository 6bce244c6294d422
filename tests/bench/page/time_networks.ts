import type { Browser } from "npm:puppeteer-core@25.16.0";
import { PAGE_BINARIES } from "../../../wasm/mod.ts";
import { fromFileUrl } from "../../../lib/base/deps/std.ts";
import { mediaType, PAGE_HEADERS } from "../../../lib/workflows/view/page_policy.ts";
import { readPageModel } from "../../../lib/workflows/view/read_page_model.ts";
import { decodeSafetensors } from "../../../lib/formats/safetensors/decode.ts";
import type { TensorRecord } from "../../../lib/formats/safetensors/tensor_record.ts";
import { refinedOnnx } from "../alternatives/onnx_runtime.ts";
import type { NetworksFailure, NetworksTask, NetworksTiming } from "./networks_worker.ts";

/** Files of onnxruntime-web that a page fetches. */
const RUNTIME = [
  "ort.wasm.min.mjs",
  "ort-wasm-simd-threaded.mjs",
  "ort-wasm-simd-threaded.wasm",
] as const;

/** A page that runs networks alone. */
export interface NetworksPage {
  /** Runs a run's networks on the pixels, in a worker of the page. */
  time(by: NetworksTask["by"], threads: number, runs: number): Promise<NetworksTiming>;
  close(): Promise<void>;
}

/**
 * Serves an empty page with the headers of Tandem's own and opens it.
 *
 * @param images [slices, size, size], 0-1.
 */
export async function openNetworksPage(
  browser: Browser,
  run: string,
  images: Float32Array<ArrayBuffer>,
  { slices, size }: Pick<NetworksTask, "slices" | "size">,
): Promise<NetworksPage> {
  const files = await networkFiles(run, images, { slices, size });
  const ending = new AbortController(), { signal } = ending;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, signal, onListen() {} },
    (request) => {
      const name = new URL(request.url).pathname.slice(1) || "index.html", body = files.get(name);
      const type = name.endsWith(".mjs") ? mediaType("a.js") : mediaType(name);
      const headers = { ...PAGE_HEADERS, "content-type": type };
      return new Response(body ?? "", { status: body ? 200 : 404, headers });
    },
  );
  const page = await browser.newPage(), base = `http://127.0.0.1:${server.addr.port}/`;
  await page.goto(base);
  return {
    async time(by, threads, runs) {
      const task: NetworksTask = { by, base, threads, runs, slices, size };
      const { seconds, logits } = await page.evaluate(async (task) => {
        if (!crossOriginIsolated) throw new Error("the page shares no memory");
        const worker = new Worker("networks_worker.js", { type: "module" });
        try {
          const timing = await new Promise<NetworksTiming | NetworksFailure>((resolve, reject) => {
            worker.onmessage = ({ data }) => resolve(data);
            worker.onerror = ({ message }) => reject(new Error(message));
            worker.postMessage(task);
          });
          if ("failure" in timing) throw new Error(`${task.by}: ${timing.failure}`);
          const bytes = new Uint8Array(timing.logits.buffer as ArrayBuffer);
          return { seconds: timing.seconds, logits: bytes.toBase64() };
        } finally {
          worker.terminate();
        }
      }, task);
      return { seconds, logits: new Float32Array(Uint8Array.fromBase64(logits).buffer) };
    },
    async close() {
      await page.close();
      ending.abort();
      await server.finished;
    },
  };
}

async function networkFiles(
  run: string,
  images: Float32Array<ArrayBuffer>,
  { slices, size }: Pick<NetworksTask, "slices" | "size">,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const { model, weights } = await readPageModel(run);
  const parameters = decodeSafetensors(weights).tensors as Map<string, TensorRecord<Float32Array>>;
  const encode = (text: string) => new TextEncoder().encode(text);
  const files = new Map([
    ["index.html", encode("<!doctype html><title>Networks</title>")],
    ["model.json", encode(JSON.stringify(model))],
    ["model.safetensors", weights],
    ["network.onnx", Uint8Array.from(await refinedOnnx(parameters, [slices, 1, size, size]))],
    ["images", new Uint8Array(images.buffer)],
    ["networks_worker.js", await bundled(new URL("networks_worker.ts", import.meta.url))],
  ]);
  const runtime = new URL(".", import.meta.resolve("npm:onnxruntime-web@1.30.0"));
  for (const url of [...PAGE_BINARIES, ...RUNTIME.map((name) => new URL(name, runtime))]) {
    files.set(url.pathname.split("/").at(-1)!, await Deno.readFile(url));
  }
  return files;
}

async function bundled(module: URL): Promise<Uint8Array<ArrayBuffer>> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform", "browser", "--minify", fromFileUrl(module)],
    env: { NO_COLOR: "1" },
  }).output();
  if (code === 0) return stdout as Uint8Array<ArrayBuffer>;
  throw new Error(`deno bundle failed: ${new TextDecoder().decode(stderr).trim()}`);
}
