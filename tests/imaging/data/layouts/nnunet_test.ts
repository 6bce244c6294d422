import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../../deps.ts";
import { taskSchema } from "../../../../lib/base/task/task.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { openDataset, recogniseLayout } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import { inFolder } from "../tiny_heart.ts";
import { firstClasses, firstVoxels, namesOf, writeText, writeVoxels } from "./tiny_files.ts";

const LIST = {
  channel_names: { "0": "T2", "1": "ADC" },
  labels: { background: 0, gland: 1, tumour: 2, ignore: 3 },
  numTraining: 2,
  file_ending: ".nii.gz",
};

async function writeCases(folder: string, list: unknown = LIST) {
  await writeText(`${folder}/dataset.json`, list);
  for (const [part, names] of [["Tr", ["a_01", "a_02"]], ["Ts", ["a_03", "a_04"]]] as const) {
    for (const name of names) {
      await writeVoxels(`${folder}/images${part}/${name}_0000.nii.gz`, 5);
      await writeVoxels(`${folder}/images${part}/${name}_0001.nii.gz`, 6);
      if (name !== "a_04") await writeVoxels(`${folder}/labels${part}/${name}.nii.gz`, 1, 2, 3);
    }
  }
}

Deno.test("nnunet reads channels, labels, what is ignored, and the test cases that are labelled", () =>
  inFolder(async (folder) => {
    await writeCases(folder);
    await writeText(`${folder}/imagesTr/._a_01_0000.nii.gz`, "left by another system");
    const dataset = await openDataset(folder);
    assertEquals(dataset.layout, "nnunet");
    assertEquals(dataset.task, {
      labels: [
        { name: "background", codes: [0] },
        { name: "gland", codes: [1] },
        { name: "tumour", codes: [2] },
      ],
      ignore: 3,
      channels: [{ name: "T2" }, { name: "ADC" }],
    });
    assertEquals(namesOf(dataset), [
      "a_01 a_01 1 unknown",
      "a_02 a_02 1 unknown",
      "a_03 a_03 1 unknown",
    ]);
    assertEquals(dataset.cases.map(({ part }) => part), ["train", "train", "test"]);
    assertEquals(await firstVoxels(dataset.cases[0]!), [5, 6]);
    assertEquals(await firstClasses(dataset.cases[2]!, 4), [1, 2, 255, 0]);
    assertEquals(dataset.notices, [
      "read as nnunet: dataset.json with channel_names, as in nnU-Net",
      "passed over 1 image without a label: a_04",
    ]);
  }));

Deno.test("nnunet reads its first version, which decathlon would take for its own but for the files", () =>
  inFolder(async (folder) => {
    const { channel_names: modality } = LIST;
    const training = ["a_01", "a_02"].map((name) => ({
      image: `./imagesTr/${name}.nii.gz`,
      label: `./labelsTr/${name}.nii.gz`,
    }));
    const labels = { "0": "background", "1": "gland", "2": "tumour", "3": "other" };
    await writeCases(folder, { modality, labels, training, tensorImageSize: "3D" });
    assertEquals((await recogniseLayout(folder)).layout, "nnunet");
    const { task, cases } = await openDataset(folder);
    assertEquals(task.labels.map(({ name, codes }) => `${name} ${codes}`), [
      "background 0",
      "gland 1",
      "tumour 2",
      "other 3",
    ]);
    assertEquals(cases.length, 3);
    for (const name of ["a_01", "a_02"]) {
      await writeVoxels(`${folder}/imagesTr/${name}.nii.gz`, 5);
    }
    assertEquals((await recogniseLayout(folder)).layout, "decathlon");
  }));

Deno.test("nnunet reads paths from the key dataset, and keeps frames of one stem together", () =>
  inFolder(async (folder) => {
    const dataset: Record<string, unknown> = {};
    for (const name of ["p1_frame01", "p1_frame12", "p2_frame01"]) {
      await writeVoxels(`${folder}/elsewhere/${name}.nii`, 5);
      await writeVoxels(`${folder}/elsewhere/${name}_label.nii`, 1);
      dataset[name] = {
        images: [`elsewhere/${name}.nii`],
        label: `elsewhere/${name}_label.nii`,
      };
    }
    const list = { ...LIST, channel_names: { "0": "MR" }, dataset, numTraining: 4 };
    await writeText(`${folder}/dataset.json`, list);
    const read = await openDataset(folder, "nnunet");
    assertEquals(namesOf(read), [
      "p1_frame01 p1 frame01 unknown",
      "p1_frame12 p1 frame12 unknown",
      "p2_frame01 p2 frame01 unknown",
    ]);
    assertStringIncludes(read.notices.join("\n"), "3 images of 2 subjects");
    assertStringIncludes(read.notices.join("\n"), "tells of 4 training cases, there are 3");
  }));

