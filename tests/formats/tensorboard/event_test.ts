import { assertEquals, assertThrows } from "../../deps.ts";
import { decodeEvent, encodeEvent, FILE_VERSION } from "../../../lib/formats/tensorboard/event.ts";
import { EventFileError } from "../../../lib/formats/tensorboard/event_file_error.ts";
import { frameRecord } from "../../../lib/formats/tensorboard/records.ts";
import { bytesField, integerField, message } from "../../../lib/formats/tensorboard/wire_format.ts";

/** Bytes of hexadecimal digits, less what stands behind a `|` in each line. */
const bytes = (lines: string) =>
  Uint8Array.fromHex(lines.replace(/\|.*$/gm, "").replace(/\s/g, ""));

Deno.test("encodeEvent() gives the bytes of a step's scalars, framed", () => {
  const event = { wallTime: 1.5, step: 300, scalars: { "loss/a": 0.5 } };
  assertEquals<Uint8Array>(
    frameRecord(encodeEvent(event)),
    bytes(`
      1d 00 00 00 00 00 00 00      | 29 bytes of data
      60 2f df 23                  | masked CRC of these 8 bytes
      09 00 00 00 00 00 00 f8 3f   | Event.wall_time = 1: double 1.5
      10 ac 02                     | Event.step = 2: varint 300
      2a 0f                        | Event.summary = 5: 15 bytes
      0a 0d                        | Summary.value = 1: 13 bytes
      0a 06 6c 6f 73 73 2f 61      | Value.tag = 1: "loss/a"
      15 00 00 00 3f               | Value.simple_value = 2: float 0.5
      f1 13 4f c0                  | masked CRC of the data
    `),
  );
});

Deno.test("encodeEvent() gives the bytes that an event file begins with", () => {
  const event = { wallTime: 1.5, step: 0, fileVersion: FILE_VERSION, scalars: {} };
  assertEquals<Uint8Array>(
    frameRecord(encodeEvent(event)),
    bytes(`
      18 00 00 00 00 00 00 00  a3 7f 4b 22
      09 00 00 00 00 00 00 f8 3f
      1a 0d 62 72 61 69 6e 2e 45 76 65 6e 74 3a 32   | Event.file_version = 3: "brain.Event:2"
      2a 28 64 6c
    `),
  );
});

Deno.test("decodeEvent() reads what encodeEvent() wrote, scalars as float32", () => {
  const scalars = { "loss/totalLoss": 0.1, "heap/bytes": 4294901760, "schön": -1e-9, zero: 0 };
  const wallTime = 1.79e9 + 0.125, step = 2 ** 53 - 1;
  const read = decodeEvent(encodeEvent({ wallTime, step, scalars }));
  const rounded = Object.entries(scalars).map(([tag, value]) => [tag, Math.fround(value)]);
  assertEquals(read, { wallTime, step, scalars: Object.fromEntries(rounded) });
  // A heap is whole pages of 64 KiB, so that 24 bits hold its size exactly.
  assertEquals(read.scalars["heap/bytes"], 4294901760);
});

Deno.test("decodeEvent() passes over what is no scalar", () => {
  const image = bytesField(1, message(bytesField(1, "picture"), bytesField(4, "png")));
  const event = message(bytesField(4, "graph"), integerField(2, 7), bytesField(5, image));
  assertEquals(decodeEvent(event), { wallTime: 0, step: 7, scalars: {} });
});

Deno.test("decodeEvent() refuses bytes that are no event", () => {
  const refuse = (event: Uint8Array, text: string) =>
    assertThrows(() => decodeEvent(event), EventFileError, text);
  refuse(bytes("09 00 00"), "ends at byte 9 of a message of 3");
  refuse(bytes("10 80"), "ends at byte 3");
  refuse(bytes("0b"), "wire type 3");
  refuse(integerField(5, 1), "a number where");
  refuse(bytesField(2, "1"), "bytes where");
});

Deno.test("encodeEvent() refuses a step that is no integer from 0", () => {
  for (const step of [-1, 0.5, 2 ** 53, NaN]) {
    assertThrows(() => encodeEvent({ wallTime: 0, step, scalars: {} }), RangeError, `${step}`);
  }
});
