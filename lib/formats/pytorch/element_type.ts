/** The element types of PyTorch's storages, and how their bytes, the least first, are numbers. */

/** An element type. */
export interface ElementType {
  /** As PyTorch calls it. */
  readonly name: string;
  /** Bytes of one element. */
  readonly bytes: number;
  /** The number at a byte. */
  readonly read: (view: DataView, at: number) => number;
}

/** By the class of the storage, as `FloatStorage`; complex and quantised ones are none of them. */
export const ELEMENT_TYPES: Readonly<Record<string, ElementType>> = {
  DoubleStorage: { name: "float64", bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  FloatStorage: { name: "float32", bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  HalfStorage: { name: "float16", bytes: 2, read: (view, at) => view.getFloat16(at, true) },
  BFloat16Storage: { name: "bfloat16", bytes: 2, read: bfloat16 },
  LongStorage: {
    name: "int64",
    bytes: 8,
    read: (view, at) => Number(view.getBigInt64(at, true)),
  },
  IntStorage: { name: "int32", bytes: 4, read: (view, at) => view.getInt32(at, true) },
  ShortStorage: { name: "int16", bytes: 2, read: (view, at) => view.getInt16(at, true) },
  CharStorage: { name: "int8", bytes: 1, read: (view, at) => view.getInt8(at) },
  ByteStorage: { name: "uint8", bytes: 1, read: (view, at) => view.getUint8(at) },
  BoolStorage: { name: "bool", bytes: 1, read: (view, at) => view.getUint8(at) },
};

const word = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
function bfloat16(view: DataView, at: number): number {
  word.setUint16(0, view.getUint16(at, true));
  return word.getFloat32(0);
}
