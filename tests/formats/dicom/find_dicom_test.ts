import { assertEquals } from "../../deps.ts";
import { findDicom, isDicomFolder } from "../../../lib/formats/dicom/find_dicom.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { dicomSlice, stack, writeSlices } from "./dicom_file.ts";

Deno.test("findDicom() finds files by content, through links, and passes over all others", () =>
  inFolder(async (folder) => {
    await writeSlices(`${folder}/a/b`, stack(2, 0));
    await Deno.symlink(`${folder}/a`, `${folder}/a/b/round`);
    await writeSlices(`${folder}/elsewhere`, stack(1, 0));
    await Deno.symlink("../elsewhere", `${folder}/a/link`);
    await Deno.symlink("nowhere", `${folder}/a/dangling`);
    for (const name of [".hidden", "DICOMDIR", "dicomdir", "x.nii.gz"]) {
      await Deno.writeFile(`${folder}/a/${name}`, dicomSlice());
    }
    await Deno.writeTextFile(`${folder}/a/short`, "DICM");
    await Deno.writeTextFile(`${folder}/a/long`, "DICM".repeat(99).slice(1));
    await Deno.mkdir(`${folder}/a/.cache`);
    await Deno.writeFile(`${folder}/a/.cache/0`, dicomSlice());
    const found = (await Array.fromAsync(findDicom(`${folder}/a`)))
      .map((path) => path.slice(folder.length));
    assertEquals(found, ["/a/b/0", "/a/b/1", "/a/link/0"]);
    assertEquals((await Array.fromAsync(findDicom(`${folder}/a/b/1`))).length, 1);
    assertEquals(await Array.fromAsync(findDicom(`${folder}/a/short`)), []);
  }));

Deno.test("isDicomFolder() tells folders with DICOM from others, files and nothing", () =>
  inFolder(async (folder) => {
    await writeSlices(`${folder}/a/b`, stack(1, 0));
    await Deno.mkdir(`${folder}/empty`);
    const told = ["a", "a/b", "empty", "a/b/0", "none"]
      .map((name) => isDicomFolder(`${folder}/${name}`));
    assertEquals(await Promise.all(told), [true, true, false, false, false]);
  }));
