import { assertEquals } from "../../deps.ts";
import { CHECKSUM_KEY, checksumOf } from "../../../lib/formats/safetensors/checksum.ts";
import { decodeSafetensors } from "../../../lib/formats/safetensors/decode.ts";
import { encodeSafetensors } from "../../../lib/formats/safetensors/encode.ts";
import type { TensorRecord } from "../../../lib/formats/safetensors/tensor_record.ts";

const entries: [string, TensorRecord][] = [
  ["w", { shape: [2, 1], data: new Float32Array([1, 2]) }],
  ["a", { shape: [1], data: new Float64Array([3]) }],
];

Deno.test("checksumOf() is that of the content, whatever its order and layout", async () => {
  const tensors = new Map(entries), metadata = { k: "v", other: "x" };
  const wanted = await checksumOf({ tensors, metadata });
  assertEquals(/^[0-9a-f]{64}$/.test(wanted), true);
  const turned = { tensors: new Map(entries.toReversed()), metadata: { other: "x", k: "v" } };
  assertEquals(await checksumOf(turned), wanted);
  assertEquals(
    await checksumOf({ tensors, metadata: { ...metadata, [CHECKSUM_KEY]: "" } }),
    wanted,
  );
  assertEquals(await checksumOf(decodeSafetensors(encodeSafetensors(tensors, metadata))), wanted);
});

Deno.test("checksumOf() changes with every name, shape, number and text", async () => {
  const [w, a] = entries, metadata = { k: "v" };
  const others = [
    { tensors: new Map([["v", w![1]] as const, a!]), metadata },
    { tensors: new Map([["w", { ...w![1], shape: [1, 2] }] as const, a!]), metadata },
    { tensors: new Map([w!]), metadata },
    {
      tensors: new Map([w!, ["a", { shape: [1], data: new Float64Array([-3]) }] as const]),
      metadata,
    },
    { tensors: new Map(entries), metadata: { k: "w" } },
    { tensors: new Map(entries), metadata: {} },
    { tensors: new Map(entries), metadata },
  ];
  const found = await Promise.all(others.map(checksumOf));
  assertEquals(new Set(found).size, others.length);
});
