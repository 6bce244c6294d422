import { Buffer } from "node:buffer";
import { assertEquals, assertThrows } from "../../deps.ts";
import { decodeSafetensors } from "../../../lib/formats/safetensors/decode.ts";
import { encodeSafetensors } from "../../../lib/formats/safetensors/encode.ts";
import { SafetensorsError } from "../../../lib/formats/safetensors/safetensors_error.ts";
import type { TensorData, TensorRecord } from "../../../lib/formats/safetensors/tensor_record.ts";

const record = (data: TensorData, ...shape: number[]): TensorRecord => ({ data, shape });

/** The bytes that the format's own description gives for one F32 tensor. */
function handMade(header: string, ...data: number[]): Uint8Array {
  const text = new TextEncoder().encode(header);
  return new Uint8Array([text.length, 0, 0, 0, 0, 0, 0, 0, ...text, ...data]);
}

Deno.test("decodeSafetensors() reads a hand-made file, unaligned as it is", () => {
  const { tensors, metadata } = decodeSafetensors(handMade(
    '{"__metadata__":{"a":"b"},"x":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}',
    ...[0, 0, 128, 63],
  ));
  assertEquals(tensors.get("x"), record(new Float32Array([1]), 1, 1));
  assertEquals(metadata, { a: "b" });
});

Deno.test("decodeSafetensors() names what is damaged", () => {
  const good = encodeSafetensors(new Map([["w", record(new Float32Array(8), 8)]]));
  const refuse = (bytes: Uint8Array, text: string) =>
    assertThrows(() => decodeSafetensors(bytes, "f.safetensors"), SafetensorsError, text);
  refuse(good.subarray(0, 5), "f.safetensors as safetensors: it has 5 bytes");
  refuse(good.subarray(0, 20), "the header claims");
  refuse(good.subarray(0, good.length - 1), "cut short");
  refuse(handMade("[1]"), "no JSON object");
  refuse(handMade("{bad"), "no JSON object");
  refuse(handMade('{"x":{"dtype":"F32"}}'), "tensor x has a malformed");
  refuse(handMade('{"x":{"dtype":"BF16","shape":[],"data_offsets":[0,2]}}', 0, 0), "type BF16");
  refuse(handMade('{"x":{"dtype":"U8","shape":[3],"data_offsets":[0,2]}}', 0, 0), "wants 3 bytes");
  refuse(handMade('{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', 0, 0), "which has 2");
  refuse(handMade('{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}', 0), "cut short");
  const one = '{"dtype":"U8","shape":[1],"data_offsets":[0,1]}';
  // as many bytes as the data, but the second byte belongs to nobody
  refuse(handMade(`{"x":${one},"y":${one}}`, 0, 0), "tensors x and y share bytes");
  for (const odd of ["5", "[]", "null", '{"a":1}']) {
    refuse(handMade(`{"__metadata__":${odd}}`), "its __metadata__ is no record of texts");
  }
});

Deno.test("decodeSafetensors() copies out of a Buffer of Node, too, wherever it begins", () => {
  const data = Float32Array.of(1, 2, 3);
  const bytes = encodeSafetensors(new Map([["a", { shape: [3], data }]]));
  const pooled = Buffer.concat([Buffer.of(0), bytes]).subarray(1);
  const { tensors } = decodeSafetensors(pooled);
  pooled.fill(0);
  assertEquals(tensors.get("a"), { shape: [3], data });
});

Deno.test("decodeSafetensors() widens half floats and short numbers where that is asked for", () => {
  const entry = (dtype: string, start: number, end: number, ...shape: number[]) => ({
    ...{ dtype, shape, data_offsets: [start, end] },
  });
  const header = {
    half: entry("F16", 0, 4, 2),
    brain: entry("BF16", 4, 6),
    flag: entry("BOOL", 6, 7, 1),
    small: entry("I8", 7, 8, 1),
  };
  const bytes = handMade(JSON.stringify(header), 0x00, 0x3e, 0x00, 0xc0, 0xc0, 0x3f, 1, 255);
  const { tensors } = decodeSafetensors(bytes, "f", { widen: true });
  assertEquals([...tensors].map(([name, { data }]) => [name, [...data as Float32Array]]), [
    ...[["half", [1.5, -2]], ["brain", [1.5]], ["flag", [1]], ["small", [-1]]],
  ] as [string, number[]][]);
  assertThrows(() => decodeSafetensors(bytes, "f"), SafetensorsError, "has type F16");
});
