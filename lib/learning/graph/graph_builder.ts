/** A graph in the making: what a pass is for tensors, this is for the names of values. */
import type { OnnxAttribute, OnnxModel, OnnxNode } from "../../formats/onnx/onnx_model.ts";
import type { TensorRecord } from "../../formats/safetensors/tensor_record.ts";
import type { ParameterValues } from "../nn/parameters.ts";
import { EPSILON } from "../../../wasm/mod.ts";

/** Values by name go in, one comes out; constants are the network's parameters, as they are called. */
export class GraphBuilder {
  readonly #parameters: ParameterValues;
  readonly #nodes: OnnxNode[] = [];
  readonly #constants = new Map<string, TensorRecord<Float32Array | BigInt64Array>>();

  /** @param parameters In the reference's layout, which is ONNX's, too. */
  constructor(parameters: ParameterValues) {
    this.#parameters = parameters;
  }

  /** What was built so far. */
  get parts(): Pick<OnnxModel, "nodes" | "constants"> {
    return { nodes: this.#nodes, constants: this.#constants };
  }

  /** Whether the network has such a parameter. */
  has(name: string): boolean {
    return this.#parameters.has(name);
  }

  /** Adds an operator whose output has this name, and gives that name back. */
  add(
    operator: string,
    output: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    this.#nodes.push({ operator, inputs, output, attributes });
    return output;
  }

  /** Adds a tensor of numbers that are no parameter. */
  constant(name: string, tensor: TensorRecord<Float32Array | BigInt64Array>): string {
    this.#constants.set(name, tensor);
    return name;
  }

  /** The convolution `name` of x, padded so that stride 1 leaves its size. */
  convolve(name: string, x: string, stride: 1 | 2 = 1): string {
    const filter = this.#parameter(`${name}.weight`);
    const side = filter.shape[2]!;
    return this.add("Conv", name, [x, `${name}.weight`, this.#bias(name)], {
      kernel_shape: [side, side],
      pads: Array(4).fill((side - 1) / 2),
      strides: [stride, stride],
    });
  }

  /** The batch normalisation `name` of x, by its running statistics. */
  normalise(name: string, x: string): string {
    const parts = ["weight", "bias", "running_mean", "running_var"];
    for (const part of parts) this.#parameter(`${name}.${part}`);
    const inputs = [x, ...parts.map((part) => `${name}.${part}`)];
    return this.add("BatchNormalization", name, inputs, { epsilon: { float: EPSILON } });
  }

  #bias(name: string): string {
    this.#parameter(`${name}.bias`);
    return `${name}.bias`;
  }

  #parameter(name: string): TensorRecord {
    const value = this.#parameters.get(name);
    if (!(value?.data instanceof Float32Array)) {
      throw new RangeError(`Cannot build the network's graph: ${name} is missing`);
    }
    this.#constants.set(name, { shape: value.shape, data: value.data });
    return value;
  }
}
