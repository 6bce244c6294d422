import { assertEquals, assertRejects } from "../../deps.ts";
import { readContents, saveContents } from "../../../lib/formats/run_folder/contents.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";

Deno.test("readContents() gives what saveContents() wrote, and nothing where there is no file", async () => {
  const dir = await Deno.makeTempDir(), path = `${dir}/contents.json`;
  try {
    assertEquals(await readContents(path), undefined);
    const cases = [{ id: "a_1", subject: "a", part: "train", image: "0f" }] as const;
    await saveContents(path, cases);
    assertEquals(await readContents(path), cases);
    for (const text of ["null", "[]", "{}", '{"format":2,"cases":[]}', '{"cases":[{"id":1}]}']) {
      await Deno.writeTextFile(path, text);
      await assertRejects(() => readContents(path), RunFolderError, path);
    }
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
