import { assertEquals, assertRejects } from "../../deps.ts";
import { readDivision } from "../../../lib/formats/run_folder/division.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";

Deno.test("readDivision() gives the subjects, and names file and key of what it cannot read", async () => {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, '{"source":"x","train":["a"],"validation":[],"test":["b"]}');
    assertEquals(await readDivision(path), { train: ["a"], validation: [], test: ["b"] });
    for (const text of ["null", "{}", "5", "[]", '{"train":[1]}', "no"]) {
      await Deno.writeTextFile(path, text);
      await assertRejects(() => readDivision(path), RunFolderError, `Cannot open ${path}: `);
    }
  } finally {
    await Deno.remove(path);
  }
});
