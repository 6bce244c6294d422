import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { DicomError, type DicomErrorCode } from "../../../lib/formats/dicom/dicom_error.ts";
import { readDicomSeries, readDicomVolume } from "../../../lib/formats/dicom/read_dicom.ts";
import { determinantOf } from "../../../lib/base/volume/affine.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { dicomSlice, SLICE_VOXELS, stack, writeSlices } from "./dicom_file.ts";

/** The value of each slice of a volume whose slices hold one value each. */
function slicesOf({ data }: { readonly data: ArrayLike<number> }): number[] {
  return Array.from({ length: data.length / SLICE_VOXELS }, (_, k) => data[k * SLICE_VOXELS]!);
}

async function assertRefused(
  read: Promise<unknown>,
  code: DicomErrorCode,
  ...texts: string[]
): Promise<void> {
  const error = await assertRejects(() => read, DicomError) as DicomError;
  assertEquals(error.code, code, error.message);
  for (const text of texts) assert(error.message.includes(text), error.message);
}

Deno.test("readDicomVolume() reads a stack in its place (RAS), whatever the order of its files", () =>
  inFolder(async (folder) => {
    const slices = stack(4, 10, { number: 3, description: "T2 tra" });
    await writeSlices(folder, [slices[2]!, slices[0]!, slices[3]!, slices[1]!]);
    const { volume, header } = await readDicomVolume(folder);
    assertEquals(volume.shape, [4, 3, 4]);
    assertEquals(slicesOf(volume), [10, 11, 12, 13]);
    // x to the right: columns of 1.5 mm run to the left; y to the front: rows of 2 mm from the back
    assertEquals(volume.affine.map((n) => n + 0), [
      ...[-1.5, 0, 0, 0, 0, 2, 0, -4, 0, 0, 5, 0, 0, 0, 0, 1],
    ]);
    assertEquals(header.datatype, "uint16");
  }));

Deno.test("readDicomVolume() places slices that move sideways as their files do, and says so", () =>
  inFolder(async (folder) => {
    await writeSlices(folder, stack(6, 10, { orientation: [1, 0, 0, 0, 0.8, -0.6] }));
    const { volume, warnings } = await readDicomVolume(folder);
    assertEquals(slicesOf(volume), [10, 11, 12, 13, 14, 15]);
    // 5 mm up a slice, where dcm2niix stacks them at right angles to their planes
    assertEquals([2, 6, 10].map((at) => Math.abs(volume.affine[at]!)), [0, 0, 5]);
    assert(warnings.join().includes("dcm2niix places its corners up to 15.8 mm"), warnings.join());
  }));

Deno.test("readDicomVolume() takes a tilted gantry's slices as they were taken, and no resampled ones", () =>
  inFolder(async (folder) => {
    const tilted = { orientation: [1, 0, 0, 0, 0.8, -0.6], tilt: -36.9 };
    await writeSlices(folder, stack(6, 10, tilted));
    const { volume, warnings } = await readDicomVolume(folder);
    assertEquals(volume.shape, [4, 3, 6]);
    assertEquals([2, 6, 10].map((at) => Math.abs(volume.affine[at]!)), [0, 0, 5]);
    // 5 mm along the way of the slices, where dcm2niix takes the 4 mm between their planes
    assert(Math.abs(Math.abs(determinantOf(volume.affine)) - 1.5 * 2 * 0.8 * 5) < 1e-3);
    assert(!warnings.join().includes("qform"), warnings.join());
  }));

Deno.test("readDicomVolume() leaves alone what dcm2niix has turned: a cube of another plane", () =>
  inFolder(async (folder) => {
    // three coronal slices of three rows: their axis is the second of the volume
    const cube = stack(3, 10, { acquisition: "3D", orientation: [1, 0, 0, 0, 0, -1] })
      .map((slice, n) => ({ ...slice, position: [0, 5 * n, 0] as const }));
    await writeSlices(folder, cube);
    const { volume, warnings } = await readDicomVolume(folder);
    assert(Math.abs(Math.abs(determinantOf(volume.affine)) - 1.5 * 2 * 5) < 1e-3);
    assert(!warnings.join().includes("places its corners"), warnings.join());
  }));

Deno.test("readDicomSeries() tells series, sidecars, and what dcm2niix warns of", () =>
  inFolder(async (folder) => {
    await writeSlices(
      `${folder}/x`,
      stack(5, 10, { number: 3, description: "T2" }).toSpliced(2, 1),
    );
    await writeSlices(`${folder}/y`, stack(2, 0, { series: "1.2.4", number: 2 }));
    const [two, three, ...others] = await readDicomSeries(folder);
    assertEquals(others, []);
    assertEquals([two!.number, two!.files.length], [2, 2]);
    const { uid, description, modality, images, warnings } = three!;
    assertEquals([uid, description, modality, images.length], ["1.2.3", "T2", "MR", 1]);
    assertEquals(images[0]!.sidecar.SeriesDescription, "T2");
    assertEquals(images[0]!.sidecar.ConversionSoftware, "dcm2niix");
    const named = `${folder}, series 3 "T2" (MR, 4 files): `;
    assert(warnings.every((text) => text.startsWith(named)), warnings.join("\n"));
    assert(warnings.some((text) => text.includes("1 slice seems to be missing")));
    assert(warnings.some((text) => text.includes("dcm2niix: Interslice distance varies")));
  }));

Deno.test("readDicomSeries() sorts a cine by time, not by number", () =>
  inFolder(async (folder) => {
    const at = (triggerTime: number) => stack(3, triggerTime, { triggerTime });
    await writeSlices(folder, [...at(30), ...at(0), ...at(60)]);
    const [series] = await readDicomSeries(folder);
    const { volumes, header } = series!.images[0]!;
    assertEquals(series!.images.length, 1);
    assertEquals(volumes.map(slicesOf), [[0, 1, 2], [30, 31, 32], [60, 61, 62]]);
    assertEquals(header.pixdim[4], Math.fround(0.03));
  }));

