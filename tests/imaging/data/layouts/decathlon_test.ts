import { assertEquals, assertRejects, assertStringIncludes } from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import { inFolder } from "../tiny_heart.ts";
import {
  firstClasses,
  firstVoxels,
  namesOf,
  writeFrames,
  writeText,
  writeVoxels,
} from "./tiny_files.ts";

const LIST = {
  name: "Prostate",
  tensorImageSize: "4D",
  modality: { "0": "T2", "1": "ADC" },
  labels: { "0": "background", "1": "PZ", "2": "TZ" },
  numTraining: 2,
  training: ["001", "._001", "002"].map((name) => ({
    image: `./imagesTr/${name}.nii.gz`,
    label: `./labelsTr/${name}.nii.gz`,
  })),
  test: ["./imagesTs/009.nii.gz", "./imagesTs/010.nii.gz"],
};

async function writeCases(folder: string) {
  await writeText(`${folder}/dataset.json`, LIST);
  for (const name of ["001", "002"]) {
    await writeFrames(`${folder}/imagesTr/${name}.nii.gz`, 7, 8);
    await writeVoxels(`${folder}/labelsTr/${name}.nii.gz`, 2, 1);
  }
  await writeText(`${folder}/imagesTr/._001.nii.gz`, "left by another system");
  await writeText(`${folder}/labelsTr/._001.nii.gz`, "left by another system");
  await writeFrames(`${folder}/imagesTs/009.nii.gz`, 7, 8);
}

Deno.test("decathlon reads its list, and the fourth axis as channels", () =>
  inFolder(async (folder) => {
    await writeCases(folder);
    const dataset = await openDataset(folder);
    assertEquals(dataset.layout, "decathlon");
    assertEquals(dataset.task, {
      labels: [
        { name: "background", codes: [0] },
        { name: "PZ", codes: [1] },
        { name: "TZ", codes: [2] },
      ],
      channels: [{ name: "T2" }, { name: "ADC" }],
    });
    assertEquals(namesOf(dataset), ["001 001 1 unknown", "002 002 1 unknown"]);
    assertEquals(await firstVoxels(dataset.cases[0]!), [7, 8]);
    assertEquals(await firstClasses(dataset.cases[0]!, 3), [2, 1, 0]);
    assertStringIncludes(dataset.notices.join("\n"), "passed over 1 image without a label: 009");
    assertStringIncludes(
      dataset.notices.join("\n"),
      "1 images of the list test that are not there",
    );
    const { cases } = await openDataset(folder, "auto", { labels: "optional" });
    assertEquals(cases.map(({ id, part }) => `${id} ${part}`), [
      "001 undefined",
      "002 undefined",
      "009 test",
    ]);
  }));

Deno.test("decathlon tells in one line all that is wrong", () =>
  inFolder(async (folder) => {
    await writeCases(folder);
    const refused = (text: string) =>
      assertRejects(() => openDataset(folder, "decathlon"), DatasetError, text);
    for (
      const [value, text] of [
        ["[]", "it is [], wanted object"],
        [{ ...LIST, modality: undefined, training: undefined }, "modality is missing, "],
        [{ ...LIST, training: "all" }, 'training is "all"'],
        [{ ...LIST, training: [{ label: "a" }] }, "training.0 is"],
        [{ ...LIST, labels: ["a"] }, "labels is"],
        [{ ...LIST, labels: { "1": "PZ" } }, "labels has no background"],
      ] as const
    ) {
      await writeText(`${folder}/dataset.json`, value);
      await refused(text);
    }
    await writeText(`${folder}/dataset.json`, LIST);
    await Deno.remove(`${folder}/imagesTr/001.nii.gz`);
    await Deno.remove(`${folder}/labelsTr/002.nii.gz`);
    await refused("001.nii.gz; training: there is no file");
  }));

const REAL = new URL("../../../../../shared/data/decathlon/Task04_Hippocampus", import.meta.url);
const missing = await Deno.stat(REAL).then(() => false, () => true);
Deno.test({
  name: `decathlon reads the hippocampus${missing ? " (../shared/data/decathlon is missing)" : ""}`,
  ignore: missing,
  async fn() {
    const { cases, task, notices, layout } = await openDataset(REAL.pathname);
    assertEquals([layout, cases.length, notices.length], ["decathlon", 80, 1]);
    assertEquals(task.labels.map(({ name }) => name), ["background", "Anterior", "Posterior"]);
    assertEquals(new Set(cases.map(({ subject }) => subject)).size, 80);
    const { label } = await cases[0]!.load();
    assertEquals([1, 2].map((c) => label!.data.filter((value) => value === c).length), [
      1324,
      1624,
    ]);
  },
});

Deno.test("decathlon refuses a list that names files outside its folder", () =>
  inFolder(async (folder) => {
    await writeCases(folder);
    const [first] = LIST.training;
    const entries = [
      { ...first, image: "../other/001.nii.gz" },
      { ...first, label: "/etc/001.nii.gz" },
      { ...first, image: "imagesTr/../../x.nii.gz" },
    ];
    for (const entry of entries) {
      await writeText(`${folder}/dataset.json`, { ...LIST, training: [entry] });
      await assertRejects(() => openDataset(folder), DatasetError, "outside its folder");
    }
    const inside = { ...first, image: `${folder}/imagesTr/001.nii.gz`, label: "..x.nii.gz" };
    await writeVoxels(`${folder}/..x.nii.gz`, 2, 1);
    await writeText(`${folder}/dataset.json`, { ...LIST, training: [inside] });
    assertEquals((await openDataset(folder)).cases.length, 1);
  }));
