import { whereThereIs } from "../../../where_there_is.ts";
import { assertEquals, assertRejects } from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { ACDC_CODES } from "../../../../lib/imaging/data/cases/label_codes.ts";
import { openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import { prepareCase } from "../../../../lib/imaging/data/preparation/prepare_case.ts";
import { dice } from "../../../../lib/imaging/metrics/dice.ts";
import { inFolder, tinyHeart, writeHeart } from "../tiny_heart.ts";

async function writePatient(folder: string, info = "ED: 1\nES: 12\nGroup: NOR\n") {
  await writeHeart(`${folder}/patient001`, "patient001_frame01", ACDC_CODES);
  await writeHeart(`${folder}/patient001`, "patient001_frame12", ACDC_CODES);
  await Deno.writeTextFile(`${folder}/patient001/Info.cfg`, info);
}

Deno.test("acdc lists the repeats of a patient that a suite writes", () =>
  inFolder(async (folder) => {
    await writeHeart(`${folder}/patient001_2`, "patient001_2_frame01", ACDC_CODES);
    await writeHeart(`${folder}/patient001_2`, "patient001_2_frame12", ACDC_CODES);
    await Deno.writeTextFile(`${folder}/patient001_2/Info.cfg`, "ED: 1\nES: 12\n");
    const { cases } = await openDataset(folder, "acdc");
    assertEquals(cases.map(({ id }) => id), ["patient001_2_ED", "patient001_2_ES"]);
    assertEquals(cases.map(({ subject }) => subject), ["patient001", "patient001"]);
  }));

Deno.test("acdc lists ED and ES of each patient and reads its label order", async () => {
  await inFolder(async (folder) => {
    await writePatient(folder);
    const { cases, labelCodes } = await openDataset(folder, "acdc");
    assertEquals(cases.map(({ id }) => id), ["patient001_ED", "patient001_ES"]);
    assertEquals([cases[1]!.subject, cases[1]!.domain], ["patient001", "ACDC"]);
    assertEquals(labelCodes, ACDC_CODES);
    const { label } = await cases[1]!.load();
    assertEquals(label!.data, tinyHeart().label.data);
  });
});

Deno.test("acdc names the missing frame, label, information file or patients", async () => {
  await inFolder(async (folder) => {
    const refused = (text: string) =>
      assertRejects(() => openDataset(folder, "acdc"), DatasetError, text);
    await refused("no folder named patientNNN");
    await writePatient(folder, "ED: 1\nGroup: NOR\n");
    await refused("Info.cfg: it names no ES frame");
    await writePatient(folder, "ED: 1\nES: 9\n");
    await refused("the image of its ES frame is missing (patient001_frame09.nii.gz)");
    await writePatient(folder);
    await Deno.remove(`${folder}/patient001/patient001_frame12_gt.nii.gz`);
    await refused("the label of its ES frame is missing");
    const { cases } = await openDataset(folder, "acdc", { labels: "optional" });
    assertEquals((await cases[1]!.load()).label, undefined);
    await Deno.remove(`${folder}/patient001/Info.cfg`);
    await refused("Info.cfg");
  });
  await assertRejects(() => openDataset("/no/such/place", "acdc"), DatasetError, "/no/such/place");
});

const REAL = new URL("../../../../../shared/data/acdc", import.meta.url).pathname;
const COMES_BACK = "acdc prepares real volumes, and their labels come back";

Deno.test({
  ...await whereThereIs(REAL, COMES_BACK),
  fn: async () => {
    const { cases } = await openDataset(REAL, "acdc");
    const prepared = await prepareCase(cases.find(({ id }) => id === "patient041_ED")!);
    const back = prepared.restore(prepared.labels!);
    for (const c of [1, 2, 3]) {
      const value = dice(back.data, prepared.reference.label!.data, c);
      if (!(value > 0.97)) throw new Error(`class ${c}: Dice ${value}`);
    }
  },
});
