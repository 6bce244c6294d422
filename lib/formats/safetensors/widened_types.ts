/** Element types that other programs write and Tandem never does: read as float32. */

/** How an element is read. */
interface WidenedType {
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number;
}

const word = new DataView(new ArrayBuffer(4));

/** By the name that safetensors has for them. */
export const WIDENED_TYPES: Readonly<Record<string, WidenedType>> = {
  F16: { bytes: 2, read: (view, at) => view.getFloat16(at, true) },
  // the upper half of a float32
  BF16: {
    bytes: 2,
    read(view, at) {
      word.setUint16(0, view.getUint16(at, true));
      return word.getFloat32(0);
    },
  },
  U32: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  I16: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  U16: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  I8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  BOOL: { bytes: 1, read: (view, at) => view.getUint8(at) },
};

/** The numbers of such a type. */
export function widened({ bytes, read }: WidenedType, data: Uint8Array): Float32Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Float32Array.from({ length: data.length / bytes }, (_, n) => read(view, n * bytes));
}
