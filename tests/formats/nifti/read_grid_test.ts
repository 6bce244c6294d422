import { gzipSync } from "node:zlib";
import { assertEquals, assertRejects } from "../../deps.ts";
import { readGrid } from "../../../lib/formats/nifti/read_grid.ts";
import { imageOf } from "../../../lib/formats/nifti/nifti_image.ts";
import { NiftiError } from "../../../lib/formats/nifti/nifti_error.ts";
import { cine } from "./cine.ts";
import { readNifti } from "../../../lib/formats/nifti/read_nifti.ts";
import { encodeNifti } from "../../../lib/formats/nifti/encode_nifti.ts";
import { writeNifti } from "../../../lib/formats/nifti/write_nifti.ts";
import { inFolder, OBLIQUE, tinyHeart } from "../../imaging/data/tiny_heart.ts";

Deno.test("readGrid() gives what reading the whole file gives", () =>
  inFolder(async (folder) => {
    const { image } = tinyHeart();
    const odd = { ...image, header: { ...image.header, xyztUnits: 5 } };
    const flat = imageOf({ data: new Uint8Array(24), shape: [6, 4, 1], affine: OBLIQUE });
    for (const [n, one] of [image, odd, flat].entries()) {
      for (const name of [`${n}.nii`, `${n}.nii.gz`]) {
        const path = `${folder}/${name}`;
        await writeNifti(path, one);
        const { volume: { shape, affine }, warnings } = await readNifti(path);
        assertEquals(await readGrid(path), { shape, affine, frames: 1, warnings });
      }
    }
    assertEquals((await readGrid(`${folder}/1.nii`)).warnings.length, 1);
  }));

Deno.test("readGrid() counts the volumes of a file, and refuses several unless any will do", () =>
  inFolder(async (folder) => {
    for (const name of ["cine.nii", "cine.nii.gz"]) {
      const path = `${folder}/${name}`;
      const bytes = cine([4, 3, 2, 1, 5, 1, 1, 1]);
      await Deno.writeFile(path, name.endsWith(".gz") ? gzipSync(bytes) : bytes);
      const grid = await readGrid(path, { frames: "any" });
      assertEquals([grid.shape, grid.frames, grid.warnings], [[3, 2, 1], 5, []]);
      await assertRejects(() => readGrid(path), NiftiError, "it holds 5 volumes (3 x 2 x 1 x 5)");
    }
  }));

Deno.test("readGrid() tells of files that are damaged or cut short as reading them does", () =>
  inFolder(async (folder) => {
    const path = `${folder}/damaged.nii.gz`;
    const plain = encodeNifti(tinyHeart().image, "heart.nii");
    const packed = encodeNifti(tinyHeart().image, "heart.nii.gz");
    const wrongCount = plain.slice();
    wrongCount[40] = 9;
    const damaged = [plain.subarray(0, 100), plain.subarray(0, 400), plain.subarray(0, -1)];
    damaged.push(packed.subarray(0, 60), packed.subarray(0, -9), wrongCount, new Uint8Array(3));
    damaged.push(new TextEncoder().encode("no image".repeat(99)), new Uint8Array(0));
    for (const bytes of damaged) {
      await Deno.writeFile(path, bytes);
      const { message } = await assertRejects(() => readNifti(path), NiftiError, path);
      await assertRejects(() => readGrid(path), NiftiError, message);
    }
    await assertRejects(() => readGrid(`${folder}/no.nii`), Deno.errors.NotFound);
  }));