Deno.test("nnunet trains regions as their exclusive parts, and keeps them", () =>
  inFolder(async (folder) => {
    await writeCases(folder, {
      ...LIST,
      labels: {
        background: 0,
        "whole tumour": [1, 2, 3],
        "tumour core": [2, 3],
        "enhancing tumour": 3,
      },
      regions_class_order: [1, 2, 3],
    });
    const { task, cases } = await openDataset(folder);
    assertEquals(task.labels, [
      { name: "background", codes: [0] },
      { name: "whole tumour without tumour core", codes: [1] },
      { name: "tumour core without enhancing tumour", codes: [2] },
      { name: "enhancing tumour", codes: [3] },
    ]);
    assertEquals(task.regions, [
      { name: "whole tumour", classes: [1, 2, 3] },
      { name: "tumour core", classes: [2, 3] },
      { name: "enhancing tumour", classes: [3] },
    ]);
    assert(taskSchema.safeParse(task).success);
    assertEquals(await firstClasses(cases[0]!, 4), [1, 2, 3, 0]);
  }));

Deno.test("nnunet tells in one line all that is wrong with dataset.json or its files", () =>
  inFolder(async (folder) => {
    await writeCases(folder);
    const refused = async (text: string) => {
      const error = await assertRejects(() => openDataset(folder, "nnunet"), DatasetError, text);
      assertStringIncludes(error.message, folder);
      assert(!error.message.includes("\n"), error.message);
    };
    for (
      const [value, text] of [
        ["null", "it is null, wanted object"],
        ["{", "it is no JSON"],
        ["{}", "labels is missing"],
        [{ labels: LIST.labels }, 'key "channel_names" is missing'],
        [{ ...LIST, labels: null }, "labels is null"],
        [{ ...LIST, labels: { background: 0, gland: "one" } }, "labels is {"],
        [{ ...LIST, labels: { gland: 1 } }, "labels has no background"],
        [{ ...LIST, channel_names: 3 }, "channel_names is 3"],
        [{ ...LIST, file_ending: undefined }, 'key "file_ending" is missing'],
        [{ ...LIST, file_ending: ".png" }, 'file_ending is ".png": Tandem reads .nii.gz and .nii'],
        [{ ...LIST, file_ending: ".mha", channel_names: undefined }, "is missing (in the first"],
        [{ ...LIST, labels: { background: 0, a: 1, b: 1 } }, "the code 1 stands for two labels"],
        [{ ...LIST, file_ending: ".nii" }, "imagesTr holds no CASE_0000.nii"],
      ] as const
    ) {
      await writeText(`${folder}/dataset.json`, value);
      await refused(text);
    }
    await writeText(`${folder}/dataset.json`, LIST);
    await Deno.remove(`${folder}/imagesTr/a_01_0001.nii.gz`);
    await Deno.remove(`${folder}/imagesTr/a_02_0000.nii.gz`);
    await refused("a_01_0001.nii.gz is missing; imagesTr: the channel a_02_0000.nii.gz");
    await writeText(`${folder}/dataset.json`, { ...LIST, channel_names: { "0": "T2" } });
    await refused("a_02_0001.nii.gz is none of the 1 channels");
  }));

const REAL = new URL("../../../../../shared/data/decathlon/Task04_Hippocampus", import.meta.url);
const missing = await Deno.stat(REAL).then(() => false, () => true);
Deno.test({
  name: `nnunet reads the hippocampus as decathlon does${
    missing ? " (../shared/data/decathlon is missing)" : ""
  }`,
  ignore: missing,
  fn: () =>
    inFolder(async (folder) => {
      for (const part of ["imagesTr", "labelsTr"]) {
        await Deno.mkdir(`${folder}/${part}`);
        for await (const { name } of Deno.readDir(`${REAL.pathname}/${part}`)) {
          const to = part === "imagesTr" ? name.replace(".nii.gz", "_0000.nii.gz") : name;
          await Deno.symlink(`${REAL.pathname}/${part}/${name}`, `${folder}/${part}/${to}`);
        }
      }
      // Its list is that of nnU-Net's first version.
      await Deno.copyFile(`${REAL.pathname}/dataset.json`, `${folder}/dataset.json`);
      const [ours, theirs] = [await openDataset(folder), await openDataset(REAL.pathname)];
      assertEquals([ours.layout, theirs.layout], ["nnunet", "decathlon"]);
      assertEquals(ours.task, theirs.task);
      assertEquals(namesOf(ours), namesOf(theirs));
      const label = async ({ cases }: typeof ours) => (await cases[40]!.load()).label!.data;
      assertEquals(await label(ours), await label(theirs));
    }),
});
