/** The real datatypes of NIfTI: their codes, sizes, and how to read and write their voxels. */
import type { NiftiDatatype } from "../../names.ts";
import { NiftiError } from "./nifti_error.ts";
import type { Voxels } from "../../base/volume/volume.ts";

interface DatatypeRow {
  readonly code: number;
  readonly bytes: number;
  /** Least and greatest whole number; absent for floating point. */
  readonly range?: readonly [number, number];
  readonly array: new (length: number) => Voxels;
  readonly get: (view: DataView, at: number, little: boolean) => number;
  readonly set: (view: DataView, at: number, value: number, little: boolean) => void;
}

const SAFE = Number.MAX_SAFE_INTEGER;

/** Every datatype by name. Whole numbers of 64 bits are held in float64, exact up to 2^53. */
export const DATATYPES: Readonly<Record<NiftiDatatype, DatatypeRow>> = {
  uint8: {
    code: 2,
    bytes: 1,
    range: [0, 255],
    array: Uint8Array,
    get: (view, at) => view.getUint8(at),
    set: (view, at, value) => view.setUint8(at, value),
  },
  int8: {
    code: 256,
    bytes: 1,
    range: [-128, 127],
    array: Int8Array,
    get: (view, at) => view.getInt8(at),
    set: (view, at, value) => view.setInt8(at, value),
  },
  int16: {
    code: 4,
    bytes: 2,
    range: [-32768, 32767],
    array: Int16Array,
    get: (view, at, little) => view.getInt16(at, little),
    set: (view, at, value, little) => view.setInt16(at, value, little),
  },
  uint16: {
    code: 512,
    bytes: 2,
    range: [0, 65535],
    array: Uint16Array,
    get: (view, at, little) => view.getUint16(at, little),
    set: (view, at, value, little) => view.setUint16(at, value, little),
  },
  int32: {
    code: 8,
    bytes: 4,
    range: [-(2 ** 31), 2 ** 31 - 1],
    array: Int32Array,
    get: (view, at, little) => view.getInt32(at, little),
    set: (view, at, value, little) => view.setInt32(at, value, little),
  },
  uint32: {
    code: 768,
    bytes: 4,
    range: [0, 2 ** 32 - 1],
    array: Uint32Array,
    get: (view, at, little) => view.getUint32(at, little),
    set: (view, at, value, little) => view.setUint32(at, value, little),
  },
  int64: {
    code: 1024,
    bytes: 8,
    range: [-SAFE, SAFE],
    array: Float64Array,
    get: (view, at, little) => Number(view.getBigInt64(at, little)),
    set: (view, at, value, little) => view.setBigInt64(at, BigInt(value), little),
  },
  uint64: {
    code: 1280,
    bytes: 8,
    range: [0, SAFE],
    array: Float64Array,
    get: (view, at, little) => Number(view.getBigUint64(at, little)),
    set: (view, at, value, little) => view.setBigUint64(at, BigInt(value), little),
  },
  float32: {
    code: 16,
    bytes: 4,
    array: Float32Array,
    get: (view, at, little) => view.getFloat32(at, little),
    set: (view, at, value, little) => view.setFloat32(at, value, little),
  },
  float64: {
    code: 64,
    bytes: 8,
    array: Float64Array,
    get: (view, at, little) => view.getFloat64(at, little),
    set: (view, at, value, little) => view.setFloat64(at, value, little),
  },
};

/** Whether typed arrays lie in memory as little-endian files do. */
const HOST_IS_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Names of the datatypes of the standard that Tandem does not read. */
const UNREAD: Readonly<Record<number, string>> = {
  0: "none",
  1: "binary",
  32: "complex64",
  128: "rgb24",
  1536: "float128",
  1792: "complex128",
  2048: "complex256",
  2304: "rgba32",
};

/** The datatype of a code in a header; throws NiftiError ("datatype") where it is not a real one. */
export function datatypeOf(code: number, file: string): NiftiDatatype {
  for (const [name, row] of Object.entries(DATATYPES)) {
    if (row.code === code) return name as NiftiDatatype;
  }
  throw new NiftiError(
    "datatype",
    `Cannot open ${file}: its datatype is ${
      UNREAD[code] ?? "unknown"
    } (code ${code}), wanted a real one: ${Object.keys(DATATYPES).join(", ")}`,
  );
}

/**
 * Reads voxels into the array of their datatype.
 *
 * @throws {NiftiError} ("value") If a 64-bit whole number lies beyond 2^53 and would be changed.
 */
export function decodeVoxels(
  bytes: Uint8Array,
  count: number,
  datatype: NiftiDatatype,
  little: boolean,
  file: string,
): Voxels {
  const row = DATATYPES[datatype];
  const voxels = new row.array(count);
  const wide = row.bytes === 8 && row.range !== undefined;
  if (HOST_IS_LITTLE && !wide && (little || row.bytes === 1)) {
    new Uint8Array(voxels.buffer).set(bytes.subarray(0, count * row.bytes));
    return voxels;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let n = 0; n < count; n++) voxels[n] = row.get(view, n * row.bytes, little);
  if (wide) {
    for (let n = 0; n < count; n++) {
      if (Math.abs(voxels[n]!) > SAFE) {
        throw new NiftiError(
          "value",
          `Cannot open ${file}: voxel ${n} is about ${
            voxels[n]
          }, and whole numbers beyond 2^53 are not held exactly`,
        );
      }
    }
  }
  return voxels;
}

/**
 * Writes voxels as a datatype, after `(value - inter) / slope`. Whole-number types take whole numbers
 * in range; where a slope was divided out, the quotient is rounded first.
 *
 * @throws {NiftiError} ("value") If a value does not fit the datatype.
 */
export function encodeVoxels(
  voxels: Voxels,
  datatype: NiftiDatatype,
  little: boolean,
  scaling: { readonly slope: number; readonly inter: number },
  file: string,
): Uint8Array {
  const row = DATATYPES[datatype];
  const bytes = new Uint8Array(voxels.length * row.bytes);
  const view = new DataView(bytes.buffer);
  const { slope, inter } = scaling;
  const scaled = slope !== 1 || inter !== 0;
  for (let n = 0; n < voxels.length; n++) {
    let value = scaled ? (voxels[n]! - inter) / slope : voxels[n]!;
    if (row.range) {
      if (scaled) value = Math.round(value);
      if (!Number.isInteger(value) || value < row.range[0] || value > row.range[1]) {
        throw new NiftiError(
          "value",
          `Cannot write ${file}: voxel ${n} is ${
            voxels[n]
          }, stored as ${value}, wanted a whole number from ${row.range[0]} to ${
            row.range[1]
          } (${datatype})`,
        );
      }
    }
    row.set(view, n * row.bytes, value, little);
  }
  return bytes;
}
