import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import { MNMS_TASK } from "../../../../lib/imaging/data/layouts/cardiac.ts";
import { inFolder } from "../tiny_heart.ts";
import { firstClasses, firstVoxels, namesOf, writeText, writeVoxels } from "./tiny_files.ts";

async function writeFour(folder: string) {
  for (const name of ["p1_ED", "p1_ES", "p2_ED", "p2_ES"]) {
    await writeVoxels(`${folder}/${name}.nii.gz`, 5);
    await writeVoxels(`${folder}/${name}_gt.nii.gz`, 1, 2);
  }
}

const ROWS = ["p1_ED", "p1_ES", "p2_ED", "p2_ES"]
  .map((name) => [`${name}.nii.gz`, `${name}_gt.nii.gz`, ...name.split("_")]);

Deno.test("folder reads lists however they are saved", () =>
  inFolder(async (folder) => {
    await writeFour(folder);
    const header = ["image", "label", "subject", "frame"];
    const table = (separator: string, rows: readonly (readonly string[])[]) =>
      rows.map((row) => row.join(separator)).join("\n") + "\n";
    const lists: Record<string, string> = {
      commas: table(",", [header, ...ROWS]),
      semicolons: table(";", [header, ...ROWS]),
      tabs: table("\t", [header, ...ROWS]),
      blanks: table(", ", [header, ...ROWS]),
      "mark, index and more": "\uFEFF" +
        table(",", [["", ...header, "age"], ...ROWS.map((row, n) => [String(n), ...row, "61"])]),
      windows: table(",", [header, ...ROWS]).replaceAll("\n", "\r\n"),
      quoted: table(",", [header, ...ROWS.map((row) => row.map((cell) => `"${cell}"`))]),
      capitals: table(",", [["Image", "LABEL", "Subject ", "Frame"], ...ROWS]),
      excel: "sep=;\n" + table(";", [header, ...ROWS]),
    };
    for (const [name, text] of Object.entries(lists)) {
      await writeText(`${folder}/cases.csv`, text);
      const dataset = await openDataset(folder, "folder");
      assertEquals(namesOf(dataset), [
        "p1_ED p1 ED unknown",
        "p1_ES p1 ES unknown",
        "p2_ED p2 ED unknown",
        "p2_ES p2 ES unknown",
      ], name);
      assertEquals(await firstClasses(dataset.cases[0]!, 3), [1, 2, 0], name);
      const told = dataset.notices.some((line) => line.includes("age"));
      assertEquals(told, name.includes("more"), name);
    }
  }));

Deno.test("folder names labels by the codes in the files where nothing else does", () =>
  inFolder(async (folder) => {
    await writeFour(folder);
    await writeVoxels(`${folder}/p2_ES_gt.nii.gz`, 1, 500);
    await writeText(
      `${folder}/cases.csv`,
      "image,label,subject\n" + ROWS.map((row) => row.slice(0, 3).join(",")).join("\n"),
    );
    const { task, notices } = await openDataset(folder, "folder");
    assertEquals(task.labels, [
      { name: "background", codes: [0] },
      { name: "label 1", codes: [1] },
      { name: "label 2", codes: [2] },
      { name: "label 500", codes: [500] },
    ]);
    assertStringIncludes(notices.join(), "data.labels names them");
    const known = await openDataset(folder, "folder", { fallback: MNMS_TASK });
    assertEquals(known.task, MNMS_TASK);
  }));

Deno.test("folder reads what a JSON list says of its labels and channels, in every form", () =>
  inFolder(async (folder) => {
    await writeFour(folder);
    const cases = ROWS.map(([image, label, subject]) => ({
      image,
      label,
      image_ADC: "p1_ES.nii.gz",
      subject,
    }));
    const list = `${folder}/mine.json`;
    const open = async (value: unknown) => {
      await writeText(list, value);
      return (await openDataset(list, "auto")).task;
    };
    const task = {
      labels: [{ name: "background", codes: [0] }, { name: "tumour", codes: [1, 2] }],
      channels: [{ name: "image" }, { name: "ADC" }],
    };
    assertEquals(await open({ task, cases }), task);
    assertEquals(await open({ labels: { tumour: [1, 2] }, cases }), {
      ...task,
      channels: [{ name: "channel 1" }, { name: "ADC" }],
    });
    const named = { labels: task.labels, channels: ["T2", "DWI"], ignore: 9 };
    const read = await open({ ...named, cases });
    assertEquals(read, { ...task, channels: [{ name: "T2" }, { name: "DWI" }], ignore: 9 });
    const { cases: [first] } = await openDataset(list, "folder");
    assertEquals(await firstVoxels(first!), [5, 5]);
    assertEquals(await firstClasses(first!, 2), [1, 1]);
    // The old form: codes without names.
    assertEquals((await open({ labelCodes: [0, 3, 2, 1], cases })).labels[1], {
      name: "LV",
      codes: [3],
      role: "blood",
    });
    assertEquals(
      (await open({ labelCodes: [0, 2, 1], cases })).labels.map(({ name }) => name),
      ["background", "label 2", "label 1"],
    );
  }));

