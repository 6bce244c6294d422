import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { cornerDistance } from "../../../lib/base/volume/affine.ts";
import { DicomError } from "../../../lib/formats/dicom/dicom_error.ts";
import { readNifti } from "../../../lib/formats/nifti/read_nifti.ts";
import { convertDicom } from "../../../lib/workflows/dicom_files/convert_dicom.ts";
import { predictFiles, type PredictOptions } from "../../../lib/workflows/runs/predict_files.ts";
import { exists } from "../../../lib/formats/files/exists.ts";
import { OutputPathError } from "../../../lib/formats/files/output_path_error.ts";
import { readDicomElements } from "../../../lib/formats/dicom/dicom_elements.ts";
import { SLICE_VOXELS, stack, writeSlices } from "../../formats/dicom/dicom_file.ts";
import { restoreSegmenter, withRun } from "./tiny_run.ts";

const REAL = new URL("../../../../shared/data/dicom/hippocampus", import.meta.url).pathname;

/** Runs `predict` with a fake segmenter, which gives classes by brightness. */
const predict = (dir: string, options: Omit<PredictOptions, "restoreSegmenter">) =>
  Array.fromAsync(predictFiles(dir, { restoreSegmenter, ...options }));

/** A series whose slices differ from side to side. */
function uneven(first: number, more: Parameters<typeof stack>[2] = {}) {
  return stack(3, first, more).map((slice, k) => ({
    ...slice,
    pixels: Array.from({ length: SLICE_VOXELS }, (_, n) => first + 10 * n + k),
  }));
}

/** Holds the prediction of DICOM to that of the NIfTI that `convert` makes of it. */
async function sameAsConverted(dir: string, dicom: string, out: string): Promise<Set<number>> {
  const [direct, ...others] = await predict(dir, { input: dicom, output: `${out}/direct` });
  assertEquals(others, []);
  const events = await Array.fromAsync(convertDicom({ input: dicom, output: `${out}/nifti` }));
  const written = events.find((event) => event.kind === "written")!;
  assert(written.kind === "written");
  const [converted] = await predict(dir, { input: written.image, output: `${out}/converted.nii` });
  const [a, b] = [await readNifti(direct!.output), await readNifti(converted!.output)];
  assertEquals(a.volume.data, b.volume.data);
  assertEquals(a.volume.shape, (await readNifti(written.image)).volume.shape);
  assert(cornerDistance(a.volume.affine, b.volume.affine, a.volume.shape) < 1e-6);
  return new Set(a.volume.data);
}

Deno.test("predictFiles() takes a folder of DICOM as the NIfTI that convert makes of it", () =>
  withRun(async ({ dir, out }) => {
    // Slices of so few pixels are seen at a finer spacing.
    const data = JSON.parse(await Deno.readTextFile(`${dir}/data.json`));
    data.preparation.spacing = 1;
    await Deno.writeTextFile(`${dir}/data.json`, JSON.stringify(data));
    await writeSlices(`${out}/scan 7`, uneven(5, { number: 7 }));
    const found = await sameAsConverted(dir, `${out}/scan 7`, out);
    assert(found.size > 1, `classes ${[...found]}`);
    assert(await exists(`${out}/direct/scan 7.nii.gz`));
    const one = { input: `${out}/scan 7`, output: `${out}/mine.nii.gz` };
    assertEquals(await predict(dir, one), [one]);
    // A layout says how a data set is read; DICOM is none.
    assertEquals(await predict(dir, { ...one, layout: "mnms", overwrite: true }), [one]);
    const file = { input: `${out}/scan 7/0`, output: `${out}/file` };
    assertEquals((await predict(dir, file))[0]!.output, `${out}/file/0.nii.gz`);
  }));

Deno.test("predictFiles() takes folders that hold one series each, and lists", () =>
  withRun(async ({ dir, out }) => {
    for (const n of [1, 2]) {
      await writeSlices(`${out}/in/p${n}/scan`, uneven(n, { number: n, series: `1.2.${n}` }));
    }
    const written = await predict(dir, { input: `${out}/in`, output: `${out}/o` });
    assertEquals(written.map(({ output }) => output), [
      `${out}/o/p1/scan.nii.gz`,
      `${out}/o/p2/scan.nii.gz`,
    ]);
    await writeSlices(`${out}/same/a`, uneven(1, { number: 3, series: "1.2.3" }));
    await writeSlices(`${out}/same/b`, uneven(2, { number: 3, series: "1.2.4" }));
    const both = await predict(dir, { input: `${out}/same`, output: `${out}/s`, series: "3" });
    assertEquals(both.map(({ output }) => output), [`${out}/s/a.nii.gz`, `${out}/s/b.nii.gz`]);
    await Deno.writeTextFile(`${out}/in/cases.csv`, "image\np2/scan\n");
    assertEquals(
      (await predict(dir, { input: `${out}/in`, output: `${out}/l` })).map(({ output }) => output),
      [`${out}/l/p2/scan.nii.gz`],
    );
  }));

