import { assertEquals } from "../../deps.ts";
import { frameRecord, readRecords } from "../../../lib/formats/tensorboard/records.ts";

const text = (data: Uint8Array) => new TextDecoder().decode(data);
const framed = (...texts: string[]) =>
  Uint8Array.from(texts.flatMap((part) => [...frameRecord(new TextEncoder().encode(part))]));
const read = (bytes: Uint8Array) => [...readRecords(bytes)].map(({ data }) => text(data));

Deno.test("readRecords() reads what frameRecord() wrote, and says where records end", () => {
  const bytes = framed("one", "", "three");
  assertEquals(read(bytes), ["one", "", "three"]);
  assertEquals([...readRecords(bytes)].map(({ end }) => end), [19, 35, 56]);
});

Deno.test("readRecords() ends before a record that is cut short, wherever it is", () => {
  const bytes = framed("one", "two");
  for (let length = 0; length < bytes.length; length++) {
    assertEquals(read(bytes.subarray(0, length)), length < 19 ? [] : ["one"], `${length} bytes`);
  }
});

Deno.test("readRecords() ends before a record with any byte changed", () => {
  for (let place = 19; place < 38; place++) {
    const bytes = framed("one", "two", "three");
    bytes[place]! ^= 4;
    assertEquals(read(bytes), ["one"], `byte ${place}`);
  }
});
