import { encodeOnnx } from "../../../lib/formats/onnx/encode_onnx.ts";
import { networkGraph } from "../../../lib/learning/graph/network_graph.ts";
import { channelsLast } from "../../../lib/learning/nn/reference_layout.ts";
import { readSafetensors, writeSafetensors } from "../../../lib/formats/safetensors/files.ts";
import type { TensorRecord } from "../../../lib/formats/safetensors/tensor_record.ts";
import type { OnnxTiming } from "./run_onnx.ts";
import { runModule } from "./subprocess.ts";

/** What onnxruntime-web makes of a network. */
export interface OnnxResult extends OnnxTiming {
  /** [batch, height, width, classes]: refined logits. */
  readonly logits: Float32Array;
}

/**
 * Runs a network's FTN and STN by onnxruntime-web, in a process of its own.
 *
 * @param parameters Those of a dual network, in the reference's layout.
 * @param images [batch, size, size], 0-1.
 * @throws {Error} If it cannot be loaded or fails.
 */
export async function runOnnx(
  parameters: ReadonlyMap<string, TensorRecord<Float32Array>>,
  images: Float32Array,
  { batch, size, steps, threads }: Record<"batch" | "size" | "steps" | "threads", number>,
): Promise<OnnxResult> {
  const shape = [batch, 1, size, size] as const, folder = await Deno.makeTempDir();
  try {
    const [model, input, output] = ["network.onnx", "input", "output"].map((name) =>
      `${folder}/${name}`
    ) as [string, string, string];
    await Deno.writeFile(model, await refinedOnnx(parameters, shape));
    await writeSafetensors(input, new Map([["image", { data: images, shape }]]));
    const args = [model, input, output, String(steps), String(threads)];
    const timing = await runModule<OnnxTiming>("run_onnx.ts", args);
    const logits = (await readSafetensors(output)).tensors.get("logits")!;
    return { ...timing, logits: channelsLast(logits.data as Float32Array, logits.shape).data };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** FTN and STN for images of one shape, as Tandem exports them but for that. */
export function refinedOnnx(
  parameters: ReadonlyMap<string, TensorRecord<Float32Array>>,
  shape: readonly [number, number, number, number],
): Promise<Uint8Array> {
  const method = { network: "stn", temperature: 2, shapePrior: "predictions" } as const;
  const graph = networkGraph(parameters, method);
  return encodeOnnx({
    ...graph,
    input: { ...graph.input, shape },
    producer: { name: "tandem", version: "0" },
    metadata: {},
  });
}