Deno.test("predictFiles() lists the series of a folder that holds several, and takes the one named", () =>
  withRun(async ({ dir, out }) => {
    const folder = `${out}/in`, output = `${out}/o`;
    await writeSlices(folder, uneven(1, { number: 3, description: "T2" }));
    await Deno.mkdir(`${folder}/more`);
    await writeSlices(
      `${folder}/more`,
      uneven(2, { number: 4, series: "1.2.4", description: "T1" }),
    );
    await assertRejects(
      () => predict(dir, { input: folder, output }),
      DicomError,
      'it holds 2 series: series 3 "T2" (MR, 3 files); series 4 "T1" (MR, 3 files); choose one by',
    );
    assertEquals(await exists(output), false);
    const [written] = await predict(dir, { input: folder, output, series: "4" });
    assertEquals(written!.output, `${output}/in.nii.gz`);
    await assertRejects(
      () => predict(dir, { input: folder, output, series: "9" }),
      DicomError,
      "it holds no series 9",
    );
  }));

const missing = await exists(REAL) ? "" : " (../shared/data is missing)";
Deno.test({
  name: `predictFiles() takes the DICOM of a hippocampus as its NIfTI${missing}`,
  ignore: missing !== "",
  fn: () =>
    withRun(async ({ dir, out }) => {
      const found = await sameAsConverted(dir, REAL, out);
      assert(found.size > 2, `classes ${[...found]}`);
      assert(await exists(`${out}/direct/hippocampus.nii.gz`));
    }),
});

Deno.test("predictFiles() writes DICOM beside the series it is of, or beside the one that is named", () =>
  withRun(async ({ dir, out }) => {
    for (const n of [1, 2]) {
      await writeSlices(`${out}/in/p${n}`, uneven(n, { number: n, series: `1.2.${n}` }));
    }
    const format = "dicom-seg", input = `${out}/in`;
    const written = await predict(dir, { input, output: `${out}/o`, format });
    assertEquals(written.map(({ output }) => output), [`${out}/o/p1.dcm`, `${out}/o/p2.dcm`]);
    const seriesOf = async (path: string) =>
      (await readDicomElements(await Deno.readFile(path), path))["ReferencedSeriesSequence"][0]
        .SeriesInstanceUID;
    assertEquals(await seriesOf(`${out}/o/p2.dcm`), "1.2.2");
    const events = await Array.fromAsync(
      convertDicom({ input: `${out}/in/p1`, output: `${out}/nifti` }),
    );
    const made = events.find((event) => event.kind === "written")!;
    assert(made.kind === "written");
    const one = { input: made.image, output: `${out}/one.dcm`, format } as const;
    await assertRejects(() => predict(dir, one), OutputPathError, "wanted --source DIR");
    await predict(dir, { ...one, source: `${out}/in/p1` });
    assertEquals(await Deno.readFile(`${out}/one.dcm`), await Deno.readFile(`${out}/o/p1.dcm`));
    const inside = { input: `${out}/in/p1`, output: `${out}/in/p1/0`, format } as const;
    await assertRejects(
      () => predict(dir, { ...inside, output: `${out}/one.nii`, overwrite: true }),
      OutputPathError,
      "wanted a name in .dcm",
    );
    await Deno.rename(`${out}/in/p1/0`, `${out}/in/p1/0.dcm`);
    await assertRejects(
      () => predict(dir, { ...inside, output: `${out}/in/p1/0.dcm`, overwrite: true }),
      OutputPathError,
      "it is the input",
    );
    await assertRejects(
      () => predict(dir, { input, output: `${out}/s`, format, source: `${out}/in/p1` }),
      OutputPathError,
      "it is of one image alone",
    );
    await assertRejects(
      () => predict(dir, { ...one, output: `${out}/t.dcm`, source: `${out}/in` }),
      DicomError,
      "choose one by --series",
    );
  }));

Deno.test("predictFiles() takes no segmentation that it wrote below its input for an image", () =>
  withRun(async ({ dir, out }) => {
    await writeSlices(`${out}/in/p1`, uneven(1, { number: 1, series: "1.2.1" }));
    const wish = { input: `${out}/in`, output: `${out}/in/seg`, format: "dicom-seg" } as const;
    const [first, ...others] = await predict(dir, wish);
    assertEquals(others, []);
    const again = await predict(dir, { ...wish, overwrite: true });
    assertEquals(again.map(({ output }) => output), [first!.output]);
    assertEquals(await predict(dir, { ...wish, skipExisting: true }), []);
  }));
