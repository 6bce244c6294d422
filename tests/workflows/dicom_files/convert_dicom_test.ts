import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { DicomError } from "../../../lib/formats/dicom/dicom_error.ts";
import { OutputPathError } from "../../../lib/formats/files/output_path_error.ts";
import { readNiftiFrames } from "../../../lib/formats/nifti/read_nifti.ts";
import {
  convertDicom,
  type ConvertDicomOptions,
} from "../../../lib/workflows/dicom_files/convert_dicom.ts";
import {
  dicomSlice,
  type SliceOptions,
  stack,
  writeSlices,
} from "../../formats/dicom/dicom_file.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";

const convert = (options: ConvertDicomOptions) => Array.fromAsync(convertDicom(options));

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

/** Two series, one a cine of two times. */
async function writeTwo(folder: string): Promise<void> {
  const cine: SliceOptions = { series: "1.2.4", number: 12, description: "cine ../SA X" };
  await writeSlices(`${folder}/a`, stack(3, 10, { number: 3, description: "T2" }));
  await writeSlices(
    `${folder}/b`,
    [0, 40].flatMap((triggerTime) => stack(2, triggerTime, { ...cine, triggerTime })),
  );
}

Deno.test("convertDicom() writes an image and a sidecar a series, under names that are safe", () =>
  inFolder(async (folder) => {
    await writeTwo(`${folder}/in`);
    const output = `${folder}/new/out`;
    const [found, first, second, ...others] = await convert({ input: `${folder}/in`, output });
    assertEquals(others, []);
    assert(found?.kind === "found" && first?.kind === "written" && second?.kind === "written");
    assertEquals(found.series, [
      'series 3 "T2" (MR, 3 files)',
      'series 12 "cine ../SA X" (MR, 4 files)',
    ]);
    assertEquals(first.image, `${output}/3_T2.nii.gz`);
    assertEquals([second.shape, second.volumes, second.uid], [[4, 3, 2], 2, "1.2.4"]);
    assertEquals(names(output), [
      ...["12_cine_.._SA_X.json", "12_cine_.._SA_X.nii.gz", "3_T2.json", "3_T2.nii.gz"],
    ]);
    const { volumes } = await readNiftiFrames(second.image);
    assertEquals(volumes.map(({ data }) => data[0]), [0, 40]);
    assertEquals(JSON.parse(await Deno.readTextFile(first.sidecar)).SeriesDescription, "T2");
  }));

Deno.test("convertDicom() replaces nothing unasked, and converts one series of several", () =>
  inFolder(async (folder) => {
    await writeTwo(`${folder}/in`);
    const options = { input: `${folder}/in`, output: `${folder}/out` };
    await convert({ ...options, series: 3 });
    assertEquals(names(options.output), ["3_T2.json", "3_T2.nii.gz"]);
    await Deno.writeTextFile(`${options.output}/3_T2.nii.gz`, "mine");
    await assertRejects(() => convert(options), OutputPathError, "it holds 3_T2.json, 3_T2.nii.gz");
    assertEquals(names(options.output).length, 2);
    assertEquals(await Deno.readTextFile(`${options.output}/3_T2.nii.gz`), "mine");
    await convert({ ...options, series: "1.2.4" });
    await convert({ ...options, overwrite: true });
    assertEquals((await readNiftiFrames(`${options.output}/3_T2.nii.gz`)).volumes.length, 1);
    await assertRejects(() => convert({ ...options, series: 4 }), DicomError, "no series 4, but");
  }));

Deno.test("convertDicom() writes the same bytes twice", () =>
  inFolder(async (folder) => {
    await writeTwo(`${folder}/in`);
    for (const output of ["x", "y"]) {
      await convert({ input: `${folder}/in`, output: `${folder}/${output}` });
    }
    for (const name of names(`${folder}/x`)) {
      assertEquals(
        await Deno.readFile(`${folder}/x/${name}`),
        await Deno.readFile(`${folder}/y/${name}`),
      );
    }
  }));

Deno.test("convertDicom() refuses to write into its input, also through a link", () =>
  inFolder(async (folder) => {
    await writeTwo(`${folder}/in`);
    await Deno.symlink("in", `${folder}/link`);
    for (const output of ["in", "in/a", "in/new/deep", "link", "link/new"]) {
      const options = { input: `${folder}/in`, output: `${folder}/${output}`, overwrite: true };
      await assertRejects(() => convert(options), OutputPathError, "it lies in the input");
    }
    assertEquals(names(`${folder}/in`), ["a", "b"]);
    await Deno.writeTextFile(`${folder}/file`, "");
    const onFile = { input: `${folder}/in`, output: `${folder}/file` };
    await assertRejects(() => convert(onFile), OutputPathError, "it is a file, wanted a folder");
  }));

Deno.test("convertDicom() goes on past a series that fails, and tells of it", () =>
  inFolder(async (folder) => {
    await writeTwo(`${folder}/in`);
    const broken = dicomSlice({ series: "1.2.5", number: 5, description: "short" }).slice(0, -6);
    await Deno.writeFile(`${folder}/in/broken`, broken);
    const events = await convert({ input: `${folder}/in`, output: `${folder}/out` });
    assertEquals(events.map(({ kind }) => kind), ["found", "written", "failed", "written"]);
    const failed = events[2]!;
    assert(failed.kind === "failed");
    assertEquals(failed.series, 'series 5 "short" (MR, 1 file)');
    assert(failed.message.includes(`${folder}/in/broken`), failed.message);
    assertEquals(names(`${folder}/out`).length, 4);
  }));
