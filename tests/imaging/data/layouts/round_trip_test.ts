import { assert, assertEquals } from "../../../deps.ts";
import type { LayoutName } from "../../../../lib/names.ts";
import { toCodes } from "../../../../lib/base/task/label_codes.ts";
import type { Task } from "../../../../lib/base/task/task.ts";
import { LAYOUTS, openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import type { OpenDatasetOptions } from "../../../../lib/imaging/data/layouts/layout.ts";
import { inFolder } from "../tiny_heart.ts";
import { firstVoxels, namesOf, writeFrames, writeText, writeVoxels } from "./tiny_files.ts";

/** Makes data sets with everything in them that a layout can hold. */
const MAKERS: Record<LayoutName, (folder: string) => Promise<OpenDatasetOptions | void>> = {
  async nnunet(folder) {
    await writeText(`${folder}/dataset.json`, {
      channel_names: { "0": "T2", "1": "ADC" },
      labels: { background: 0, whole: [1, 2], core: [2], ignore: 3 },
      regions_class_order: [1, 2],
      file_ending: ".nii.gz",
    });
    for (const [part, name] of [["Tr", "p1_frame01"], ["Tr", "p1_frame02"], ["Ts", "p2"]]) {
      await writeVoxels(`${folder}/images${part}/${name}_0000.nii.gz`, 5);
      await writeVoxels(`${folder}/images${part}/${name}_0001.nii.gz`, 6);
      await writeVoxels(`${folder}/labels${part}/${name}.nii.gz`, 1, 2, 3);
    }
  },
  async decathlon(folder) {
    const names = ["p_1", "p_2"];
    await writeText(`${folder}/dataset.json`, {
      modality: { "0": "T2", "1": "ADC" },
      labels: { "0": "background", "2": "PZ", "1": "TZ" },
      training: names.map((name) => ({
        image: `./imagesTr/${name}.nii.gz`,
        label: `./labelsTr/${name}.nii.gz`,
      })),
    });
    for (const name of names) {
      await writeFrames(`${folder}/imagesTr/${name}.nii.gz`, 5, 6);
      await writeVoxels(`${folder}/labelsTr/${name}.nii.gz`, 1, 2);
    }
  },
  async bids(folder) {
    await writeText(`${folder}/participants.tsv`, "participant_id\tcenter\nsub-1\tX\nsub-2\tY\n");
    for (
      const stem of [
        "sub-1/ses-1/anat/sub-1_ses-1_run-2",
        "sub-1/ses-2/anat/sub-1_ses-2",
        "sub-2/anat/sub-2",
      ]
    ) {
      await writeVoxels(`${folder}/${stem}_T1w.nii.gz`, 5);
      await writeVoxels(`${folder}/${stem}_FLAIR.nii.gz`, 6);
      await writeVoxels(`${folder}/derivatives/x/${stem}_label-A_mask.nii.gz`, 1, 1);
      await writeVoxels(`${folder}/derivatives/x/${stem}_label-B_mask.nii.gz`, 0, 1);
    }
    return { bids: { image: ["T1w", "FLAIR"] } };
  },
  async folder(folder) {
    await writeText(`${folder}/cases.json`, {
      task: {
        labels: [
          { name: "nothing", codes: [0] },
          { name: "blood", codes: [500], role: "blood", colour: "#112233" },
          { name: "wall", codes: [2] },
        ],
        channels: [{ name: "T2" }, { name: "late/enhanced" }],
        ignore: 7,
      },
      cases: ["a", "b"].map((subject) => ({
        ...{ image: "1.nii", image_2: "2.nii", label: "l.nii", subject },
        ...{ domain: `site ${subject}`, frame: "t 1", id: `odd/${subject}` },
      })),
    });
    await writeVoxels(`${folder}/1.nii`, 5);
    await writeVoxels(`${folder}/2.nii`, 6);
    await writeVoxels(`${folder}/l.nii`, 500, 2, 7);
  },
  async acdc(folder) {
    for (const code of ["patient001", "patient002"]) {
      for (const frame of ["03", "11"]) {
        await writeVoxels(`${folder}/${code}/${code}_frame${frame}.nii.gz`, 5);
        await writeVoxels(`${folder}/${code}/${code}_frame${frame}_gt.nii.gz`, 1, 2, 3);
      }
      await writeText(`${folder}/${code}/Info.cfg`, "ED: 3\nES: 11\nGroup: DCM\n");
    }
  },
  async mnms(folder) {
    for (const frame of ["ED", "ES"]) {
      await writeVoxels(`${folder}/A1/A1_sa_${frame}.nii.gz`, 5);
      await writeVoxels(`${folder}/A1/A1_sa_${frame}_gt.nii.gz`, 1, 2, 3);
    }
    await writeText(`${folder}/info.csv`, "External code,Vendor\nA1,B\n");
  },
};

/** Writes a data set as its layout places it. */
async function write(
  layout: LayoutName,
  from: string,
  to: string,
  options: OpenDatasetOptions,
  repeats: number,
): Promise<Task> {
  const { cases, task } = await openDataset(from, layout, options);
  const written = [];
  for (const source of cases) {
    for (let n = 1; n <= repeats; n++) {
      const repeat = repeats > 1 ? { repeat: n } : {};
      const files = LAYOUTS[layout].place({ ...source, ...repeat }, task);
      const firsts = await firstVoxels(source);
      if (files.images.length === firsts.length) {
        for (const [c, image] of files.images.entries()) {
          await writeVoxels(`${to}/${image}`, firsts[c]!);
        }
      } else await writeFrames(`${to}/${files.images[0]}`, ...firsts);
      const codes = toCodes((await source.load()).label!.data, task);
      await writeVoxels(`${to}/${files.label}`, ...codes);
      written.push({ ...source, ...repeat, files });
    }
  }
  await LAYOUTS[layout].finish(to, { name: "written", task, cases: written });
  return task;
}

for (const layout of Object.keys(LAYOUTS) as LayoutName[]) {
  Deno.test(`what ${layout} writes is recognised and read as it was`, () =>
    inFolder(async (folder) => {
      const [from, to] = [`${folder}/from`, `${folder}/to`];
      const options = await MAKERS[layout](from) ?? {};
      const before = await openDataset(from, "auto", options);
      assertEquals(before.layout, layout);
      await write(layout, from, to, options, 1);
      // A suite of a suite has to keep all of it, too.
      await write(layout, to, `${folder}/again`, {}, 1);
      for (const place of [to, `${folder}/again`]) {
        const after = await openDataset(place);
        assertEquals(after.layout, layout);
        assertEquals(after.task, before.task);
        assertEquals(namesOf(after), namesOf(before));
        assertEquals(after.cases.map(({ part }) => part), before.cases.map(({ part }) => part));
        for (const [n, source] of after.cases.entries()) {
          assertEquals(await firstVoxels(source), await firstVoxels(before.cases[n]!));
          const { data } = (await source.load()).label!;
          assertEquals(data, (await before.cases[n]!.load()).label!.data);
        }
      }
    }));

  Deno.test(`repeats that ${layout} writes are cases of their own, of the same subjects`, () =>
    inFolder(async (folder) => {
      const [from, to] = [`${folder}/from`, `${folder}/to`];
      const options = await MAKERS[layout](from) ?? {};
      const before = await openDataset(from, layout, options);
      await write(layout, from, to, options, 2);
      const after = await openDataset(to, layout);
      assertEquals(after.cases.length, 2 * before.cases.length);
      const tally = (subjects: readonly { subject: string; domain: string }[], times: number) =>
        subjects.flatMap(({ subject, domain }) => Array(times).fill(`${subject} ${domain}`)).sort();
      assertEquals(tally(after.cases, 1), tally(before.cases, 2));
      assert(after.notices.every((line) => !line.includes("passed over")), after.notices.join());
    }));
}

Deno.test("what nnunet writes tells the order of regions, for programs that write them in turn", () =>
  inFolder(async (folder) => {
    await MAKERS.nnunet(`${folder}/from`);
    await write("nnunet", `${folder}/from`, `${folder}/to`, {}, 1);
    const { labels, regions_class_order: order } = JSON.parse(
      await Deno.readTextFile(`${folder}/to/dataset.json`),
    );
    assertEquals(labels, { background: 0, whole: [1, 2], core: 2, ignore: 3 });
    assertEquals(order, [1, 2]);
  }));

Deno.test("acdc keeps what its information files tell", () =>
  inFolder(async (folder) => {
    await MAKERS.acdc(`${folder}/from`);
    await write("acdc", `${folder}/from`, `${folder}/to`, {}, 1);
    const info = await Deno.readTextFile(`${folder}/to/patient001/Info.cfg`);
    assertEquals(info, "ED: 3\nES: 11\nGroup: DCM\n");
  }));
