import { assertEquals, assertThrows, fc } from "../../deps.ts";
import { decodeSafetensors } from "../../../lib/formats/safetensors/decode.ts";
import { encodeSafetensors } from "../../../lib/formats/safetensors/encode.ts";
import { SafetensorsError } from "../../../lib/formats/safetensors/safetensors_error.ts";
import type { TensorData, TensorRecord } from "../../../lib/formats/safetensors/tensor_record.ts";

const record = (data: TensorData, ...shape: number[]): TensorRecord => ({ data, shape });

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
