import { assertEquals, assertRejects } from "../../deps.ts";
import { fromBinary } from "../../../lib/base/deps/protobuf.ts";
import { encodeOnnx } from "../../../lib/formats/onnx/encode_onnx.ts";
import { ModelProtoSchema } from "../../../lib/formats/onnx/messages/onnx_pb.ts";
import type { OnnxModel } from "../../../lib/formats/onnx/onnx_model.ts";

const MODEL: OnnxModel = {
  nodes: [
    {
      operator: "Conv",
      inputs: ["image", "weight", ""],
      output: "map",
      attributes: { pads: [0, 1, 0, 1], group: 1, mode: "text", alpha: { float: 0.5 }, axis: 0 },
    },
  ],
  constants: new Map([
    ["weight", { shape: [2, 1], data: Float32Array.of(1.5, -2) }],
    ["count", { shape: [], data: BigInt64Array.of(3n) }],
  ]),
  input: { name: "image", shape: ["batch", 4], doc: "what goes in" },
  output: { name: "map", shape: [1] },
  doc: "all of it",
  producer: { name: "maker", version: "7" },
  metadata: { first: "1", second: "é" },
};

Deno.test("encodeOnnx() writes what ONNX's messages hold", async () => {
  const model = fromBinary(ModelProtoSchema, await encodeOnnx(MODEL));
  assertEquals([model.irVersion, model.opsetImport[0]!.version], [8n, 17n]);
  assertEquals([model.producerName, model.producerVersion, model.docString], [
    ...["maker", "7", "all of it"],
  ]);
  assertEquals(model.metadataProps.map(({ key, value }) => [key, value]), [
    ...[["first", "1"], ["second", "é"]],
  ]);
  const { node: [node], initializer: [weight, count], input: [input] } = model.graph!;
  assertEquals([node!.opType, node!.input, node!.output], [
    ...["Conv", ["image", "weight", ""], ["map"]],
  ]);
  assertEquals(node!.attribute.map(({ name, type, ints, i, f }) => [name, type, ints, i, f]), [
    ["pads", 7, [0n, 1n, 0n, 1n], 0n, 0],
    ["group", 2, [], 1n, 0],
    ["mode", 3, [], 0n, 0],
    ["alpha", 1, [], 0n, 0.5],
    ["axis", 2, [], 0n, 0],
  ]);
  assertEquals(new TextDecoder().decode(node!.attribute[2]!.s), "text");
  assertEquals(Object.hasOwn(node!.attribute[4]!, "i"), true, "0 has to be written, too");
  assertEquals([weight!.dims, weight!.dataType], [[2n, 1n], 1]);
  assertEquals(new Float32Array(weight!.rawData.slice().buffer), Float32Array.of(1.5, -2));
  assertEquals([count!.dims, count!.dataType, count!.rawData.length], [[], 7, 8]);
  const { value } = input!.type!.value;
  assertEquals([value?.elemType, value?.shape?.dim.map((dim) => dim.value.value)], [
    ...[1, ["batch", 4n]],
  ]);
});

Deno.test("encodeOnnx() gives the same bytes for the same model", async () => {
  assertEquals(await encodeOnnx(MODEL), await encodeOnnx(MODEL));
});

Deno.test("encodeOnnx() refuses what no file of this format can hold", async () => {
  // No memory is taken: only the number of bytes is looked at.
  const data = Object.create(Float32Array.prototype, { byteLength: { value: 2 ** 31 } });
  const constants = new Map([["weight", { shape: [2 ** 29], data }]]);
  await assertRejects(() => encodeOnnx({ ...MODEL, constants }), RangeError, "2147483648 bytes");
});
