/** Weights and checkpoints. */
import { loadCheckpoint } from "../../../lib/formats/run_folder/checkpoint.ts";
import { encodeSafetensors } from "../../../lib/formats/safetensors/encode.ts";
import { readSafetensors } from "../../../lib/formats/safetensors/files.ts";
import type { TensorRecord } from "../../../lib/formats/safetensors/tensor_record.ts";
import { type FuzzTarget, textBytes } from "../target.ts";
import { joinBytes } from "../mutators/join_bytes.ts";

const tensors = new Map<string, TensorRecord>([
  ["encoder.weight", { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
  ["encoder.bias", { shape: [2], data: Float32Array.of(0.5, -0.5) }],
  ["step", { shape: [], data: BigInt64Array.of(7n) }],
  ["mask", { shape: [4], data: Uint8Array.of(0, 1, 1, 0) }],
  ["none", { shape: [0, 3], data: new Float64Array(0) }],
]);
const floats = new Map([...tensors].filter(([, { data }]) => data instanceof Float32Array));

const state = {
  format: 1,
  model: { baseWidth: 4, classes: 4, inputChannels: 1 },
  data: { version: 1, layout: "mnms" },
  position: { step: 12, epoch: 2, index: 3 },
  best: { score: 0.75, epoch: 1 },
  rng: { key: [1, 2], generator: [1, 2, 3, 4] },
};
const model = { baseWidth: 4, classes: 4, inputChannels: 1 };

const whole = encodeSafetensors(tensors, { note: "made" });
const checkpoint = encodeSafetensors(floats, { tandem: JSON.stringify(state) });

/** The header of a file, and what follows it. */
function divided(bytes: Uint8Array): { header: Uint8Array; body: Uint8Array } {
  const end = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  return { header: bytes.slice(8, end), body: bytes.slice(end) };
}

const { header, body } = divided(whole);

/** See `targets.ts`. */
export const TARGETS: readonly FuzzTarget[] = [
  {
    name: "safetensors",
    ...{ kind: "bytes", file: "weights.safetensors", seeds: [whole, checkpoint], share: 3 },
    fields: [{ at: 0, type: "int64" }],
    readers: [(path) => readSafetensors(path)],
  },
  {
    name: "safetensors-header",
    ...{ kind: "json", file: "weights.safetensors", seeds: [header], share: 2 },
    dress(spoilt) {
      const length = new Uint8Array(8);
      new DataView(length.buffer).setBigUint64(0, BigInt(spoilt.length), true);
      return joinBytes(length, spoilt, body);
    },
    readers: [(path) => readSafetensors(path)],
  },
  {
    name: "checkpoint",
    ...{
      kind: "json",
      file: "last.safetensors",
      seeds: [textBytes({ ...state, best: null }), textBytes(state)],
    },
    share: 2,
    dress: (spoilt) => encodeSafetensors(floats, { tandem: new TextDecoder().decode(spoilt) }),
    readers: [(path) => loadCheckpoint(path, model)],
  },
];
