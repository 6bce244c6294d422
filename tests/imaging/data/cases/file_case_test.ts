import { assertEquals, assertRejects } from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { fileCase } from "../../../../lib/imaging/data/cases/file_case.ts";
import { MNMS_TASK } from "../../../../lib/imaging/data/layouts/cardiac.ts";
import { imageOf, type NiftiImage } from "../../../../lib/formats/nifti/nifti_image.ts";
import { NiftiError } from "../../../../lib/formats/nifti/nifti_error.ts";
import { writeNifti } from "../../../../lib/formats/nifti/write_nifti.ts";
import { multiplyAffines, scalingAffine } from "../../../../lib/base/volume/affine.ts";
import type { Affine } from "../../../../lib/base/volume/volume.ts";
import { inFolder, tinyHeart } from "../tiny_heart.ts";
import { firstClasses, firstVoxels, writeFrames, writeVoxels } from "../layouts/tiny_files.ts";

async function written(folder: string, image: NiftiImage, label: NiftiImage) {
  await writeNifti(`${folder}/i.nii`, image);
  await writeNifti(`${folder}/l.nii`, label);
  return fileCase({
    id: "case",
    subject: "s",
    frame: "ED",
    domain: "d",
    imagePaths: [`${folder}/i.nii`],
    labelPath: `${folder}/l.nii`,
    task: MNMS_TASK,
  });
}

const load = async (...files: Parameters<typeof written>) => (await written(...files)).load();
const outline = async (...files: Parameters<typeof written>) => (await written(...files)).outline();

Deno.test("fileCase() refuses labels of another shape or place, and takes a small difference", async () => {
  const { image, label } = tinyHeart();
  const moved = (mm: number): NiftiImage => {
    const affine: Affine = multiplyAffines(scalingAffine([1, 1, 1], [mm, 0, 0]), label.affine);
    return imageOf({ ...label, affine });
  };
  await inFolder(async (folder) => {
    const cut = imageOf({ ...label, data: label.data.slice(480), shape: [24, 20, 2] });
    const seen = await outline(folder, image, moved(0.15));
    assertEquals([seen.shape, seen.warnings], [[24, 20, 3], []]);
    // The headers are enough to tell.
    for (const read of [load, outline]) {
      await read(folder, image, moved(0.15));
      await assertRejects(
        () => read(folder, image, moved(0.5)),
        DatasetError,
        "l.nii: its affine puts it up to 0.50 mm",
      );
      await assertRejects(() => read(folder, image, cut), DatasetError, "shape is 24 x 20 x 2");
    }
  });
});

Deno.test("fileCase() refuses voxels that are not finite, unknown labels and absent files", async () => {
  const { image, label } = tinyHeart();
  await inFolder(async (folder) => {
    const data = image.volume.data.slice();
    data[5] = NaN;
    const holed = imageOf({ ...image.volume, data });
    await assertRejects(() => load(folder, holed, imageOf(label)), DatasetError, "i.nii: 1 of its");
    const strange = imageOf({ ...label, data: label.data.map((value) => value === 3 ? 4 : value) });
    await assertRejects(() => load(folder, image, strange), DatasetError, "l.nii: label value 4");
    const absent = {
      id: "case",
      subject: "s",
      frame: "ED",
      domain: "d",
      task: MNMS_TASK,
    };
    await assertRejects(
      () => fileCase({ ...absent, imagePaths: [`${folder}/no.nii`] }).load(),
      DatasetError,
      "no.nii",
    );
    await Deno.writeTextFile(`${folder}/text.nii`, "no image".repeat(100));
    await assertRejects(
      () => fileCase({ ...absent, imagePaths: [`${folder}/text.nii`] }).load(),
      NiftiError,
      "text.nii",
    );
  });
});

Deno.test("fileCase() lays masks over each other, the later winning", () =>
  inFolder(async (folder) => {
    await writeVoxels(`${folder}/i.nii`, 5);
    await writeVoxels(`${folder}/outer.nii`, 1, 1, 0.5, 0.51);
    await writeVoxels(`${folder}/inner.nii`, 0, 1);
    const labels = [
      { name: "background", codes: [0] },
      { name: "inner", codes: [2] },
      { name: "outer", codes: [1] },
    ];
    const source = fileCase({
      ...{ id: "case", subject: "s", frame: "1", domain: "d" },
      task: { labels, channels: [{ name: "MR" }] },
      imagePaths: [`${folder}/i.nii`],
      labelMasks: [
        { path: `${folder}/outer.nii`, code: 1 },
        { path: `${folder}/inner.nii`, code: 2 },
      ],
    });
    assertEquals(await firstClasses(source, 5), [2, 1, 0, 2, 0]);
    await Deno.remove(`${folder}/inner.nii`);
    await assertRejects(() => source.outline(), DatasetError, "inner.nii");
  }));

Deno.test("fileCase() takes channels in the order of the task, from files or frames", () =>
  inFolder(async (folder) => {
    await writeVoxels(`${folder}/a.nii`, 5);
    await writeVoxels(`${folder}/b.nii`, 6);
    await writeFrames(`${folder}/both.nii`, 5, 6);
    const { labels } = MNMS_TASK;
    const task = { labels, channels: [{ name: "B" }, { name: "A" }] };
    const named = { id: "case", subject: "s", frame: "1", domain: "d", task };
    const files: [string, ...string[]] = [`${folder}/a.nii`, `${folder}/b.nii`];
    for (const imagePaths of [files, [`${folder}/both.nii`]] as [string, ...string[]][]) {
      const source = fileCase({ ...named, imagePaths, channels: [1, 0] });
      assertEquals(await firstVoxels(source), [6, 5]);
      assertEquals((await source.outline()).shape, [4, 3, 2]);
    }
    const three = { ...named, task: { labels, channels: [...task.channels, { name: "C" }] } };
    for (const read of ["load", "outline"] as const) {
      await assertRejects(
        () => fileCase({ ...three, imagePaths: [`${folder}/both.nii`] })[read](),
        DatasetError,
        "it has 2 channels",
      );
    }
  }));
