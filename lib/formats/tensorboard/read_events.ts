import { decodeEvent, type ScalarEvent } from "./event.ts";
import { EventFileError } from "./event_file_error.ts";
import { readRecords } from "./records.ts";

/** An event and where the next begins in its file, in bytes. */
export interface PlacedEvent {
  readonly event: ScalarEvent;
  readonly end: number;
}

/**
 * The events in the bytes of a file, up to the first record that is damaged or cut short;
 * TensorBoard reads no further either.
 *
 * @param path Named in errors.
 * @throws {EventFileError} If a record that is whole holds no event.
 */
export function* placedEvents(bytes: Uint8Array, path: string): Generator<PlacedEvent> {
  for (const { data, end } of readRecords(bytes)) yield { event: decode(data, path), end };
}

function decode(data: Uint8Array, path: string): ScalarEvent {
  try {
    return decodeEvent(data);
  } catch (cause) {
    if (!(cause instanceof EventFileError)) throw cause;
    throw new EventFileError(`Cannot open ${path}: ${cause.message}`, { cause });
  }
}

/**
 * Reads an event file of TensorBoard: the version and the scalars of its events, in order, up to
 * the first record that is damaged or cut short. What else events hold is passed over.
 *
 * @throws {EventFileError} If a record that is whole holds no event.
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function readEvents(path: string): Promise<ScalarEvent[]> {
  return [...placedEvents(await Deno.readFile(path), path)].map(({ event }) => event);
}
