/** Settings: files of them, single ones, and those that a run keeps. */
import { layerSettings } from "../../../lib/base/config/layer_settings.ts";
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { openRunFolder } from "../../../lib/workflows/runs/open_run_folder.ts";
import { dirname } from "../../../lib/base/deps/std.ts";
import { type FuzzTarget, textBytes } from "../target.ts";

const some = {
  data: {
    ...{ dir: "/data", layout: "acdc", size: [96, 96], spacing: 1.4, folds: 5, fold: 1 },
    ...{
      labels: [{ name: "background", codes: [0] }, {
        name: "heart",
        codes: [1, 2],
        colour: "#e69f00",
      }],
    },
    channels: [{ name: "MR" }],
    bids: { image: "T2w", domain: "site", labels: [{ name: "cord", suffix: "seg" }] },
  },
  training: { batchSize: 8, epochs: 3, seed: 4 },
  model: { baseWidth: 8 },
  optimizer: { learningRate: 1e-4 },
};
const { data: { bids: _b, ...data }, ...others } = some;
const yaml = `# a run
data: &data
  dir: /data
  layout: acdc
  labels:
    - {name: background, codes: [0]}
    - name: heart
      codes: &codes [1, 2]
training:
  batchSize: 8
  seed: 0x10
  maxTime: ~
model: {baseWidth: 8}
optimizer:
  learningRate: 1e-4
`;
const anchors = `a: &a [1, 2, 3, 4, 5, 6, 7, 8]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b]
data:
  labels: *c
  size: &s [*c, *c, *c, *c, *c]
  spacing: &self [*self]
`;
const yamlSeeds = [
  yaml,
  anchors,
  "training: !!map {epochs: !!int 3}\n",
  "? a\n: b\n",
  "data: |\n  x\n",
];

const saved = layerSettings({ preset: "quick" });
const settings = [
  ...[
    "training.batchSize=8",
    "data.layout=mnms",
    "data.dir=/data",
    "data.size=[96,96]",
    "model={}",
  ],
  ...["model.baseWidth=8", "optimizer.learningRate=1e-4", 'data.labels=[{"name":"a","codes":[0]}]'],
  ...["training.maxTime=null", "method.masks.image.scheme=dropout", "__proto__.x=1"],
  ...[
    "constructor.prototype.x=1",
    "data.__proto__={}",
    "data.bids.image=T2w",
    "phantom.subjects=3",
  ],
];

/** See `targets.ts`. */
export const TARGETS: readonly FuzzTarget[] = [
  {
    name: "config-json",
    ...{ kind: "json", file: "config.json", share: 2 },
    seeds: [textBytes(some), textBytes({ data, ...others })],
    readers: [(file) => resolveConfig({ file, set: ["training.epochs=2"] })],
    names: ["config.json", "configuration"],
  },
  {
    name: "config-yaml",
    ...{ kind: "text", file: "config.yaml", seeds: yamlSeeds.map(textBytes), share: 3 },
    readers: [(file) => resolveConfig({ file })],
    names: ["config.yaml", "configuration"],
    // what the parser leaves behind for every number of a list
    honest: (bytes) => 512 * bytes.length,
  },
  {
    name: "setting",
    ...{ kind: "text", file: "setting.txt", seeds: settings.map(textBytes), share: 3 },
    readers: [(_, bytes) => layerSettings({ set: [new TextDecoder().decode(bytes)] })],
    names: ["configuration", "Cannot use setting"],
  },
  {
    name: "run-config",
    ...{ kind: "json", file: "config.json", seeds: [textBytes(saved)] },
    readers: [(path) => openRunFolder(dirname(path))],
  },
];
