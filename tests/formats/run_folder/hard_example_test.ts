import { assertEquals, assertRejects } from "../../deps.ts";
import {
  type HardExampleRecord,
  readHardExamples,
  saveHardExample,
} from "../../../lib/formats/run_folder/hard_example.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";

const pixels = Uint8Array.of(0, 1, 2, 3, 4, 5).toBase64();
const record = (step: number): HardExampleRecord => ({
  ...{ step, height: 2, width: 3, images: pixels, labels: pixels, corrupted: pixels },
  masks: { shape: { scheme: "channel", shape: [1, 1, 1, 2], values: [1, 0.5] } },
});

Deno.test("readHardExamples() reads what saveHardExample() wrote, by step", () =>
  inFolder(async (folder) => {
    const dir = `${folder}/hard_examples`;
    assertEquals(await readHardExamples(dir), []);
    for (const step of [1000000, 20, 3]) await saveHardExample(dir, record(step));
    assertEquals(await readHardExamples(dir), [record(3), record(20), record(1000000)]);
  }));

Deno.test("readHardExamples() reads version 1, whose slices were square, and no later one", () =>
  inFolder(async (folder) => {
    const { height: _, width: __, ...rest } = record(7);
    const path = `${folder}/step_000007.json`;
    await Deno.writeTextFile(path, JSON.stringify({ format: 1, size: 2, ...rest }));
    assertEquals(await readHardExamples(folder), [{ ...rest, height: 2, width: 2 }]);
    await Deno.writeTextFile(path, JSON.stringify({ format: 3, ...record(7) }));
    await assertRejects(() => readHardExamples(folder), RunFolderError, path);
    // a size alone makes none of another version one of the first
    await Deno.writeTextFile(path, JSON.stringify({ format: 3, size: 2, ...rest }));
    await assertRejects(() => readHardExamples(folder), RunFolderError, "format is 3, wanted 2");
    for (const text of ["null", "5", "[]", "{}"]) {
      await Deno.writeTextFile(path, text);
      await assertRejects(() => readHardExamples(folder), RunFolderError, path);
    }
  }));

Deno.test("readHardExamples() refuses masks that have not as many values as their shape", () =>
  inFolder(async (folder) => {
    const mask = { scheme: "spatial", shape: [1, 4, 4, 1], values: [1, 0] };
    const path = `${folder}/step_000007.json`;
    await Deno.writeTextFile(path, JSON.stringify({ ...record(7), masks: { image: mask } }));
    await assertRejects(
      () => readHardExamples(folder),
      RunFolderError,
      "wanted as many values as its shape has",
    );
  }));
