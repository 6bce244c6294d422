import { SafetensorsError } from "./safetensors_error.ts";
import { dtypeOf, DTYPES, type TensorRecord } from "./tensor_record.ts";

/**
 * Packs named tensors into the bytes of a safetensors file.
 *
 * Tensors are laid out by falling element size, then by name, and the header is padded to 8 bytes,
 * so that every tensor is aligned and the same tensors always give the same bytes.
 *
 * @param tensors Tensors by name; `__metadata__` is no name.
 * @param metadata Text by name.
 * @throws {SafetensorsError} If a shape does not fit its elements, or a name is reserved.
 * @throws {TypeError} If an element type is none of F64, I64, F32, I32, U8.
 *
 * @example
 * ```ts
 * import { encodeSafetensors } from "./encode.ts";
 * import { decodeSafetensors } from "./decode.ts";
 *
 * const bytes = encodeSafetensors(
 *   new Map([["bias", { shape: [2], data: new Float32Array([1, 2]) }]]),
 *   { made: "by hand" },
 * );
 * const { tensors, metadata } = decodeSafetensors(bytes);
 * if (tensors.get("bias")?.data[1] !== 2 || metadata.made !== "by hand") throw new Error();
 * ```
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, TensorRecord>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const order = Object.keys(DTYPES);
  const entries = [...tensors].map(([name, tensor]) => {
    check(name, tensor);
    return { name, tensor, dtype: dtypeOf(tensor.data) };
  }).sort((a, b) => order.indexOf(a.dtype) - order.indexOf(b.dtype) || (a.name < b.name ? -1 : 1));

  const header: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) header.push(["__metadata__", metadata]);
  let end = 0;
  for (const { name, tensor, dtype } of entries) {
    const start = end;
    end += tensor.data.byteLength;
    header.push([name, { dtype, shape: tensor.shape, data_offsets: [start, end] }]);
  }
  const headerBytes = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerLength = Math.ceil(headerBytes.length / 8) * 8;

  const bytes = new Uint8Array(8 + headerLength + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, 8, 8 + headerLength);
  bytes.set(headerBytes, 8);
  let offset = 8 + headerLength;
  for (const { tensor: { data } } of entries) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

function check(name: string, { shape, data }: TensorRecord): void {
  if (name === "__metadata__") {
    throw new SafetensorsError(`Cannot store a tensor named ${name}: the name is reserved`);
  }
  const count = shape.reduce((product, side) => product * side, 1);
  if (count !== data.length) {
    throw new SafetensorsError(
      `Cannot store tensor ${name}: shape [${shape}] wants ${count} elements, got ${data.length}`,
    );
  }
}
