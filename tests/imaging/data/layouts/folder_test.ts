import { assertEquals, assertRejects } from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import { inFolder, tinyHeart, writeHeart } from "../tiny_heart.ts";

Deno.test("folder reads a CSV list with paths relative to it", async () => {
  await inFolder(async (folder) => {
    await writeHeart(`${folder}/scans`, "a");
    await Deno.writeTextFile(
      `${folder}/cases.csv`,
      "image,label,subject,domain,frame\n" +
        "scans/a.nii.gz,scans/a_gt.nii.gz,s1,site X,ES\nscans/a.nii.gz,scans/a_gt.nii.gz,s2,,\n",
    );
    const { cases } = await openDataset(folder, "folder");
    assertEquals(cases.map(({ id, subject, frame, domain }) => [id, subject, frame, domain]), [
      ["s1_ES", "s1", "ES", "site X"],
      ["s2", "s2", "1", "unknown"],
    ]);
    assertEquals((await cases[0]!.load()).label!.data, tinyHeart().label.data);
  });
});

Deno.test("folder reads a JSON list with label codes, and cases without label to predict", async () => {
  await inFolder(async (folder) => {
    await writeHeart(folder, "a", [0, 7, 8, 9]);
    const list = `${folder}/mine.json`;
    const write = (value: unknown) => Deno.writeTextFile(list, JSON.stringify(value));
    await write({ labelCodes: [0, 7, 8, 9], cases: [{ image: "a.nii.gz", label: "a_gt.nii.gz" }] });
    const { cases, labelCodes } = await openDataset(list, "folder");
    assertEquals([cases[0]!.id, labelCodes], ["a", [0, 7, 8, 9]]);
    assertEquals((await cases[0]!.load()).label!.data, tinyHeart().label.data);
    await write([{ image: "a.nii.gz" }]);
    await assertRejects(() => openDataset(list, "folder"), DatasetError, "(a.nii.gz) has no label");
    const unlabelled = await openDataset(list, "folder", { labels: "optional" });
    assertEquals((await unlabelled.cases[0]!.load()).label, undefined);
  });
});

Deno.test("folder names what is wrong with its list", async () => {
  await inFolder(async (folder) => {
    const refused = (text: string) =>
      assertRejects(() => openDataset(folder, "folder"), DatasetError, text);
    await refused("no cases.csv and no cases.json");
    const list = `${folder}/cases.json`;
    await Deno.writeTextFile(list, "{");
    await refused("cases.json");
    await Deno.writeTextFile(list, "[]");
    await refused("lists no case");
    await Deno.writeTextFile(list, '[{"image": "a.nii", "lable": "b.nii"}]');
    await refused("lable");
    await Deno.writeTextFile(list, '[{"label": "b.nii"}]');
    await refused("cases.0.image");
    const twice = { image: "a.nii", label: "b.nii", subject: "s", frame: "ED" };
    await Deno.writeTextFile(list, JSON.stringify([twice, twice]));
    await refused("s_ED twice");
  });
});
