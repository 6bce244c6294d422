import { assertEquals, assertRejects } from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { fileCase } from "../../../../lib/imaging/data/cases/file_case.ts";
import { CANONICAL_CODES } from "../../../../lib/imaging/data/cases/label_codes.ts";
import { imageOf, type NiftiImage } from "../../../../lib/formats/nifti/nifti_image.ts";
import { NiftiError } from "../../../../lib/formats/nifti/nifti_error.ts";
import { writeNifti } from "../../../../lib/formats/nifti/write_nifti.ts";
import { multiplyAffines, scalingAffine } from "../../../../lib/base/volume/affine.ts";
import type { Affine } from "../../../../lib/base/volume/volume.ts";
import { inFolder, tinyHeart } from "../tiny_heart.ts";

async function written(folder: string, image: NiftiImage, label: NiftiImage) {
  await writeNifti(`${folder}/i.nii`, image);
  await writeNifti(`${folder}/l.nii`, label);
  return fileCase({
    id: "case",
    subject: "s",
    frame: "ED",
    domain: "d",
    imagePath: `${folder}/i.nii`,
    labelPath: `${folder}/l.nii`,
    labelCodes: CANONICAL_CODES,
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
    assertEquals(await outline(folder, image, moved(0.15)), { slices: 3, warnings: [] });
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
      labelCodes: CANONICAL_CODES,
    };
    await assertRejects(
      () => fileCase({ ...absent, imagePath: `${folder}/no.nii` }).load(),
      DatasetError,
      "no.nii",
    );
    await Deno.writeTextFile(`${folder}/text.nii`, "no image".repeat(100));
    await assertRejects(
      () => fileCase({ ...absent, imagePath: `${folder}/text.nii` }).load(),
      NiftiError,
      "text.nii",
    );
  });
});