Deno.test("folder keeps images of one stem or folder together where no subject is listed, and says so", () =>
  inFolder(async (folder) => {
    await writeFour(folder);
    await writeText(
      `${folder}/cases.csv`,
      "image,label\n" + ROWS.map((row) => row.slice(0, 2).join(",")).join("\n"),
    );
    const stems = await openDataset(folder, "folder");
    assertEquals(namesOf(stems)[1], "p1_ES p1 ES unknown");
    assertStringIncludes(stems.notices.join(), "4 images of 2 subjects");
    const rows: string[] = [];
    for (const subject of ["a", "b"]) {
      await writeVoxels(`${folder}/${subject}/image.nii.gz`, 1);
      await writeVoxels(`${folder}/${subject}/label.nii.gz`, 1);
      rows.push(`${subject}\\image.nii.gz,${subject}\\label.nii.gz`);
    }
    await writeText(`${folder}/cases.csv`, "image,label\n" + rows.join("\n"));
    assertEquals(namesOf(await openDataset(folder, "folder")), ["a a 1 unknown", "b b 1 unknown"]);
  }));

Deno.test("folder passes over images without a label, or keeps them to predict", () =>
  inFolder(async (folder) => {
    await writeFour(folder);
    await writeText(
      `${folder}/cases.csv`,
      "image,label,subject\np1_ED.nii.gz,p1_ED_gt.nii.gz,1\np2_ED.nii.gz,,2\n",
    );
    const { cases, notices } = await openDataset(folder, "folder");
    assertEquals(cases.map(({ id }) => id), ["1"]);
    assertStringIncludes(notices.join(), "passed over 1 image without a label: 2");
    const all = await openDataset(folder, "folder", { labels: "optional" });
    assertEquals((await all.cases[1]!.load()).label, undefined);
  }));

Deno.test("folder names all that is wrong with its list", () =>
  inFolder(async (folder) => {
    const refused = async (text: string) => {
      const error = await assertRejects(() => openDataset(folder, "folder"), DatasetError, text);
      assert(!/expected|received|\n/.test(error.message), error.message);
    };
    await refused("no cases.csv and no cases.json");
    const list = `${folder}/cases.json`;
    for (
      const [value, text] of [
        ["{", "it is no JSON"],
        ["null", 'it is null, wanted a list of cases, as {"cases": [{"image"'],
        ["5", "it is 5"],
        ["{}", "cases is missing, wanted a list of cases"],
        ["[]", 'lists no case; wanted {"cases"'],
        ["[7]", "cases.0 is 7, wanted a case, as in"],
        ['[{"image": {"a": 1}}]', 'case 1: image is {"a":1}'],
        ['[{"label": "b.nii"}]', "it has no column image"],
        ['[{"image": "", "label": "b.nii"}]', "no image in case 1"],
        ['{"cases": [{"image": "a.nii"}], "labels": {"x": "y"}}', "labels"],
      ] as const
    ) {
      await writeText(list, value);
      await refused(text);
    }
    await Deno.remove(list);
    for (
      const [text, wrong] of [
        ["img,seg\na,b", 'no column image, only "img", "seg"; wanted a header row with image'],
        ["a.nii,b.nii", 'lists no case, only the header row "a.nii", "b.nii"; wanted a header row'],
        ["", "lists no case; wanted a header row with image"],
      ] as const
    ) {
      await writeText(`${folder}/cases.csv`, text);
      await refused(wrong);
    }
    await Deno.remove(`${folder}/cases.csv`);
    await writeFour(folder);
    const row = { image: "p1_ED.nii.gz", label: "p1_ED_gt.nii.gz", subject: "s", frame: "ED" };
    await writeText(list, [row, row, { ...row, frame: "1" }, { ...row, frame: "1" }]);
    await refused("it lists s_ED, s_1 twice");
    await writeText(list, [row, { ...row, image: "no.nii", label: "none.nii" }]);
    await refused("no.nii; case 2: there is no file");
    for (const image of [".", "..", "./a/.."]) {
      await writeText(list, [{ ...row, image }]);
      await refused("is the folder of the list, or holds it");
    }
    if (Deno.build.os !== "windows") {
      await writeText(list, [{ ...row, image: "/dev/null" }]);
      await refused("/dev/null is neither a file nor a folder");
    }
    await writeText(list, [{ image: "p1_ED.nii.gz", lable: "p1_ED_gt.nii.gz" }]);
    await refused("lable (is label meant?)");
    await Deno.remove(list);
    await writeText(`${folder}/cases.csv`, "scan,mask\na.nii,b.nii\n");
    await refused('no column image, only "scan", "mask"');
    await writeText(`${folder}/cases.csv`, "image,label\na.nii,b.nii,c,d\n");
    await refused("row 2 has 4 cells");
  }));

Deno.test("folder tells of subjects that may be one person, and of an image under two names", () =>
  inFolder(async (folder) => {
    await writeFour(folder);
    await writeText(
      `${folder}/cases.csv`,
      "image,label,subject\n" +
        ["P01", "p1", "p10"].map((name, n) => `${ROWS[n === 2 ? 1 : n]!.slice(0, 2)},${name}`)
          .join("\n"),
    );
    const told = (await openDataset(folder, "folder")).notices.join("\n");
    assertStringIncludes(told, "subjects P01, p1 differ in zeros or case alone");
    assertStringIncludes(told, "the same image is listed as p1 and p10");
  }));
