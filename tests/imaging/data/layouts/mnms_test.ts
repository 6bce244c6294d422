import { assertEquals, assertRejects } from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import { inFolder } from "../tiny_heart.ts";
import { firstClasses, namesOf, writeText, writeVoxels } from "./tiny_files.ts";

async function writeFrame(folder: string, code: string, frame: string) {
  await writeVoxels(`${folder}/${code}/${code}_sa_${frame}.nii.gz`, 5);
  await writeVoxels(`${folder}/${code}/${code}_sa_${frame}_gt.nii.gz`, 3, 2, 1);
}

Deno.test("mnms lists ED and ES of each subject, with vendors where a table is there", () =>
  inFolder(async (folder) => {
    for (const frame of ["ED", "ES"]) await writeFrame(folder, "A1", frame);
    const plain = await openDataset(folder);
    assertEquals(namesOf(plain), ["A1_ED A1 ED M&Ms", "A1_ES A1 ES M&Ms"]);
    assertEquals(await firstClasses(plain.cases[0]!, 4), [3, 2, 1, 0]);
    await writeText(`${folder}/info.csv`, "\uFEFF;External code;Vendor\n0;A1;B\n");
    await Deno.mkdir(`${folder}/figures`);
    const { cases, notices } = await openDataset(folder, "mnms");
    assertEquals(cases[0]!.domain, "vendor B");
    assertEquals(notices, ["passed over folders without CODE_sa_ED.nii.gz: figures"]);
  }));

Deno.test("mnms names missing frames and refuses an empty folder", () =>
  inFolder(async (folder) => {
    await assertRejects(() => openDataset(folder, "mnms"), DatasetError, "no subject folder");
    await writeFrame(folder, "A1", "ED");
    await writeFrame(folder, "A2", "ES");
    for (const name of ["A1_sa_ES.nii.gz", "A2_sa_ED.nii.gz"]) {
      await assertRejects(() => openDataset(folder, "mnms"), DatasetError, name);
    }
  }));

const REAL = new URL("../../../../../shared/data/mnms", import.meta.url);
const missing = await Deno.stat(REAL).then(() => false, () => true);
Deno.test({
  name: `mnms reads real subjects${missing ? " (../shared/data/mnms is missing)" : ""}`,
  ignore: missing,
  async fn() {
    const { cases, layout } = await openDataset(REAL.pathname);
    assertEquals([layout, cases.length], ["mnms", 12]);
  },
});
