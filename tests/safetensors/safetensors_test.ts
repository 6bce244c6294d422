import { assert, assertEquals, assertRejects, assertThrows, fc } from "../deps.ts";
import { decodeSafetensors } from "../../lib/safetensors/decode.ts";
import { encodeSafetensors } from "../../lib/safetensors/encode.ts";
import { readSafetensors, writeSafetensors } from "../../lib/safetensors/files.ts";
import { SafetensorsError } from "../../lib/safetensors/safetensors_error.ts";
import type { TensorData, TensorRecord } from "../../lib/safetensors/tensor_record.ts";

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

Deno.test("encodeSafetensors() round-trips every element type, scalars and empty tensors", () => {
  const tensors = new Map([
    ["bytes", record(new Uint8Array([1, 2, 3]), 3)],
    ["empty", record(new Float32Array(0), 0, 4)],
    ["scalar", record(new Float64Array([Math.PI]))],
    ["whole", record(new Int32Array([-1, 2 ** 31 - 1]), 2, 1)],
    ["long", record(new BigInt64Array([-(2n ** 63n)]), 1)],
  ]);
  const decoded = decodeSafetensors(encodeSafetensors(tensors, { state: '{"é":1}' }));
  assertEquals(new Map([...decoded.tensors].sort()), new Map([...tensors].sort()));
  assertEquals(decoded.metadata, { state: '{"é":1}' });
});

Deno.test("encodeSafetensors() gives the same bytes in whatever order tensors come", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1 }).filter((s) => !/^(__.*|\d+)$/.test(s))),
      (names) => {
        const entries = names.map((n) => [n, record(new Float32Array([n.length]), 1)] as const);
        const bytes = encodeSafetensors(new Map(entries));
        assertEquals(encodeSafetensors(new Map(entries.toReversed())), bytes);
        assertEquals(decodeSafetensors(bytes).tensors.size, names.length);
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("encodeSafetensors() refuses a shape that does not fit", () => {
  assertThrows(
    () => encodeSafetensors(new Map([["w", record(new Float32Array(3), 2, 2)]])),
    SafetensorsError,
    "tensor w: shape [2,2] wants 4 elements, got 3",
  );
  // deno-lint-ignore no-explicit-any
  const wrong = record(new Int16Array(1) as any, 1);
  assertThrows(() => encodeSafetensors(new Map([["w", wrong]])), TypeError, "Int16Array");
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
});

Deno.test("writeSafetensors() and readSafetensors() go through a file", async () => {
  const path = await Deno.makeTempFile({ suffix: ".safetensors" });
  await writeSafetensors(path, new Map([["w", record(new Float32Array([1, 2]), 2)]]), { k: "v" });
  const { tensors, metadata } = await readSafetensors(path);
  assertEquals([tensors.get("w")?.data[1], metadata.k], [2, "v"]);
  await Deno.remove(path);
  const error = await assertRejects(() => readSafetensors(path), SafetensorsError, path);
  assert(!error.message.includes("\n"));
});
