import { assertEquals, assertRejects } from "../../deps.ts";
import {
  type HardExampleRecord,
  readHardExamples,
  saveHardExample,
} from "../../../lib/formats/run_folder/hard_example.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";

const record: HardExampleRecord = {
  step: 12,
  size: 2,
  images: "AAECAw==",
  labels: "AAAAAA==",
  corrupted: "AwIBAA==",
  masks: { shape: { scheme: "spatial", shape: [1, 1, 2, 1], values: [0, 1] } },
};

Deno.test("readHardExamples() gives what saveHardExample() wrote by step, and none of no folder", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/hard_examples`;
    assertEquals(await readHardExamples(dir), []);
    await saveHardExample(dir, record);
    await saveHardExample(dir, { ...record, step: 3 });
    const path = `${dir}/step_000012.json`;
    const { format, ...rest } = JSON.parse(await Deno.readTextFile(path));
    assertEquals(format, 1);
    // One from before versions were written.
    await Deno.writeTextFile(path, JSON.stringify(rest));
    assertEquals(await readHardExamples(dir), [{ ...record, step: 3 }, record]);
  }));

Deno.test("readHardExamples() names the file and the key that cannot be used", () =>
  inFolder(async (dir) => {
    await saveHardExample(dir, record);
    const path = `${dir}/step_000012.json`;
    const refuse = async (change: object, text: string) => {
      await Deno.writeTextFile(path, JSON.stringify({ ...record, ...change }));
      const error = await assertRejects(() => readHardExamples(dir), RunFolderError, text);
      assertEquals(error.message.includes(path), true);
    };
    await refuse({ format: 2 }, "format is 2, wanted 1");
    await refuse({ images: null }, "images is null, wanted string");
    await refuse({ size: "2" }, 'size is "2", wanted number');
    await refuse({ labels: "?" }, "labels");
  }));
