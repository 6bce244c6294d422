/**
 * The frame of a TFRecord file: records one after another, each as
 *
 * ```
 * uint64 length | uint32 masked CRC-32C of length | data | uint32 masked CRC-32C of data
 * ```
 *
 * in little-endian order.
 *
 * Source: https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details
 */
import { maskedCrc32c } from "./crc32c.ts";

/** Bytes of a record's length and its checksum. */
const HEAD = 12;
/** Bytes of the checksum of a record's data. */
const FOOT = 4;

/** One record of a file. */
export interface FramedRecord {
  readonly data: Uint8Array;
  /** Where the next record begins, in bytes. */
  readonly end: number;
}

/** The bytes of a record that holds `data`. */
export function frameRecord(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEAD + data.length + FOOT);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc32c(bytes.subarray(0, 8)), true);
  bytes.set(data, HEAD);
  view.setUint32(HEAD + data.length, maskedCrc32c(data), true);
  return bytes;
}

/**
 * The records of a file up to the first that is damaged or cut short, as a killed process leaves
 * one behind.
 */
export function* readRecords(bytes: Uint8Array): Generator<FramedRecord> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 0; start + HEAD + FOOT <= bytes.length;) {
    const length = Number(view.getBigUint64(start, true));
    const end = start + HEAD + length + FOOT;
    const lengthBytes = bytes.subarray(start, start + 8);
    if (view.getUint32(start + 8, true) !== maskedCrc32c(lengthBytes) || end > bytes.length) return;
    const data = bytes.subarray(start + HEAD, end - FOOT);
    if (view.getUint32(end - FOOT, true) !== maskedCrc32c(data)) return;
    yield { data, end };
    start = end;
  }
}
