import { assertEquals, assertRejects } from "../../deps.ts";
import {
  type Postprocessing,
  readPostprocessing,
  savePostprocessing,
} from "../../../lib/formats/run_folder/postprocessing.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";

const found: Postprocessing = {
  ...{ step: 60, cases: 3, connectivity: 26, badDice: 0.7 },
  networks: {
    ftn: {
      labels: [{ name: "a", dice: 0.5, largestDice: 0.6, inPieces: 2, keepLargest: true }],
      bad: 1,
      flags: { entropy: { threshold: 0.1, auroc: 0.9 } },
    },
  },
};

Deno.test("readPostprocessing() gives what savePostprocessing() wrote", () =>
  inFolder(async (folder) => {
    await savePostprocessing(`${folder}/p.json`, found);
    assertEquals(await readPostprocessing(`${folder}/p.json`), found);
  }));

Deno.test("readPostprocessing() names what is wrong with a file", () =>
  inFolder(async (folder) => {
    const path = `${folder}/p.json`;
    for (
      const [text, wanted] of [
        ["null", "p.json"],
        [JSON.stringify({ format: 2, ...found }), "format"],
        [JSON.stringify({ format: 1, ...found, cases: null }), "cases"],
      ] as const
    ) {
      await Deno.writeTextFile(path, text);
      await assertRejects(() => readPostprocessing(path), RunFolderError, wanted);
    }
    await assertRejects(() => readPostprocessing(`${folder}/none`), RunFolderError, "Cannot open");
  }));
