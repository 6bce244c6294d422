import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { encodeSafetensors } from "../../../lib/formats/safetensors/encode.ts";
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

Deno.test("readSafetensors() refuses bits that have changed, finite or not, by the file", async () => {
  const path = await Deno.makeTempFile({ suffix: ".safetensors" });
  const tensors = new Map([["w", record(new Float32Array(64).fill(0.5), 64)]]);
  await writeSafetensors(path, tensors, { tandem: "step 120" });
  const whole = await Deno.readFile(path);
  assertEquals((await readSafetensors(path)).metadata, { tandem: "step 120" });
  const text = new TextDecoder("latin1").decode(whole);
  // the last bit of a number, and a digit of the metadata
  for (const at of [whole.length - 4, whole.length - 200, text.indexOf("120")]) {
    const flipped = whole.slice();
    flipped[at]! ^= 1;
    await Deno.writeFile(path, flipped);
    await assertRejects(() => readSafetensors(path), SafetensorsError, `Cannot use ${path}: `);
  }
  await Deno.remove(path);
});

Deno.test("readSafetensors() reads files without a checksum, as older ones and others' are", async () => {
  const path = await Deno.makeTempFile({ suffix: ".safetensors" });
  const tensors = new Map([["w", record(new Float32Array([1, 2]), 2)]]);
  await Deno.writeFile(path, encodeSafetensors(tensors, { format: "pt", sha256: "another's" }));
  const { metadata } = await readSafetensors(path);
  assertEquals(metadata, { format: "pt", sha256: "another's" });
  await Deno.remove(path);
});
