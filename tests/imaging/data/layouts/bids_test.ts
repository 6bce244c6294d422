import { assertEquals, assertRejects, assertStringIncludes } from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import { inFolder } from "../tiny_heart.ts";
import { firstClasses, firstVoxels, namesOf, writeText, writeVoxels } from "./tiny_files.ts";

/** Two subjects, one of them with two sessions, and masks named after their images. */
async function writeCord(folder: string) {
  await writeText(`${folder}/dataset_description.json`, { Name: "cord", BIDSVersion: "1.8.0" });
  await writeText(
    `${folder}/participants.tsv`,
    "participant_id\tage\tSite\nsub-01\t30\tUCL\nsub-02\tn/a\tMilan\nsub-03\t50\tn/a\n",
  );
  for (
    const stem of [
      "sub-01/ses-1/anat/sub-01_ses-1",
      "sub-01/ses-2/anat/sub-01_ses-2",
      "sub-02/anat/sub-02",
    ]
  ) {
    await writeVoxels(`${folder}/${stem}_T2w.nii.gz`, 4);
    const label = `${folder}/derivatives/labels/${stem}_T2w`;
    await writeVoxels(`${label}_seg-manual.nii.gz`, 1, 1, 0.4);
    await writeVoxels(`${label}_gmseg-manual.nii.gz`, 0, 0.9);
  }
}

Deno.test("bids reads masks as labels, the inner over the outer, and the domain of participants", () =>
  inFolder(async (folder) => {
    await writeCord(folder);
    await writeText(`${folder}/sub-04/anat/sub-04_T2w.json`, {});
    const dataset = await openDataset(folder);
    assertEquals(dataset.layout, "bids");
    assertEquals(dataset.task, {
      labels: [
        { name: "background", codes: [0] },
        { name: "seg-manual", codes: [1] },
        { name: "gmseg-manual", codes: [2] },
      ],
      channels: [{ name: "T2w" }],
    });
    assertEquals(namesOf(dataset), [
      "sub-01_ses-1 sub-01 ses-1 UCL",
      "sub-01_ses-2 sub-01 ses-2 UCL",
      "sub-02 sub-02 1 Milan",
    ]);
    assertEquals(await firstClasses(dataset.cases[0]!, 3), [1, 2, 0]);
    const told = dataset.notices.join("\n");
    assertStringIncludes(told, "_seg-manual, _gmseg-manual; where they overlap the smaller one");
    assertStringIncludes(told, "passed over 2 subjects without T2w: sub-04, sub-03");
  }));

Deno.test("bids reads what its options name, and tells what is not there", () =>
  inFolder(async (folder) => {
    await writeCord(folder);
    const labels = [
      { name: "grey matter", suffix: "gmseg-manual" },
      { name: "cord", suffix: "seg-manual" },
    ];
    const open = (
      bids: Parameters<typeof openDataset>[2] & object extends { bids?: infer B } ? B : never,
    ) => openDataset(folder, "bids", { bids });
    const { task, cases } = await open({ labels, domain: "age" });
    assertEquals(task.labels.map(({ name }) => name), ["background", "grey matter", "cord"]);
    assertEquals(cases.map(({ domain }) => domain), ["30", "30", "unknown"]);
    assertEquals(await firstClasses(cases[0]!, 3), [2, 2, 0], "the later one wins");
    for (
      const [bids, text] of [
        [{ labels: [{ name: "x", suffix: "lesion" }] }, "no label ends in _lesion"],
        [{ image: "T1w" }, "no image ends in _T1w (bids.image); there are _T2w"],
        [{ derivative: "sct" }, "no derivatives/sct (bids.derivative), wanted one of labels"],
        [{ domain: "vendor" }, "no column of participants.tsv (participant_id, age, Site)"],
      ] as const
    ) {
      await assertRejects(() => open(bids), DatasetError, text);
    }
    // Without a table, the sidecars tell.
    await Deno.remove(`${folder}/participants.tsv`);
    const sidecar = `${folder}/sub-02/anat/sub-02_T2w.json`;
    await writeText(sidecar, { Manufacturer: "Siemens", MagneticFieldStrength: 3 });
    assertEquals((await open({})).cases.map(({ domain }) => domain), [
      "unknown",
      "unknown",
      "Siemens",
    ]);
    assertEquals((await open({ domain: "magneticfieldstrength" })).cases[2]!.domain, "3");
    for (const [value, domain] of [[null, "unknown"], [{ toString: null }, '{"toString":null}']]) {
      await writeText(sidecar, { Manufacturer: value });
      assertEquals((await open({})).cases[2]!.domain, domain);
    }
  }));

