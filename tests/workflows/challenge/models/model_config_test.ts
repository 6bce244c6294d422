import { assertEquals, assertThrows } from "../../../deps.ts";
import { ConfigError } from "../../../../lib/base/config/config_error.ts";
import type { OnnxDescription } from "../../../../lib/formats/onnx/read_onnx.ts";
import { settleModelConfig } from "../../../../lib/workflows/challenge/models/model_config.ts";

const model = (
  input: readonly (number | string | null)[],
  {
    type = 1,
    outputs = ["y"],
    outputType = 1,
    output = [] as readonly (number | string | null)[],
  } = {},
): OnnxDescription => ({
  inputs: [{ name: "x", type, shape: input }],
  outputs: outputs.map((name) => ({ name, type: outputType, shape: output })),
  metadata: {},
  externalFiles: [],
});

const GIVEN = {
  ...{ layout: "NCHW", spacing: 1.5, intensity: { kind: "zscore" }, codes: [0, 1] },
  activation: "logits",
};

Deno.test("settleModelConfig() takes dims, names and fixed sizes from the model", () => {
  const flat = settleModelConfig(GIVEN, model([2, 1, 64, 48]), "m");
  assertEquals(
    [flat.dims, flat.input, flat.output, flat.size, flat.batch],
    [2, "x", "y", { height: 64, width: 48 }, 2],
  );
  const deep = settleModelConfig(
    { ...GIVEN, layout: "NDHWC" },
    model([null, 16, 32, 24, 1]),
    "m",
  );
  assertEquals([deep.dims, deep.size], [3, { depth: 16, height: 32, width: 24 }]);
});

Deno.test("settleModelConfig() asks by name for all that is missing", () => {
  const free = model(["batch", 1, "h", "w"]);
  assertThrows(
    () => settleModelConfig({ layout: "NCHW", codes: [0, 1] }, free, "m.json"),
    ConfigError,
    "Cannot use m.json: it does not say spacing, intensity, activation, size",
  );
  assertThrows(
    () => settleModelConfig(undefined, free, "m.onnx without a --model-config"),
    ConfigError,
    "it does not say layout, spacing, intensity, codes, activation",
  );
  assertThrows(
    () => settleModelConfig(GIVEN, model([1, 1, 8, 8], { outputs: ["a", "b"] }), "m"),
    ConfigError,
    'it does not say output (--model-config FILE.json: { "output": … }); the model has the inputs x ' +
      "and the outputs a, b",
  );
});

Deno.test("settleModelConfig() tells what does not fit together", () => {
  const refused = (given: object, text: string, of = model([1, 1, 64, 64])) =>
    assertThrows(() => settleModelConfig({ ...GIVEN, ...given }, of, "m"), ConfigError, text);
  refused({ layout: "NCDHW" }, "layout is NCDHW, wanted NCHW or NHWC");
  refused({ size: { height: 32, width: 64 } }, 'the model\'s input {"height":64,"width":64}');
  refused({ spacing: [1, 1, 1] }, "spacing has 3 numbers, wanted 2, or one");
  refused({ spacing: 0 }, "spacing is 0, wanted more than 0");
  refused({ codes: [0] }, "codes is");
  refused({ wrong: 1 }, "unknown key wrong");
  refused({ input: "z" }, 'input is "z", wanted one of x');
  refused({ orientation: "RRS" }, 'orientation is "RRS", wanted "file", or three letters');
  refused({}, "of ONNX's type 10, wanted 1 (float32)", model([1, 1, 64, 64], { type: 10 }));
  for (
    const [kind, low, high] of [["percentiles", 98, 2], ["window", 240, -160], ["window", 5, 5]]
  ) {
    refused({ intensity: { kind, low, high } }, `intensity.low is ${low}`);
  }
  const ct = { kind: "ct", low: 300, high: -100, mean: 0, deviation: 1 };
  refused({ intensity: ct }, "wanted low to be less than high");
});

Deno.test("settleModelConfig() holds channels and codes to what the model declares", () => {
  const refused = (given: object, text: string, of: ReturnType<typeof model>) =>
    assertThrows(() => settleModelConfig({ ...GIVEN, ...given }, of, "m"), ConfigError, text);
  const gives = (channels: number) => model([1, 1, 64, 64], { output: [1, channels, 64, 64] });
  refused({}, "there are 2 codes, and its output has 3 channels", gives(3));
  refused({ channels: [0, 1] }, "there are 2 channels, and its input takes 1", gives(2));
  refused({}, "its output y is of ONNX's type 7", model([1, 1, 64, 64], { outputType: 7 }));
  for (const channels of [1, 2]) settleModelConfig(GIVEN, gives(channels), "m");
});
