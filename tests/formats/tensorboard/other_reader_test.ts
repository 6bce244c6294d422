/** Event files, read by other means than Tandem's own. */
import { BinaryReader, WireType } from "npm:@bufbuild/protobuf@2.17.0/wire";
import { assertEquals } from "../../deps.ts";
import { EventFile } from "../../../lib/formats/tensorboard/event_file.ts";

const STEPS: readonly [number, Record<string, number>][] = [
  [1, { "loss/totalLoss": 15.5, "seconds/step": 1.25 }],
  [2, { "loss/totalLoss": -0.1, "heap/bytes": 2 ** 31 }],
  [300, { "validation/stnDice LV": 1e-7, "not/finite": Infinity }],
];

/** The bytes of a file with these steps. */
async function written(): Promise<Uint8Array> {
  const path = await Deno.makeTempFile({ prefix: "events.out.tfevents." });
  try {
    const file = EventFile.open(path, { step: 0, clock: () => 1.7e9 });
    for (const [step, scalars] of STEPS) file.append(step, scalars);
    file.close();
    return await Deno.readFile(path);
  } finally {
    await Deno.remove(path);
  }
}

/** CRC-32C bit by bit, masked as TFRecord has it. */
function maskedCrc(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  crc = ~crc >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** The fields of a message: varints and fixed numbers as such, all else as bytes. */
function fieldsOf(bytes: Uint8Array): Map<number, unknown[]> {
  const reader = new BinaryReader(bytes), fields = new Map<number, unknown[]>();
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    const value = type === WireType.Varint
      ? Number(reader.int64())
      : type === WireType.Bit64
      ? reader.double()
      : type === WireType.Bit32
      ? reader.float()
      : reader.bytes();
    fields.set(field, [...fields.get(field) ?? [], value]);
  }
  return fields;
}

Deno.test("EventFile writes TFRecords of tensorflow.Event, by another reader of both", async () => {
  const bytes = await written(), view = new DataView(bytes.buffer);
  const text = (value: unknown) => new TextDecoder().decode(value as Uint8Array);
  const read: [unknown, Record<string, unknown>][] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(view.getBigUint64(at, true)), body = at + 12, end = body + length;
    assertEquals(view.getUint32(at + 8, true), maskedCrc(bytes.subarray(at, at + 8)));
    assertEquals(view.getUint32(end, true), maskedCrc(bytes.subarray(body, end)));
    const event = fieldsOf(bytes.subarray(body, end));
    assertEquals(event.get(1), [1.7e9]);
    if (at === 0) assertEquals(text(event.get(3)![0]), "brain.Event:2");
    else {
      const [summary] = event.get(5) as [Uint8Array];
      const values = (fieldsOf(summary).get(1) as Uint8Array[]).map((value) => fieldsOf(value));
      const scalars = values.map((value) => [text(value.get(1)![0]), value.get(2)![0]] as const);
      read.push([event.get(2)![0], Object.fromEntries(scalars)]);
    }
    at = end + 4;
  }
  const rounded = STEPS.map(([step, scalars]) => [
    step,
    Object.fromEntries(Object.entries(scalars).map(([tag, value]) => [tag, Math.fround(value)])),
  ]);
  assertEquals(read, rounded as typeof read);
});

Deno.test("EventFile writes the bytes that TensorBoard 2.21.0 has read, tag by tag", async () => {
  const digest = await crypto.subtle.digest("SHA-256", await written() as BufferSource);
  const hex = new Uint8Array(digest).toHex();
  // when the bytes change: open them with TensorBoard's EventAccumulator, then take their digest
  assertEquals(hex, "4d36969aaaafcf76d8186063dd7738e35d5e72129bdc75cd8812bf82928273bd");
});
