import { assertEquals, assertRejects } from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import { inFolder, tinyHeart, writeHeart } from "../tiny_heart.ts";

Deno.test("mnms lists ED and ES of each subject, with vendors where a table is there", async () => {
  await inFolder(async (folder) => {
    for (const name of ["A1_sa_ED", "A1_sa_ES"]) await writeHeart(`${folder}/A1`, name);
    const plain = await openDataset(folder, "mnms");
    assertEquals(plain.cases.map(({ id, domain }) => [id, domain]), [
      ["A1_ED", "M&Ms"],
      ["A1_ES", "M&Ms"],
    ]);
    assertEquals((await plain.cases[0]!.load()).label!.data, tinyHeart().label.data);
    await Deno.writeTextFile(`${folder}/info.csv`, "External code,Vendor\nA1,B\n");
    assertEquals((await openDataset(folder, "mnms")).cases[0]!.domain, "vendor B");
  });
});

Deno.test("mnms names a missing frame and refuses an empty folder", async () => {
  await inFolder(async (folder) => {
    await assertRejects(() => openDataset(folder, "mnms"), DatasetError, "no subject folder");
    await writeHeart(`${folder}/A1`, "A1_sa_ED");
    await assertRejects(() => openDataset(folder, "mnms"), DatasetError, "A1_sa_ES.nii.gz");
  });
});