Deno.test("bids reads label maps with their table, channels, and passes over other spaces", () =>
  inFolder(async (folder) => {
    for (const subject of ["sub-a", "sub-b"]) {
      for (const [n, suffix] of ["T1w", "FLAIR"].entries()) {
        await writeVoxels(`${folder}/${subject}/anat/${subject}_${suffix}.nii.gz`, 4 + n);
      }
      const at = `${folder}/derivatives/seg/${subject}/anat/${subject}`;
      await writeVoxels(`${at}_dseg.nii.gz`, 10, 20, 99);
      await writeVoxels(`${at}_space-MNI_dseg.nii.gz`, 10);
    }
    await writeText(
      `${folder}/derivatives/seg/dseg.tsv`,
      "index\tname\tcolor\n10\tthalamus\t#FF0000\n20\tputamen\tn/a\n99\tignore\tn/a\n",
    );
    await assertRejects(
      () => openDataset(folder),
      DatasetError,
      "its images end in _FLAIR, _T1w; choose one, or one a channel, by bids.image",
    );
    const image = ["FLAIR", "T1w"];
    const dataset = await openDataset(folder, "auto", { bids: { image } });
    assertEquals(dataset.task, {
      labels: [
        { name: "background", codes: [0] },
        { name: "thalamus", codes: [10], colour: "#FF0000" },
        { name: "putamen", codes: [20] },
      ],
      ignore: 99,
      channels: [{ name: "FLAIR" }, { name: "T1w" }],
    });
    assertEquals(await firstVoxels(dataset.cases[0]!), [5, 4]);
    assertEquals(await firstClasses(dataset.cases[0]!, 4), [1, 2, 255, 0]);
    assertStringIncludes(
      dataset.notices.join("\n"),
      "another space than their image: sub-a_space-MNI",
    );
    await Deno.remove(`${folder}/sub-b/anat/sub-b_T1w.nii.gz`);
    const { notices } = await openDataset(folder, "bids", { bids: { image } });
    assertStringIncludes(notices.join("\n"), "without all of FLAIR, T1w: sub-b_FLAIR.nii.gz");
    await Deno.remove(`${folder}/derivatives/seg/dseg.tsv`);
    const unnamed = await openDataset(folder, "bids", { bids: { image } });
    assertEquals(unnamed.task.labels.map(({ name }) => name), [
      "background",
      "label 10",
      "label 20",
      "label 99",
    ]);
  }));

Deno.test("bids names label-X masks after X, and asks where labels are there twice or not at all", () =>
  inFolder(async (folder) => {
    for (const subject of ["sub-1", "sub-2"]) {
      await writeVoxels(`${folder}/${subject}/anat/${subject}_T1w.nii.gz`, 4);
    }
    await assertRejects(
      () => openDataset(folder),
      DatasetError,
      "none of its 2 images has a label",
    );
    for (const subject of ["sub-1", "sub-2"]) {
      await writeVoxels(
        `${folder}/derivatives/a/${subject}/anat/${subject}_label-L_mask.nii.gz`,
        1,
      );
    }
    assertEquals((await openDataset(folder)).task.labels[1]!.name, "L");
    await writeVoxels(`${folder}/derivatives/b/sub-1/anat/sub-1_label-L_mask.nii.gz`, 1);
    await assertRejects(
      () => openDataset(folder),
      DatasetError,
      "bids.derivative chooses among a, b",
    );
    const { cases } = await openDataset(folder, "bids", { bids: { derivative: "b" } });
    assertEquals(cases.map(({ id }) => id), ["sub-1"]);
  }));

Deno.test("bids opens images without labels for prediction, by what a run segments", () =>
  inFolder(async (folder) => {
    await writeVoxels(`${folder}/sub-1/anat/sub-1_T1w.nii.gz`, 4);
    const labels = [{ name: "background", codes: [0] }, { name: "cord", codes: [7] }];
    const fallback = { labels, channels: [{ name: "T1" }] };
    const unlabelled = await openDataset(folder, "auto", { labels: "optional", fallback });
    assertEquals(unlabelled.task.labels, labels);
    assertEquals((await unlabelled.cases[0]!.load()).label, undefined);
    const bids = { labels: [{ name: "cord", suffix: "seg" }] };
    await assertRejects(() => openDataset(folder, "bids", { bids }), DatasetError, "ends in _seg");
    const wanted = await openDataset(folder, "bids", { labels: "optional", bids });
    assertEquals(wanted.task.labels[1]!.name, "cord");
    await writeVoxels(`${folder}/derivatives/x/sub-1/anat/sub-1_seg.nii.gz`, 1);
    assertEquals((await openDataset(folder, "bids", { fallback })).task.labels[1], {
      name: "cord",
      codes: [1],
    });
  }));

