import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { readSafetensors, writeSafetensors } from "../../../lib/formats/safetensors/files.ts";
import { SafetensorsError } from "../../../lib/formats/safetensors/safetensors_error.ts";
import type { TensorData, TensorRecord } from "../../../lib/formats/safetensors/tensor_record.ts";

const record = (data: TensorData, ...shape: number[]): TensorRecord => ({ data, shape });

Deno.test("writeSafetensors() and readSafetensors() go through a file", async () => {
  const path = await Deno.makeTempFile({ suffix: ".safetensors" });
  await writeSafetensors(path, new Map([["w", record(new Float32Array([1, 2]), 2)]]), { k: "v" });
  const { tensors, metadata } = await readSafetensors(path);
  assertEquals([tensors.get("w")?.data[1], metadata.k], [2, "v"]);
  await Deno.remove(path);
  const error = await assertRejects(() => readSafetensors(path), SafetensorsError, path);
  assert(!error.message.includes("\n"));
});
