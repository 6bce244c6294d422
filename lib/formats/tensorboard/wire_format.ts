/**
 * The wire format of protocol buffers, as much of it as events need: a message is its fields one
 * after another, each a key (its number and how its value is stored) and the value.
 *
 * Source: https://protobuf.dev/programming-guides/encoding/
 */
import { EventFileError } from "./event_file_error.ts";

const VARINT = 0, FIXED_64 = 1, LENGTH = 2, FIXED_32 = 5;

/** A field of a message: a number where it is stored as one, else its bytes. */
export interface WireField {
  readonly field: number;
  readonly value: number | Uint8Array;
}

/** A field of unsigned integers below 2^53, as `int64`; throws RangeError for any other number. */
export function integerField(field: number, value: number): Uint8Array {
  return Uint8Array.from([...key(field, VARINT), ...varint(value)]);
}

/** A field of type `double`. */
export function doubleField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return message(Uint8Array.from(key(field, FIXED_64)), bytes);
}

/** A field of type `float`: the value is rounded to 24 bits. */
export function floatField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return message(Uint8Array.from(key(field, FIXED_32)), bytes);
}

/** A field that is text, bytes or a message of its own. */
export function bytesField(field: number, value: string | Uint8Array): Uint8Array {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return message(Uint8Array.from([...key(field, LENGTH), ...varint(bytes.length)]), bytes);
}

/** Fields, one after another. */
export function message(...fields: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const field of fields) {
    bytes.set(field, offset);
    offset += field.length;
  }
  return bytes;
}

/**
 * The fields of a message, in the order of the bytes. What is stored in 8 or 4 bytes is taken for
 * a `double` or `float`, the only such types in an event.
 *
 * @throws {EventFileError} If the bytes are no message.
 */
export function* readFields(bytes: Uint8Array): Generator<WireField> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  const take = (count: number): number => {
    const start = offset;
    offset += count;
    if (offset <= bytes.length) return start;
    throw new EventFileError(
      `a field ends at byte ${offset} of a message of ${bytes.length} bytes`,
    );
  };
  const readVarint = (): number => {
    let value = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = bytes[take(1)]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (offset < bytes.length) {
    const tag = readVarint();
    const field = Math.floor(tag / 8), stored = tag % 8;
    if (stored === VARINT) yield { field, value: readVarint() };
    else if (stored === FIXED_64) yield { field, value: view.getFloat64(take(8), true) };
    else if (stored === FIXED_32) yield { field, value: view.getFloat32(take(4), true) };
    else if (stored === LENGTH) {
      const length = readVarint();
      const start = take(length);
      yield { field, value: bytes.subarray(start, start + length) };
    } else {
      throw new EventFileError(
        `field ${field} has wire type ${stored}, wanted 0, 1, 2 or 5`,
      );
    }
  }
}

function key(field: number, stored: number): number[] {
  return varint(field * 8 + stored);
}

/** Seven bits a byte, the lowest first; all bytes but the last have their highest bit set. */
function varint(value: number): number[] {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`Cannot store ${value} in an event: wanted an integer from 0 below 2^53`);
  }
  const bytes: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push(value % 128 + 128);
  return [...bytes, value];
}
