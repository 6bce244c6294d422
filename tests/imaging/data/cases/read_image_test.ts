import { assert, assertEquals, assertRejects } from "../../../deps.ts";
import { DicomError } from "../../../../lib/formats/dicom/dicom_error.ts";
import { readDicomVolume } from "../../../../lib/formats/dicom/read_dicom.ts";
import { withVoxels } from "../../../../lib/formats/nifti/nifti_image.ts";
import { writeNifti } from "../../../../lib/formats/nifti/write_nifti.ts";
import { openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import { readImageFrames } from "../../../../lib/imaging/data/cases/read_image.ts";
import { stack, writeSlices } from "../../../formats/dicom/dicom_file.ts";
import { inFolder } from "../tiny_heart.ts";

Deno.test("a list may name folders of DICOM as images, with labels in NIfTI", () =>
  inFolder(async (folder) => {
    await writeSlices(`${folder}/a`, stack(3, 5, { number: 7 }));
    const image = await readDicomVolume(`${folder}/a`);
    const voxels = Uint8Array.from(image.volume.data, (value) => value > 5 ? 1 : 0);
    await writeNifti(`${folder}/l.nii`, withVoxels(image, voxels));
    await Deno.writeTextFile(`${folder}/cases.csv`, "image,label\na,l.nii\n");
    const { cases: [source] } = await openDataset(folder, "auto");
    const { shape, affine } = await source!.outline();
    const { images, label } = await source!.load();
    assertEquals([shape, affine], [image.volume.shape, image.volume.affine]);
    assertEquals(images[0].volume, image.volume);
    assertEquals(label!.data, voxels);
    assert(voxels.some((value) => value === 1));
  }));

Deno.test("readImageFrames() takes DICOM as one frame, and names the series of several", () =>
  inFolder(async (folder) => {
    await writeSlices(`${folder}/a`, stack(3, 5, { number: 7 }));
    assertEquals((await readImageFrames(`${folder}/a`, {})).length, 1);
    await writeSlices(`${folder}/a/b`, stack(2, 8, { number: 8, series: "1.2.8" }));
    await assertRejects(() => readImageFrames(`${folder}/a`, {}), DicomError, "series 8");
    const [chosen] = await readImageFrames(`${folder}/a`, { series: "8" });
    assertEquals(chosen!.volume.shape, [4, 3, 2]);
    await Deno.mkdir(`${folder}/empty`);
    await assertRejects(() => readImageFrames(`${folder}/empty`, {}), DicomError, "no image");
  }));