Deno.test("readDicomSeries() parts slices with different numbers of times, and says so", () =>
  inFolder(async (folder) => {
    const [first, ...rest] = stack(3, 0, { triggerTime: 0 });
    const again = { ...first!, triggerTime: 40, pixels: new Array<number>(SLICE_VOXELS).fill(9) };
    await writeSlices(folder, [first!, again, ...rest]);
    const [series] = await readDicomSeries(folder);
    const { images, warnings } = series!;
    assertEquals(images.map(({ suffix }) => suffix), ["_part1", "_part2"]);
    assertEquals(images[0]!.volumes.map(slicesOf), [[0], [9]]);
    assertEquals(images[1]!.volumes.map(slicesOf), [[1, 2]]);
    assert(warnings.some((text) => text.includes("numbers of times (1 x 2, 2 x 1)")));
  }));

Deno.test("readDicomSeries() passes over damaged files, copies and files without pixels, told", () =>
  inFolder(async (folder) => {
    await writeSlices(folder, stack(3, 0));
    await Deno.copyFile(`${folder}/1`, `${folder}/copy`);
    await Deno.writeFile(`${folder}/damaged`, dicomSlice({ instance: 9 }).subarray(0, 300));
    await Deno.writeFile(`${folder}/report`, dicomSlice({ instance: 8, isImage: false }));
    await Deno.writeFile(`${folder}/DICOMDIR`, dicomSlice({ instance: 7 }));
    const [series] = await readDicomSeries(folder);
    assertEquals(slicesOf(series!.images[0]!.volumes[0]!), [0, 1, 2]);
    const [damaged, report, copy] = series!.warnings;
    assert(damaged!.includes(`${folder}/damaged: its DICOM elements are damaged`), damaged);
    assertEquals(report, `1 DICOM files hold no image, as ${folder}/report`);
    assert(copy!.startsWith("1 DICOM files are copies of others"), copy);
  }));

Deno.test("readDicomSeries() says where dcm2niix leaves slices out", () =>
  inFolder(async (folder) => {
    const odd = { transferSyntax: "1.2.840.10008.1.2.9" };
    await writeSlices(folder, stack(4, 0).map((one, n) => n === 1 ? { ...one, ...odd } : one));
    const [series] = await readDicomSeries(folder);
    const said = series!.warnings.filter((text) => text.includes("took 3 slices of 4 files"));
    assertEquals(said.length, 1, series!.warnings.join("\n"));
    assertEquals(slicesOf(series!.images[0]!.volumes[0]!), [0, 2, 3]);
  }));

Deno.test("readDicomVolume() names the series where there are several, and takes the one asked for", () =>
  inFolder(async (folder) => {
    for (const [n, description] of ["scout", "T1", "T2"].entries()) {
      const options = { series: `1.2.${n + 5}`, number: n + 1, description };
      await writeSlices(`${folder}/${n}`, stack(2, 10 * n, options));
    }
    await assertRefused(
      ...[readDicomVolume(folder), "several"] as const,
      ...["3 series", 'series 1 "scout" (MR, 2 files)', 'series 3 "T2"', "[--series N]"],
    );
    for (const series of [2, "2", "1.2.6"]) {
      assertEquals(slicesOf((await readDicomVolume(folder, { series })).volume), [10, 11]);
    }
    // another patient's series of the same number
    await writeSlices(`${folder}/other`, stack(2, 50, { series: "1.2.9", number: 2 }));
    await assertRefused(
      ...[readDicomVolume(folder, { series: 2 }), "several"] as const,
      ...["2 series 2", "UID 1.2.6", "UID 1.2.9"],
    );
    assertEquals(slicesOf((await readDicomVolume(folder, { series: "1.2.9" })).volume), [50, 51]);
    const none = readDicomVolume(folder, { series: 9 });
    await assertRefused(none, "none", "no series 9, but", '"scout"');
  }));

Deno.test("readDicomVolume() refuses a cine, an empty folder, a damaged file and pixels cut short", () =>
  inFolder(async (folder) => {
    const cine = [0, 40].map((triggerTime) => ({ triggerTime }));
    await writeSlices(`${folder}/cine`, cine);
    await assertRefused(readDicomVolume(`${folder}/cine`), "several", "4 x 3 x 1 x 2 volumes");
    await Deno.mkdir(`${folder}/empty`);
    await assertRefused(readDicomVolume(`${folder}/empty`), "none", `${folder}/empty`);
    await assertRefused(readDicomVolume(`${folder}/nowhere`), "none", "no such file or folder");
    await Deno.writeFile(`${folder}/cut`, dicomSlice().subarray(0, 300));
    await assertRefused(readDicomVolume(`${folder}/cut`), "header", `${folder}/cut`);
    await Deno.writeFile(`${folder}/short`, dicomSlice().slice(0, -6));
    await assertRefused(readDicomVolume(`${folder}/short`), "convert", "File not large enough");
  }));

Deno.test("dcm2niix is loaded where DICOM is met, not before", async () => {
  const importers: string[] = [];
  const search = async (folder: URL) => {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (isDirectory) await search(new URL(`${name}/`, folder));
      else if (name.endsWith(".ts")) {
        const text = await Deno.readTextFile(new URL(name, folder));
        if (/^(import|export) (?!type)[^;(]*deps\/dcm2niix\.ts"/m.test(text)) importers.push(name);
      }
    }
  };
  await search(new URL("../../../lib/", import.meta.url));
  assertEquals(importers, []);
});
