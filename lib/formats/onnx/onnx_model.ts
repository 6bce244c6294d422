import type { TensorRecord } from "../safetensors/tensor_record.ts";

/** A fraction, a whole number, a text, or whole numbers. */
export type OnnxAttribute = { readonly float: number } | number | string | readonly number[];

/** An operator of a graph: values go in by name, one comes out. */
export interface OnnxNode {
  /** The operator, as `Conv`. */
  readonly operator: string;
  /** Names of values or constants; empty for an optional one that is left out. */
  readonly inputs: readonly string[];
  /** Also the node's own name. */
  readonly output: string;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** What goes into a graph, or comes out: float32. */
export interface OnnxValue {
  readonly name: string;
  /** A number where a side is fixed, or the name of one that is not. */
  readonly shape: readonly (number | string)[];
  readonly doc?: string;
}

/** A model, before it is bytes. */
export interface OnnxModel {
  /** Each node behind those whose outputs it reads. */
  readonly nodes: readonly OnnxNode[];
  /** By name. */
  readonly constants: ReadonlyMap<string, TensorRecord<Float32Array | BigInt64Array>>;
  readonly input: OnnxValue;
  readonly output: OnnxValue;
  /** What a person should know of it. */
  readonly doc?: string;
  readonly producer: { readonly name: string; readonly version: string };
  /** Text by name, for whoever uses the model. */
  readonly metadata: Readonly<Record<string, string>>;
}
