import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxValue } from "./onnx_model.ts";

/** Version of the operators, and of the file format that came with it. */
const OPERATORS = 17n, FILE_FORMAT = 8n;

/** Not written out in `import()`, or Deno would fetch Protobuf-ES before anything runs. */
const MESSAGES = "./messages/onnx_pb.ts", PROTOBUF = "../../base/deps/protobuf.ts";

/** What a protocol buffer holds at the most, in bytes. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * The bytes of a model in ONNX's format: operators of version 17, file format 8. The same model always
 * gives the same bytes.
 *
 * @throws {RangeError} If its constants are more than 2 GiB, which a file of this format cannot hold.
 *
 * @example
 * ```ts
 * import { encodeOnnx } from "./encode_onnx.ts";
 *
 * const bytes = await encodeOnnx({
 *   nodes: [{ operator: "Relu", inputs: ["x"], output: "y", attributes: {} }],
 *   constants: new Map(),
 *   input: { name: "x", shape: ["batch", 3] },
 *   output: { name: "y", shape: ["batch", 3] },
 *   producer: { name: "example", version: "1" },
 *   metadata: {},
 * });
 * if (bytes.length < 20) throw new Error();
 * ```
 */
export async function encodeOnnx(model: OnnxModel): Promise<Uint8Array> {
  const { ModelProtoSchema, TensorProto_DataType: { FLOAT, INT64 } } = await import(
    MESSAGES
  ) as typeof import("./messages/onnx_pb.ts");
  const { create, toBinary } = await import(
    PROTOBUF
  ) as typeof import("../../base/deps/protobuf.ts");
  const constants = [...model.constants];
  const total = constants.reduce((sum, [, { data }]) => sum + data.byteLength, 0);
  if (total > MOST_BYTES) {
    throw new RangeError(
      `Cannot write the model as ONNX: its constants are ${total} bytes, wanted at most ${MOST_BYTES}`,
    );
  }
  const value = ({ name, shape, doc }: OnnxValue) => ({
    name,
    ...doc !== undefined && { docString: doc },
    type: {
      value: {
        case: "tensorType" as const,
        value: { elemType: FLOAT, shape: { dim: shape.map(dimension) } },
      },
    },
  });
  const message = create(ModelProtoSchema, {
    irVersion: FILE_FORMAT,
    producerName: model.producer.name,
    producerVersion: model.producer.version,
    ...model.doc !== undefined && { docString: model.doc },
    opsetImport: [{ domain: "", version: OPERATORS }],
    metadataProps: Object.entries(model.metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: "network",
      node: model.nodes.map(node),
      initializer: constants.map(([name, { shape, data }]) => ({
        name,
        dims: shape.map(BigInt),
        dataType: data instanceof Float32Array ? FLOAT : INT64,
        rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      })),
      input: [value(model.input)],
      output: [value(model.output)],
    },
  });
  return toBinary(ModelProtoSchema, message);
}

function dimension(side: number | string) {
  return {
    value: typeof side === "number"
      ? { case: "dimValue" as const, value: BigInt(side) }
      : { case: "dimParam" as const, value: side },
  };
}

function node({ operator, inputs, output, attributes }: OnnxNode) {
  return {
    name: output,
    opType: operator,
    input: [...inputs],
    output: [output],
    attribute: Object.entries(attributes).map(([name, value]) => ({ name, ...typed(value) })),
  };
}

/** With AttributeProto.AttributeType: FLOAT 1, INT 2, STRING 3, INTS 7. */
function typed(value: OnnxAttribute) {
  if (typeof value === "number") return { type: 2, i: BigInt(value) };
  if (typeof value === "string") return { type: 3, s: new TextEncoder().encode(value) };
  if ("float" in value) return { type: 1, f: value.float };
  return { type: 7, ints: value.map(BigInt) };
}
