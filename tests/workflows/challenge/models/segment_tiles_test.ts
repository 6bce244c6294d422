import { assertAlmostEquals, assertEquals, assertRejects } from "../../../deps.ts";
import { OnnxError } from "../../../../lib/formats/onnx/onnx_error.ts";
import type { ModelConfig } from "../../../../lib/workflows/challenge/models/model_config.ts";
import type { Sheet } from "../../../../lib/workflows/challenge/models/onnx_session.ts";
import { segmentInTiles } from "../../../../lib/workflows/challenge/models/segment_tiles.ts";

const CONFIG: ModelConfig = {
  ...{ dims: 2, input: "x", output: "y", layout: "NCHW", spacing: null },
  ...{ size: { multipleOf: 4 }, intensity: { kind: "none" }, sliceAxis: "auto" },
  ...{ orientation: "file", codes: [0, 1], activation: "probabilities" },
};

const shape = [7, 10, 3] as const;
const channels = [Float32Array.from({ length: 210 }, (_, n) => (n * 37 % 101) / 101)];

/** A model that gives each voxel's own value as the probability of class 1. */
function copying(seen: string[], layout: string) {
  return ({ data, shape }: Sheet): Promise<Sheet> => {
    seen.push(shape.join(","));
    const last = !layout.startsWith("NC");
    const size = shape.slice(1).reduce((a, b) => a * b) / 1;
    const result = new Float32Array(2 * data.length);
    data.forEach((value, n) => {
      const image = Math.floor(n / size), o = n % size;
      const at = (c: number) => last ? 2 * n + c : (2 * image + c) * size + o;
      result[at(0)] = 1 - value;
      result[at(1)] = value;
    });
    const sides = last ? [...shape.slice(0, -1), 2] : [shape[0]!, 2, ...shape.slice(2)];
    return Promise.resolve({ data: result, shape: sides });
  };
}

const kinds: readonly [string, Partial<ModelConfig>, string][] = [
  ["whole slices", {}, "3,1,12,8"],
  ["tiles of slices", { size: { height: 4, width: 4 } }, "8,1,4,4"],
  ["larger slices", { size: { height: 16, width: 8 } }, "3,1,16,8"],
  ["a fixed batch", { batch: 2 }, "2,1,12,8"],
  ["channels last", { layout: "NHWC" }, "3,12,8,1"],
  ["whole volumes", { dims: 3, layout: "NCDHW" }, "1,1,4,12,8"],
  ["blocks", { dims: 3, layout: "NDHWC", size: { depth: 2, height: 6, width: 4 } }, "1,2,6,4,1"],
];

for (const [name, given, first] of kinds) {
  Deno.test(`segmentInTiles() puts ${name} back where they were`, async () => {
    const seen: string[] = [], config = { ...CONFIG, ...given };
    const run = copying(seen, config.layout);
    const [background, one] = await segmentInTiles({ channels, shape }, config, 2, run);
    assertEquals(seen[0], first);
    channels[0]!.forEach((value, n) => {
      assertAlmostEquals(one![n]!, value, 1e-5);
      assertAlmostEquals(background![n]!, 1 - value, 1e-5);
    });
  });
}

Deno.test("segmentInTiles() knows logits, and one channel as class 1", async () => {
  const single = ({ data, shape }: Sheet) => Promise.resolve({ data, shape });
  const config: ModelConfig = { ...CONFIG, activation: "logits" };
  const [, one] = await segmentInTiles({ channels, shape }, config, 2, single);
  assertAlmostEquals(one![5]!, 1 / (1 + Math.exp(-channels[0]![5]!)), 1e-6);
  const both = await segmentInTiles({ channels, shape }, config, 2, copying([], "NCHW"));
  const [a, b] = [1 - channels[0]![5]!, channels[0]![5]!];
  assertAlmostEquals(both[1]![5]!, Math.exp(b) / (Math.exp(a) + Math.exp(b)), 1e-6);
});

Deno.test("segmentInTiles() refuses an output of other sides", async () => {
  const wrong = ({ shape }: Sheet) =>
    Promise.resolve({ data: new Float32Array(6), shape: [shape[0]!, 3, 1, 2] });
  await assertRejects(
    () => segmentInTiles({ channels, shape }, CONFIG, 2, wrong),
    OnnxError,
    "its output is [3,3,1,2], wanted [3,2,12,8] for 2 codes (NCHW)",
  );
});

Deno.test("segmentInTiles() refuses what is no number, and does not take it for background", async () => {
  const broken = async (sheet: Sheet) => {
    const made = await copying([], "NCHW")(sheet);
    made.data[3] = NaN;
    return made;
  };
  await assertRejects(
    () => segmentInTiles({ channels, shape }, CONFIG, 2, broken),
    OnnxError,
    "values are no numbers (NaN)",
  );
});
