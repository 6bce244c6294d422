import { whereThereIs } from "../../../where_there_is.ts";
import { assert, assertEquals, assertRejects } from "../../../deps.ts";
import { prepareCase } from "../../../../lib/imaging/data/preparation/prepare_case.ts";
import { dice } from "../../../../lib/imaging/metrics/dice.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { ACDC_TASK } from "../../../../lib/imaging/data/layouts/cardiac.ts";
import { openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import { inFolder } from "../tiny_heart.ts";
import { firstClasses, writeText, writeVoxels } from "./tiny_files.ts";

async function writePatient(
  folder: string,
  info = "ED: 1\nES: 12\nGroup: NOR\n",
  code = "patient001",
) {
  for (const frame of ["01", "12"]) {
    await writeVoxels(`${folder}/${code}/${code}_frame${frame}.nii.gz`, 5);
    await writeVoxels(`${folder}/${code}/${code}_frame${frame}_gt.nii.gz`, 1, 2, 3);
  }
  await writeText(`${folder}/${code}/Info.cfg`, info);
}

Deno.test("acdc lists the repeats of a patient that a suite writes", () =>
  inFolder(async (folder) => {
    await writePatient(folder, "ED: 1\nES: 12\n", "patient001_2");
    const { cases } = await openDataset(folder, "acdc");
    assertEquals(cases.map(({ id }) => id), ["patient001_2_ED", "patient001_2_ES"]);
    assertEquals(cases.map(({ subject }) => subject), ["patient001", "patient001"]);
  }));

Deno.test("acdc lists ED and ES of each patient, linked folders too, and reads its label order", () =>
  inFolder(async (folder) => {
    await writePatient(`${folder}/far`);
    await Deno.mkdir(`${folder}/near`);
    await Deno.symlink(`${folder}/far/patient001`, `${folder}/near/patient001`);
    const { cases, task, notices } = await openDataset(`${folder}/near`);
    assertEquals(cases.map(({ id }) => id), ["patient001_ED", "patient001_ES"]);
    assertEquals([cases[1]!.subject, cases[1]!.domain], ["patient001", "ACDC"]);
    assertEquals(task, ACDC_TASK);
    assertEquals(await firstClasses(cases[1]!, 4), [3, 2, 1, 0]);
    assertEquals(notices, ["read as acdc: patient001/Info.cfg, as in ACDC"]);
  }));

Deno.test("acdc names every missing frame and information file, and passes over missing labels", () =>
  inFolder(async (folder) => {
    const refused = (text: string) =>
      assertRejects(() => openDataset(folder, "acdc"), DatasetError, text);
    await refused("no folder named patientNNN");
    await writePatient(folder, "ED: 1\nGroup: NOR\n");
    await refused("Info.cfg: it names no ES frame");
    await writePatient(folder, "ED: 1\nES: 9\n");
    await writePatient(folder, "ED: 3\nES: 12\n", "patient002");
    await refused("the image of its ES frame is missing (patient001_frame09.nii.gz)");
    await refused("the image of its ED frame is missing (patient002_frame03.nii.gz)");
    await writePatient(folder);
    await Deno.remove(`${folder}/patient002`, { recursive: true });
    await Deno.remove(`${folder}/patient001/patient001_frame12_gt.nii.gz`);
    const { cases, notices } = await openDataset(folder, "acdc");
    assertEquals(cases.map(({ id }) => id), ["patient001_ED"]);
    assertEquals(notices, ["passed over 1 image without a label: patient001_ES"]);
    const all = await openDataset(folder, "acdc", { labels: "optional" });
    assertEquals((await all.cases[1]!.load()).label, undefined);
    await Deno.remove(`${folder}/patient001/Info.cfg`);
    await refused("Info.cfg");
    await assertRejects(() => openDataset("/no/such", "acdc"), DatasetError, "/no/such");
  }));

const REAL = new URL("../../../../../shared/data/acdc", import.meta.url).pathname;

Deno.test({
  ...await whereThereIs(REAL, "acdc prepares real volumes, and their labels come back"),
  fn: async () => {
    const { cases, layout } = await openDataset(REAL);
    assertEquals([layout, cases.length], ["acdc", 56]);
    const prepared = await prepareCase(cases.find(({ id }) => id === "patient041_ED")!);
    const back = prepared.restore(prepared.labels!);
    for (const c of [1, 2, 3]) {
      const value = dice(back.data, prepared.reference.label!.data, c);
      assert(value > 0.97, `class ${c}: Dice ${value}`);
    }
  },
});
