/** The element types that Tandem reads and writes, with their typed arrays. */
export const DTYPES = {
  F64: Float64Array,
  I64: BigInt64Array,
  F32: Float32Array,
  I32: Int32Array,
  U8: Uint8Array,
} as const;

/** A safetensors element type. */
export type Dtype = keyof typeof DTYPES;

/** A typed array of one of the element types. */
export type TensorData = Float64Array | BigInt64Array | Float32Array | Int32Array | Uint8Array;

/** A tensor outside any backend: its shape and its elements, the last axis running fastest. */
export interface TensorRecord<T extends TensorData = TensorData> {
  /** Whole numbers of at least 0; empty for a scalar. */
  readonly shape: readonly number[];
  /** As many elements as the product of the shape. */
  readonly data: T;
}

/** Tensors by name, all of them float32, as the state of a network and its optimiser is. */
export type NamedTensors = Map<string, TensorRecord<Float32Array>>;

/** Named tensors with the file's free text metadata. */
export interface SafetensorsContent {
  /** By name, in the file's order. */
  readonly tensors: Map<string, TensorRecord>;
  /** Text by name; empty where the file has none. */
  readonly metadata: Record<string, string>;
}

/** The element type of a typed array. */
export function dtypeOf(data: TensorData): Dtype {
  const entry = Object.entries(DTYPES).find(([, array]) => data instanceof array);
  if (entry === undefined) {
    throw new TypeError(
      `Cannot store ${(data as object)?.constructor?.name}: wanted one of ${
        Object.values(DTYPES).map((array) => array.name).join(", ")
      }`,
    );
  }
  return entry[0] as Dtype;
}
