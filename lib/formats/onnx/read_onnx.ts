import { shortJson } from "../../base/text/short_json.ts";
import { OnnxError } from "./onnx_error.ts";

/** What goes into a model, or comes out. */
export interface OnnxTensor {
  readonly name: string;
  /** The number that ONNX has for its type: 1 is float32, 10 float16. */
  readonly type: number;
  /** A number where a side is fixed, the name of one that is not, or null where neither is told. */
  readonly shape: readonly (number | string | null)[];
}

/** What a model tells of itself. */
export interface OnnxDescription {
  /** Without constants. */
  readonly inputs: readonly OnnxTensor[];
  readonly outputs: readonly OnnxTensor[];
  /** Text by name. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Names of files in the model's own folder that hold weights. */
  readonly externalFiles: readonly string[];
}

/** ONNX's number for weights in a file beside the model. */
const EXTERNAL = 1;

/** Not written out in `import()`, or Deno would fetch Protobuf-ES before anything runs. */
const MESSAGES = "./messages/onnx_pb.ts", PROTOBUF = "../../base/deps/protobuf.ts";

/**
 * Reads what an ONNX model tells of itself: its inputs, outputs and metadata.
 *
 * @param name What errors call it.
 * @throws {OnnxError} If it is none, or names a file outside its own folder for its weights.
 */
export async function readOnnx(bytes: Uint8Array, name: string): Promise<OnnxDescription> {
  const { ModelProtoSchema } = await import(MESSAGES) as typeof import("./messages/onnx_pb.ts");
  const { fromBinary } = await import(PROTOBUF) as typeof import("../../base/deps/protobuf.ts");
  let model: import("./messages/onnx_pb.ts").ModelProto;
  try {
    model = fromBinary(ModelProtoSchema, bytes);
  } catch {
    // Protobuf-ES complains of its own offsets.
    throw new OnnxError(`Cannot open ${name}: it is no ONNX model, or one that was cut or damaged`);
  }
  const { graph, metadataProps } = model;
  if (graph === undefined || graph.output.length === 0) {
    throw new OnnxError(
      `Cannot open ${name}: it is no ONNX model (it has no graph with an output)`,
    );
  }
  const constants = new Set(graph.initializer.map((constant) => constant.name));
  return {
    inputs: graph.input.filter((value) => !constants.has(value.name)).map(tensorOf),
    outputs: graph.output.map(tensorOf),
    metadata: Object.fromEntries(metadataProps.map(({ key, value }) => [key, value])),
    externalFiles: externalFilesOf(graph.initializer, name),
  };
}

function tensorOf({ name, type }: import("./messages/onnx_pb.ts").ValueInfoProto): OnnxTensor {
  const tensor = type?.value.case === "tensorType" ? type.value.value : undefined;
  return {
    name,
    type: tensor?.elemType ?? 0,
    shape: (tensor?.shape?.dim ?? []).map(({ value }) =>
      value.case === "dimValue"
        ? value.value > 0n ? Number(value.value) : null
        : value.case === "dimParam" && value.value !== ""
        ? value.value
        : null
    ),
  };
}

/** Where weights lie beside the model: plain names, since a model from elsewhere reads no other file. */
function externalFilesOf(
  tensors: readonly import("./messages/onnx_pb.ts").TensorProto[],
  name: string,
): string[] {
  const files = new Set<string>();
  for (const { externalData, dataLocation } of tensors) {
    if (dataLocation !== EXTERNAL) continue;
    const location = externalData.find(({ key }) => key === "location")?.value ?? "";
    if (location === "" || /[\\/:]/.test(location) || /^\.+$/.test(location)) {
      throw new OnnxError(
        `Cannot open ${name}: it keeps weights in ${
          shortJson(location)
        }, wanted a file in its own folder`,
      );
    }
    files.add(location);
  }
  return [...files];
}
