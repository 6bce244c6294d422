/**
 * TensorBoard's events: the messages `Event` and `Summary` of
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/util/event.proto and
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/summary.proto.
 */
import { EventFileError } from "./event_file_error.ts";
import {
  bytesField,
  doubleField,
  floatField,
  integerField,
  message,
  readFields,
} from "./wire_format.ts";

/** The version that the first event of a file tells. */
export const FILE_VERSION = "brain.Event:2";

/** Numbers by tag; what stands before the first `/` of a tag is its group on the page. */
export type Scalars = Readonly<Record<string, number>>;

/** An event: what kind of file this is, or the scalars of a step. */
export interface ScalarEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  /** An integer from 0. */
  readonly step: number;
  /** In the first event of a file alone. */
  readonly fileVersion?: string;
  /** Stored with 24 bits, as float32. */
  readonly scalars: Scalars;
}

/** Numbers of the fields in the messages. */
const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 };
const SUMMARY = { value: 1 };
const VALUE = { tag: 1, simpleValue: 2 };

/**
 * An event's message: `wall_time`, `step` unless it is 0, and `file_version` or, each with its
 * `tag` and `simple_value`, the scalars of its `summary`.
 *
 * @throws {RangeError} If the step is no integer from 0.
 */
export function encodeEvent({ wallTime, step, fileVersion, scalars }: ScalarEvent): Uint8Array {
  const values = Object.entries(scalars).map(([tag, value]) => {
    const fields = message(bytesField(VALUE.tag, tag), floatField(VALUE.simpleValue, value));
    return bytesField(SUMMARY.value, fields);
  });
  return message(
    doubleField(EVENT.wallTime, wallTime),
    ...(step === 0 ? [] : [integerField(EVENT.step, step)]),
    fileVersion === undefined
      ? bytesField(EVENT.summary, message(...values))
      : bytesField(EVENT.fileVersion, fileVersion),
  );
}

/**
 * Reads an event's message; what is neither a version nor a scalar is passed over.
 *
 * @throws {EventFileError} If the bytes are no event.
 */
export function decodeEvent(bytes: Uint8Array): ScalarEvent {
  let wallTime = 0, step = 0;
  let version: { fileVersion?: string } = {};
  const scalars: Record<string, number> = {};
  for (const { field, value } of readFields(bytes)) {
    if (field === EVENT.wallTime) wallTime = numberOf(value);
    else if (field === EVENT.step) step = numberOf(value);
    else if (field === EVENT.fileVersion) version = { fileVersion: textOf(value) };
    else if (field === EVENT.summary) Object.assign(scalars, scalarsOf(value));
  }
  return { wallTime, step, ...version, scalars };
}

function scalarsOf(summary: number | Uint8Array): Scalars {
  const scalars: Record<string, number> = {};
  for (const { field, value } of readFields(bytesOf(summary))) {
    if (field !== SUMMARY.value) continue;
    let tag = "", scalar: number | undefined;
    for (const { field, value: part } of readFields(bytesOf(value))) {
      if (field === VALUE.tag) tag = textOf(part);
      else if (field === VALUE.simpleValue) scalar = numberOf(part);
    }
    if (scalar !== undefined) scalars[tag] = scalar;
  }
  return scalars;
}

function numberOf(value: number | Uint8Array): number {
  if (typeof value === "number") return value;
  throw new EventFileError("an event holds bytes where a number is wanted");
}

function bytesOf(value: number | Uint8Array): Uint8Array {
  if (typeof value !== "number") return value;
  throw new EventFileError("an event holds a number where text or a message is wanted");
}

function textOf(value: number | Uint8Array): string {
  return new TextDecoder().decode(bytesOf(value));
}
