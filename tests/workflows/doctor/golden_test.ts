import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../deps.ts";
import { compareGolden, GoldenError } from "../../../lib/workflows/doctor/golden.ts";
import { readSafetensors, writeSafetensors } from "../../../lib/formats/safetensors/files.ts";
import { SafetensorsError } from "../../../lib/formats/safetensors/safetensors_error.ts";
import { startBackend, tf } from "../../../wasm/mod.ts";

await startBackend({ threads: 2 });

const FOLDER = new URL("../../../fixtures/network_small", import.meta.url).pathname;

/** A copy of the golden folder that a test may damage. */
async function withCopy(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for await (const { name } of Deno.readDir(FOLDER)) {
      await Deno.copyFile(`${FOLDER}/${name}`, `${folder}/${name}`);
    }
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("compareGolden() finds the authors' values of the small network", async () => {
  const tensors = tf.memory().numTensors;
  const { quantities, passed } = await compareGolden(FOLDER);
  assertEquals(quantities.filter((quantity) => !quantity.passed), []);
  assert(passed);
  assertEquals(tf.memory().numTensors, tensors, "tensors are left behind");
  const kinds = new Set(quantities.map(({ name }) => name.split("/")[0]));
  assertEquals(
    [...kinds].sort(),
    ["adam_delta_norm", "grad_norm", "gradients", "loss", "tensors", "winograd"],
  );
  const masks = quantities.filter(({ name }) => name.includes("tensors/mask_"));
  assertEquals(masks.map(({ limit, deviation }) => [limit, deviation]), Array(4).fill([0, 0]));
  assertEquals(new Set(quantities.map(({ name }) => name)).size, quantities.length);
});

Deno.test("compareGolden() finds them without relaxed SIMD, too", async () => {
  const { relaxedSimd } = await startBackend({ threads: 2, relaxedSimd: false, onNotice() {} });
  assertEquals(relaxedSimd, false);
  const { quantities } = await compareGolden(FOLDER);
  await startBackend({ threads: 2 });
  assertEquals(quantities.filter((quantity) => !quantity.passed), []);
});

Deno.test("compareGolden() fails where one weight is another", async () => {
  await withCopy(async (folder) => {
    const path = `${folder}/weights.safetensors`;
    const { tensors } = await readSafetensors(path);
    const { data } = tensors.get("shape_decoder.up3.conv.3.weight")!;
    data[7] = Number(data[7]) + 0.01;
    await writeSafetensors(path, tensors);
    const { quantities, passed } = await compareGolden(folder);
    assert(!passed);
    const failed = quantities.filter((quantity) => !quantity.passed).map(({ name }) => name);
    assert(failed.includes("loss/standard_shape"));
    // The change is in the STN: what the FTN does stays as it was.
    assert(!failed.includes("loss/standard_seg") && !failed.includes("tensors/z_s"));
  });
});

Deno.test("compareGolden() fails where an expected value is another, even by little", async () => {
  await withCopy(async (folder) => {
    const path = `${folder}/gradients.safetensors`;
    const { tensors } = await readSafetensors(path);
    const [name, gradient] = tensors.entries().next().value!;
    const largest = (gradient.data as Float32Array).reduce((m, v) => Math.max(m, Math.abs(v)), 0);
    gradient.data[0] = Number(gradient.data[0]) + 0.1 * largest;
    await writeSafetensors(path, tensors);
    const { quantities } = await compareGolden(folder);
    const failed = quantities.filter((quantity) => !quantity.passed).map(({ name }) => name);
    assertEquals(failed, [`gradients/${name}`, `winograd/gradients/${name}`]);
  });
});

Deno.test("compareGolden() refuses a folder without meta.json, or with another one", async () => {
  await assertRejects(() => compareGolden("/nowhere"), GoldenError, "/nowhere/meta.json");
  await withCopy(async (folder) => {
    await Deno.writeTextFile(`${folder}/meta.json`, "{");
    const error = await assertRejects(() => compareGolden(folder), GoldenError);
    assertStringIncludes(error.message, `Cannot open ${folder}/meta.json: it is no JSON`);
    await Deno.writeTextFile(`${folder}/meta.json`, `{"percentile": 2}`);
    await assertRejects(
      () => compareGolden(folder),
      GoldenError,
      "percentile is 2, wanted less than 1",
    );
  });
});

Deno.test("compareGolden() refuses a folder whose tensors are missing or damaged", async () => {
  await withCopy(async (folder) => {
    const path = `${folder}/tensors.safetensors`;
    const { tensors } = await readSafetensors(path);
    const bytes = await Deno.readFile(path);
    await Deno.writeFile(path, bytes.subarray(0, 1000));
    await assertRejects(() => compareGolden(folder), SafetensorsError, path);
    await Deno.remove(path);
    await assertRejects(() => compareGolden(folder), SafetensorsError, path);
    tensors.delete("label");
    await writeSafetensors(path, tensors);
    await assertRejects(
      () => compareGolden(folder),
      GoldenError,
      `Cannot compare ${folder}: no label in it`,
    );
  });
});