Deno.test("bids reads a lone kind of label as a mask, soft ones too, or by its codes", () =>
  inFolder(async (folder) => {
    const at = `${folder}/derivatives/x/sub-1/anat/sub-1_lesion.nii.gz`;
    await writeVoxels(`${folder}/sub-1/anat/sub-1_T1w.nii.gz`, 4);
    await writeVoxels(at, 0.9, 0.2);
    const mask = await openDataset(folder);
    assertEquals(mask.task.labels[1], { name: "lesion", codes: [1] });
    assertEquals(await firstClasses(mask.cases[0]!, 2), [1, 0]);
    await writeVoxels(at, 3, 1);
    const map = await openDataset(folder);
    assertEquals(map.task.labels.map(({ name }) => name), ["background", "label 1", "label 3"]);
    const labels = [{ name: "none", codes: [0] }, { name: "lesion", codes: [1, 3] }];
    const given = await openDataset(folder, "bids", {
      task: { labels, channels: [{ name: "T1" }] },
    });
    assertEquals(await firstClasses(given.cases[0]!, 3), [1, 1, 0]);
  }));

const REAL = new URL("../../../../../shared/data/bids/gm_challenge", import.meta.url);
const missing = await Deno.stat(REAL).then(() => false, () => true);
Deno.test({
  name: `bids reads a spinal cord${missing ? " (../shared/data/bids is missing)" : ""}`,
  ignore: missing,
  async fn() {
    const labels = [
      { name: "cord", suffix: "seg-manual" },
      { name: "grey matter", suffix: "gmseg-manual" },
    ];
    const { cases, task } = await openDataset(REAL.pathname, "auto", {
      bids: { labels, domain: "site" },
    });
    assertEquals(task.labels.map(({ name }) => name), ["background", "cord", "grey matter"]);
    assertEquals(cases.map(({ domain }) => domain), ["CEITEC", "UCL", "NWU", "Philips", "Milan"]);
    for (const source of cases) {
      await source.outline();
      const { data } = (await source.load()).label!;
      const [cord, grey] = [1, 2].map((c) => data.filter((value) => value === c).length);
      if (!(cord! > 500 && grey! > 100)) throw new Error(`${source.id}: ${cord}, ${grey}`);
    }
  },
});

Deno.test("bids finds the table of labels however its folder is written, and ends without one", () =>
  inFolder(async (folder) => {
    await writeText(`${folder}/dataset_description.json`, { Name: "a", BIDSVersion: "1.8.0" });
    await writeVoxels(`${folder}/sub-a/anat/sub-a_T1w.nii.gz`, 4);
    await writeVoxels(`${folder}/derivatives/seg/sub-a/anat/sub-a_dseg.nii.gz`, 1, 2);
    const table = `${folder}/dseg.tsv`;
    await writeText(table, "index\tname\n1\tliver\n2\tspleen\n");
    const ways = [folder, `${folder}/`, `${folder}/./`, ".", "./"];
    // in a process of its own: the folder that a process is in is that of all tests beside this one, too
    const names = async () => {
      const module = new URL(
        "../../../../lib/imaging/data/cases/open_dataset.ts",
        import.meta.url,
      );
      const { stdout } = await new Deno.Command(Deno.execPath(), {
        args: [
          ...["eval", "--no-check"],
          `import { openDataset } from ${JSON.stringify(module.href)};
for (const path of Deno.args) {
  console.log((await openDataset(path, "bids")).task.labels.map(({ name }) => name).join());
}`,
          ...ways,
        ],
        ...{ cwd: folder, stderr: "inherit" },
      }).output();
      return new TextDecoder().decode(stdout).trimEnd().split("\n");
    };
    assertEquals(await names(), ways.map(() => "background,liver,spleen"));
    await Deno.remove(table);
    assertEquals(await names(), ways.map(() => "background,label 1,label 2"));
  }));
