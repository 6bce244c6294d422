import { assertEquals, assertRejects } from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { scanLabelCodes } from "../../../../lib/imaging/data/layouts/scan_label_codes.ts";
import { inFolder } from "../tiny_heart.ts";
import { writeVoxels } from "./tiny_files.ts";

Deno.test("scanLabelCodes() finds the codes of all files, and refuses what are no labels", () =>
  inFolder(async (folder) => {
    const [a, b, empty, image] = ["a", "b", "empty", "image"].map((name) =>
      `${folder}/${name}.nii`
    );
    await writeVoxels(a!, 3, 500);
    await writeVoxels(b!, 0.99998, -2);
    assertEquals(await scanLabelCodes([a!, b!]), [0, -2, 1, 3, 500]);
    await writeVoxels(empty!);
    await assertRejects(() => scanLabelCodes([empty!]), DatasetError, "background only");
    await writeVoxels(image!, 0.5);
    await assertRejects(
      () => scanLabelCodes([a!, image!]),
      DatasetError,
      "image.nii: it holds 0.5",
    );
    // A list may name a folder.
    const error = `Cannot open ${folder}: `;
    await assertRejects(() => scanLabelCodes([a!, folder]), DatasetError, error);
  }));
