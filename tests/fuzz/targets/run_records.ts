/** What a run's folder holds besides settings and weights. */
import { dirname } from "../../../lib/base/deps/std.ts";
import { layerSettings } from "../../../lib/base/config/layer_settings.ts";
import { readContents } from "../../../lib/formats/run_folder/contents.ts";
import { readDivision } from "../../../lib/formats/run_folder/division.ts";
import { readEvaluation } from "../../../lib/formats/run_folder/evaluation.ts";
import { readHardExamples } from "../../../lib/formats/run_folder/hard_example.ts";
import { MetricsTable } from "../../../lib/formats/run_folder/metrics_table.ts";
import { runFolder } from "../../../lib/formats/run_folder/run_folder.ts";
import { readVersions } from "../../../lib/formats/run_folder/versions.ts";
import { readStepLog } from "../../../lib/formats/run_folder/step_log.ts";
import { ACDC_TASK } from "../../../lib/imaging/data/layouts/cardiac.ts";
import { readData } from "../../../lib/workflows/runs/settle_data.ts";
import { madeResult } from "../../workflows/study/made_results.ts";
import { type FuzzTarget, textBytes } from "../target.ts";

const { evaluation: made } = madeResult(
  { method: "full" },
  { "Site A": "intra", "Site B": "cross" },
  [
    {
      set: "Site A",
      subject: "A1",
      ftn: 0.8,
      stn: 0.9,
      passes: [0.8, 0.9],
      flags: { disagreement: 0.1, entropy: 0.2 },
    },
    { set: "Site B", subject: "B1", ftn: 0.7, stn: 0.6 },
  ],
  { cases: ["A1_ED"], dice: { "physical/noise": { ftn: [0.9, 0.8, 0.7, 0.6, 0.5, 0.4] } } },
);
/** An evaluation of two volumes. */
export const EVALUATION = {
  ...{ format: 2, ...made },
  seen: [{ set: "Site A", subject: "A1", part: "train", by: "voxels", as: "A1" }],
};
const older = {
  ...made,
  format: 1,
  sets: { A: { kind: "intra", cases: 1, ftn: { LV: 0.5, mean: 0.5 }, errors: { ftn: {} } } },
};
const config = layerSettings({ preset: "quick" });
const data = {
  ...{ version: 1, layout: "acdc", task: ACDC_TASK, geometry: "pixdim" },
  turn: { transpose: true, flipI: true, flipJ: false },
  preparation: {
    ...{ size: config.data.size, spacing: config.data.spacing, sliceAxis: "auto" },
    ...{ intensity: { kind: "slice" }, larger: "crop" },
  },
  fingerprint: null,
};
const contents = { format: 1, cases: [{ id: "A1_ED", subject: "A1", part: "train", image: "ab" }] };
const division = {
  source: "phantom",
  train: ["A1"],
  validation: ["A2"],
  test: ["A3"],
  others: { B: ["B1"] },
};
const versions = {
  ...{ tandem: "0.1.0", commit: "a".repeat(40), sources: "b".repeat(64), origin: null },
  ...{ deno: "2.9.6", firstStep: 0 },
};
const log = [1, 2, 3].map((step) =>
  JSON.stringify({ step, epoch: 1, total: 0.5, learningRate: 1e-4, seconds: 0.1 })
);
const pixels = new Uint8Array(16).toBase64();

/** Hard examples of one moment. */
export const HARD_EXAMPLE = {
  ...{
    format: 2,
    step: 10,
    height: 4,
    width: 4,
    images: pixels,
    labels: pixels,
    corrupted: pixels,
  },
  masks: { image: { scheme: "channel", shape: [1, 1, 1, 4], values: [0, 1, 1, 0] } },
};

/** See `targets.ts`. */
export const TARGETS: readonly FuzzTarget[] = [
  {
    name: "evaluation",
    ...{
      kind: "json",
      file: "evaluation.json",
      seeds: [EVALUATION, older].map(textBytes),
      share: 2,
    },
    readers: [(path) => readEvaluation(path)],
  },
  {
    name: "run-data",
    ...{ kind: "json", file: "data.json", seeds: [textBytes(data)] },
    readers: [(path) => readData(runFolder(dirname(path)), config)],
  },
  {
    name: "contents",
    ...{ kind: "json", file: "contents.json", seeds: [textBytes(contents)] },
    readers: [(path) => readContents(path)],
  },
  {
    name: "versions",
    ...{
      kind: "json",
      file: "versions.json",
      seeds: [textBytes({ format: 1, sittings: [versions] })],
    },
    readers: [(path) => readVersions(path)],
  },
  {
    name: "division",
    ...{ kind: "json", file: "division.json", seeds: [textBytes(division)] },
    readers: [(path) => readDivision(path)],
  },
  {
    name: "log",
    ...{ kind: "text", file: "log.jsonl", seeds: [textBytes(log.join("\n") + "\n")], share: 2 },
    readers: [(path) => readStepLog(path)],
  },
  {
    name: "metrics",
    ...{ kind: "table", file: "metrics.csv", share: 2 },
    seeds: ["epoch,step,learningRate,mean\n1,10,0.1,0.5\n2,20,0.1,\n", "epoch,step\n1,2\n"].map(
      textBytes,
    ),
    readers: [(path) => MetricsTable.open(path, 3)],
  },
  {
    name: "hard-example",
    ...{ kind: "json", file: "hard_examples/step_000010.json", share: 2 },
    seeds: [HARD_EXAMPLE, { step: 3, size: 4, images: pixels, labels: pixels }].map(textBytes),
    readers: [(path) => readHardExamples(dirname(path))],
  },
];
