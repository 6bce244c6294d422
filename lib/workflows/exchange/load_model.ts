import type { BackendOptions } from "../../../wasm/mod.ts";
import { parseJson } from "../../base/text/parse_json.ts";
import { decodeSafetensors } from "../../formats/safetensors/decode.ts";
import type { NamedTensors } from "../../formats/safetensors/tensor_record.ts";
import { completeWeights } from "../../learning/models/complete_weights.ts";
import { matchWeights } from "../../learning/models/match_weights.ts";
import type { Segmenter } from "../../learning/models/segmenter.ts";
import { WeightsError } from "../../learning/models/weights_error.ts";
import { restoreSegmenter } from "../../learning/training/restore_segmenter.ts";
import { type ModelRecord, modelRecordSchema } from "./model_record.ts";

/** What `tandem export` wrote. */
export interface ModelSource {
  /** The bytes of `weights.safetensors`. */
  readonly weights: Uint8Array;
  /** The text of `config.json` beside it. */
  readonly config: string;
}

/** How to load exported weights. */
export interface LoadModelOptions {
  /** How the backend is started, if at all: its threads above all. */
  readonly backend?: Omit<BackendOptions, "convolution">;
  /** Slices that go through the networks at once, 1 or more; 10 by default. */
  readonly chunk?: number;
}

/** Networks that segment volumes in memory. */
export interface LoadedModel extends Pick<ModelRecord, "data"> {
  /** All of `config.json`. */
  readonly record: ModelRecord;
  /** To be disposed of when it is no longer needed. */
  readonly segmenter: Segmenter;
}

/**
 * Loads networks that `tandem export` wrote as weights, for `segmentVolume`. It reads no file: bytes and
 * text come from wherever they lie. Runs under Node and in a browser, too.
 *
 * @throws {WeightsError} If the record is none, or a weight is missing, of another shape or not finite.
 * @throws {SafetensorsError} If the weights are damaged.
 * @throws {RangeError} If threads or `chunk` are out of range.
 */
export async function loadModel(
  source: ModelSource,
  { backend = {}, chunk = 10 }: LoadModelOptions = {},
): Promise<LoadedModel> {
  if (!Number.isInteger(chunk) || chunk < 1) {
    throw new RangeError(`Cannot load a model: chunk is ${chunk}, wanted 1 or more`);
  }
  const record = parseJson(source.config, modelRecordSchema, "config.json", WeightsError);
  const tensors: NamedTensors = new Map();
  for (const [name, { shape, data }] of decodeSafetensors(source.weights, "weights").tensors) {
    if (!(data instanceof Float32Array) || !data.every(Number.isFinite)) {
      throw new WeightsError(`Cannot load weights: ${name} wants finite numbers of type F32`);
    }
    tensors.set(name, { shape, data });
  }
  const { method, data } = record, { labels, channels } = data.task;
  const wanted = { ...record.model, classes: labels.length, inputChannels: channels.length };
  const found = matchWeights(
    new Map([...tensors].map(([name, { shape }]) => [name, shape])),
    "weights",
  );
  for (const [name, value] of Object.entries(wanted)) {
    const own = found.model[name as keyof typeof wanted];
    if (own === value) continue;
    throw new WeightsError(
      `Cannot load weights: their shapes tell ${name} of ${own}, config.json says ${value}`,
    );
  }
  if (found.networks === "segmentation" && method.networks === "dual") {
    throw new WeightsError(
      "Cannot load weights: they are of the fast-thinking network alone, wanted both networks'",
    );
  }
  const options = {
    model: wanted,
    method,
    evaluation: { chunk },
    training: { convolution: "winograd", threads: null },
  } as const;
  const weights = completeWeights(tensors, wanted);
  const segmenter = await restoreSegmenter(options, "weights", { tensors: weights }, async () => {
    const { startBackend } = await import("../../../wasm/mod.ts");
    return await startBackend(backend);
  });
  return { record, data, segmenter };
}
