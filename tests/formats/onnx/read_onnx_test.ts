import { assertEquals, assertRejects } from "../../deps.ts";
import { encodeOnnx } from "../../../lib/formats/onnx/encode_onnx.ts";
import { OnnxError } from "../../../lib/formats/onnx/onnx_error.ts";
import { thresholdModel, withExternalData } from "../../workflows/challenge/threshold_model.ts";
import { readOnnx } from "../../../lib/formats/onnx/read_onnx.ts";

Deno.test("readOnnx() tells inputs, outputs and metadata of a model", async () => {
  const bytes = await encodeOnnx({
    nodes: [{ operator: "Add", inputs: ["x", "one"], output: "y", attributes: {} }],
    constants: new Map([["one", { data: Float32Array.of(1), shape: [1] }]]),
    input: { name: "x", shape: ["batch", 3, 8] },
    output: { name: "y", shape: ["batch", 3, 8] },
    producer: { name: "test", version: "1" },
    metadata: { author: "nobody" },
  });
  assertEquals(await readOnnx(bytes, "m.onnx"), {
    inputs: [{ name: "x", type: 1, shape: ["batch", 3, 8] }],
    outputs: [{ name: "y", type: 1, shape: ["batch", 3, 8] }],
    metadata: { author: "nobody" },
    externalFiles: [],
  });
});

Deno.test("readOnnx() names files of weights beside the model, and no others", async () => {
  const bytes = await thresholdModel(1, [1, 1, 8, 8]);
  const beside = async (location: string) => (await withExternalData(bytes, location)).model;
  assertEquals((await readOnnx(await beside("m.onnx.data"), "m")).externalFiles, ["m.onnx.data"]);
  for (const location of ["../m.data", "/etc/passwd", "a\\b", "C:m", "..", ""]) {
    const model = await beside(location);
    await assertRejects(() => readOnnx(model, "m"), OnnxError, "a file in its own folder");
  }
});

Deno.test("readOnnx() refuses what is no model, and names it", async () => {
  for (
    const bytes of [new Uint8Array(0), Uint8Array.of(255, 255, 255), new Uint8Array(50).fill(7)]
  ) {
    await assertRejects(() => readOnnx(bytes, "m.onnx"), OnnxError, "Cannot open m.onnx");
  }
});
