import { assertEquals, assertRejects, assertStringIncludes } from "../../../deps.ts";
import type { LayoutName } from "../../../../lib/names.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { openDataset, recogniseLayout } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import { inFolder } from "../tiny_heart.ts";
import { stack, writeSlices } from "../../../formats/dicom/dicom_file.ts";
import { writeText, writeVoxels } from "../layouts/tiny_files.ts";

Deno.test("openDataset() refuses a layout that does not exist", async () => {
  await assertRejects(() => openDataset("x", "toString" as LayoutName), RangeError, "known: auto");
  await assertRejects(() => openDataset("x", "nunet" as LayoutName), RangeError, "mean nnunet?");
});

Deno.test("recogniseLayout() asks for a choice where two layouts fit", () =>
  inFolder(async (folder) => {
    await writeText(
      `${folder}/cases.csv`,
      "image,label\nA1/A1_sa_ED.nii.gz,A1/A1_sa_ED_gt.nii.gz\n",
    );
    assertEquals(await recogniseLayout(folder), { layout: "folder", seen: "the list cases.csv" });
    await writeVoxels(`${folder}/A1/A1_sa_ED.nii.gz`, 1);
    await assertRejects(
      () => openDataset(folder),
      DatasetError,
      "folder (the list cases.csv) or mnms (A1/A1_sa_ED.nii.gz, as in M&Ms); choose one by --layout",
    );
  }));

Deno.test("openDataset() tells what a folder looks like that has not the layout that was named", () =>
  inFolder(async (folder) => {
    await writeText(`${folder}/cases.csv`, "image,label\na.nii.gz,b.nii.gz\n");
    const { message } = await assertRejects(() => openDataset(folder, "acdc"), DatasetError);
    assertStringIncludes(
      message,
      'holds no folder named patientNNN (layout "acdc"); it looks like',
    );
    assertStringIncludes(message, "folder (the list cases.csv), which is read by --layout auto");
    const own = await assertRejects(() => openDataset(folder, "folder"), DatasetError);
    assertEquals(own.message.includes("looks like"), false);
  }));

Deno.test("recogniseLayout() says what each layout looks for where none fits", () =>
  inFolder(async (folder) => {
    await assertRejects(() => openDataset(`${folder}/no`), DatasetError, "no such file or folder");
    await Deno.writeTextFile(`${folder}/notes.txt`, "");
    await writeText(`${folder}/inner/dataset.json`, { channel_names: {} });
    const { message } = await assertRejects(() => openDataset(folder), DatasetError);
    for (
      const text of ["nnunet: dataset.json", "bids: ", "mnms: ", "inner is laid out as nnunet"]
    ) {
      assertStringIncludes(message, text);
    }
  }));

Deno.test("openDataset() tells what is wrong with dataset.json rather than that nothing fits", () =>
  inFolder(async (folder) => {
    await writeText(`${folder}/dataset.json`, "[");
    await assertRejects(() => openDataset(folder), DatasetError, "dataset.json: it is no JSON");
    for (const text of ["null", "5", "{}"]) {
      await writeText(`${folder}/dataset.json`, text);
      await assertRejects(() => openDataset(folder), DatasetError, "dataset.json: ");
    }
  }));

Deno.test("openDataset() says what to do with folders of DICOM, pictures and loose volumes", () =>
  inFolder(async (dir) => {
    await writeSlices(`${dir}/dicom`, stack(2, 0));
    await writeText(`${dir}/pictures/a.PNG`, "x");
    await writeVoxels(`${dir}/loose/a.nii`, 1);
    const refused = (name: string, text: string) =>
      assertRejects(() => openDataset(`${dir}/${name}`), DatasetError, text);
    await refused("dicom", "it holds DICOM: tandem convert makes NIfTI of it");
    await refused("pictures", "as a.PNG, which have no size in mm");
    await refused("loose", "tandem init lists images and labels by their names");
  }));
