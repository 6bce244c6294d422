import type { TensorRecord } from "../../../lib/formats/safetensors/tensor_record.ts";
import { loadProtobuf } from "./packages.ts";

/**
 * The part of ONNX's file format that a network of convolutions needs, with the field numbers of
 * onnx/onnx.proto.
 */
const SCHEMA = `syntax = "proto3";
message AttributeProto {
  string name = 1; float f = 2; int64 i = 3; bytes s = 4; repeated int64 ints = 8; int32 type = 20;
}
message NodeProto {
  repeated string input = 1; repeated string output = 2; string op_type = 4;
  repeated AttributeProto attribute = 5;
}
message TensorProto {
  repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9;
}
message Dimension { int64 dim_value = 1; }
message TensorShapeProto { repeated Dimension dim = 1; }
message TensorTypeProto { int32 elem_type = 1; TensorShapeProto shape = 2; }
message TypeProto { TensorTypeProto tensor_type = 1; }
message ValueInfoProto { string name = 1; TypeProto type = 2; }
message GraphProto {
  repeated NodeProto node = 1; string name = 2; repeated TensorProto initializer = 5;
  repeated ValueInfoProto input = 11; repeated ValueInfoProto output = 12;
}
message OperatorSetIdProto { string domain = 1; int64 version = 2; }
message ModelProto {
  int64 ir_version = 1; string producer_name = 2; GraphProto graph = 7;
  repeated OperatorSetIdProto opset_import = 8;
}`;

/** Version of the operators, and of the file format that came with it. */
const OPERATORS = 13, FILE_FORMAT = 7;
/** TensorProto.FLOAT */
const FLOAT = 1;

/** A fraction, a whole number, a text or whole numbers. */
type Attribute = { readonly float: number } | number | string | readonly number[];

interface Named {
  readonly name: string;
  /** In ONNX's order: [batch, channels, height, width]. */
  readonly shape: readonly number[];
}

/** An ONNX graph under construction. */
export class OnnxGraph {
  readonly #nodes: object[] = [];
  readonly #constants = new Map<string, object>();

  /** Adds a tensor of constants, once, and returns its name. */
  constant(name: string, { data, shape }: TensorRecord<Float32Array>): string {
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#constants.set(name, { dims: shape, dataType: FLOAT, name, rawData });
    return name;
  }

  /**
   * Adds an operator and returns its output's name.
   *
   * @param inputs Names; empty for an optional one that is left out.
   */
  add(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    const output = `${opType}${this.#nodes.length}`;
    const attribute = Object.entries(attributes).map(([name, value]) => {
      // AttributeProto.AttributeType: FLOAT 1, INT 2, STRING 3, INTS 7.
      if (typeof value === "number") return { name, type: 2, i: value };
      if (typeof value === "string") return { name, type: 3, s: new TextEncoder().encode(value) };
      return "float" in value
        ? { name, type: 1, f: value.float }
        : { name, type: 7, ints: [...value] };
    });
    this.#nodes.push({ input: [...inputs], output: [output], opType, attribute });
    return output;
  }

  /** The bytes of a model with one input and one output. */
  async encode(input: Named, output: Named): Promise<Uint8Array> {
    const { parse } = (await loadProtobuf()).default;
    const Model = parse(SCHEMA).root.lookupType("ModelProto");
    const value = ({ name, shape }: Named) => ({
      name,
      type: {
        tensorType: { elemType: FLOAT, shape: { dim: shape.map((dimValue) => ({ dimValue })) } },
      },
    });
    return Model.encode(Model.fromObject({
      irVersion: FILE_FORMAT,
      producerName: "tandem",
      opsetImport: [{ domain: "", version: OPERATORS }],
      graph: {
        name: "network",
        node: this.#nodes,
        initializer: [...this.#constants.values()],
        input: [value(input)],
        output: [value(output)],
      },
    })).finish();
  }
}
