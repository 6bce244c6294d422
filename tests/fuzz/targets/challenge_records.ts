/** ONNX models, what a person writes of them, and the record of a challenge. */
import { encodeOnnx } from "../../../lib/formats/onnx/encode_onnx.ts";
import { readOnnx } from "../../../lib/formats/onnx/read_onnx.ts";
import { readConfigFile } from "../../../lib/formats/files/read_config_file.ts";
import { readJson } from "../../../lib/formats/files/read_json.ts";
import { ChallengeError } from "../../../lib/workflows/challenge/challenge_error.ts";
import { challengeSchema } from "../../../lib/workflows/challenge/challenge_folder.ts";
import { settleModelConfig } from "../../../lib/workflows/challenge/models/model_config.ts";
import { type FuzzTarget, textBytes } from "../target.ts";

const model = await encodeOnnx({
  nodes: [{ operator: "Relu", inputs: ["x"], output: "y", attributes: { axis: 1 } }],
  constants: new Map([["w", { data: Float32Array.of(1, 2), shape: [2] }]]),
  input: { name: "x", shape: ["batch", 1, 16, 16], doc: "image" },
  output: { name: "y", shape: ["batch", 2, 16, 16] },
  producer: { name: "fuzz", version: "1" },
  metadata: { tandem: "{}" },
});
const described = await readOnnx(model, "model.onnx");

const config = {
  ...{ dims: 2, input: "x", output: "y", layout: "NCHW", spacing: [1, 1.5] },
  ...{ size: { height: 16, width: 16 }, intensity: { kind: "zscore", nonzero: true } },
  ...{ sliceAxis: 2, orientation: "RAS", channels: [0], codes: [0, "LV"], activation: "logits" },
};
const asked = {
  ...{ suite: "rood-mri", severity: 2, repeats: null, seed: 0 },
  origin: { kind: "dataset", path: "/data", layout: "folder" },
};
const challenge = {
  ...{ format: "tandem-challenge/1", asked, scoring: "{}" },
  models: [{ name: "ours", source: "runs/ours", identity: "run 0" }],
};

/** See `targets.ts`. */
export const TARGETS: readonly FuzzTarget[] = [
  {
    name: "onnx",
    ...{ kind: "bytes", file: "model.onnx", seeds: [model] },
    readers: [(path, bytes) => readOnnx(bytes, path)],
  },
  {
    name: "model-config",
    ...{ kind: "json", file: "model.json", seeds: [textBytes(config)] },
    readers: [async (path) => settleModelConfig(await readConfigFile(path), described, path)],
  },
  {
    name: "challenge",
    ...{ kind: "json", file: "challenge.json", seeds: [textBytes(challenge)] },
    readers: [(path) => readJson(path, challengeSchema, ChallengeError)],
  },
];
