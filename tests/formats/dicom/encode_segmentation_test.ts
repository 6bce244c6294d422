import { assert, assertEquals } from "../../deps.ts";
import { encodeSegmentation } from "../../../lib/formats/dicom/encode_segmentation.ts";
import { readDicomElements } from "../../../lib/formats/dicom/dicom_elements.ts";
import { readDicomVolume } from "../../../lib/formats/dicom/read_dicom.ts";
import { scanDicom } from "../../../lib/formats/dicom/scan_dicom.ts";
import { readSourceSeries } from "../../../lib/formats/dicom/source_frames.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { whereThereIs } from "../../where_there_is.ts";
import { stack, writeSlices } from "./dicom_file.ts";

const REAL = new URL("../../../../shared/data/dicom/hippocampus", import.meta.url).pathname;
const DCIODVFY = "/usr/bin/dciodvfy";

const task = {
  labels: [
    { name: "background", codes: [0] },
    { name: "first", codes: [1] },
    {
      name: "zwölfte",
      codes: [2],
      code: { value: "123", scheme: "99MADE", meaning: "Made up" },
    },
    { name: "nowhere", codes: [3] },
  ],
};

/** The series of a folder, and its voxels. */
async function open(folder: string) {
  const { series: [series] } = await scanDicom(folder);
  const source = await readSourceSeries(series!.files.map(({ path }) => path), "it");
  const { volume: { shape, affine } } = await readDicomVolume(folder);
  return { source, shape, affine };
}

/** Three slices of 4 x 3 pixels; class 1 in the first pixel of each, class 2 in all of the last. */
async function made(folder: string): Promise<Uint8Array> {
  await writeSlices(folder, stack(3, 5));
  const { source, shape, affine } = await open(folder);
  const data = new Uint8Array(36);
  // dcm2niix stores rows from the back: the first pixel is of the last row.
  for (const k of [0, 1]) data[12 * k + 8] = 1;
  data.fill(2, 24);
  return await encodeSegmentation({ data, shape, affine }, task, source, "it");
}

Deno.test("encodeSegmentation() writes a frame where a class is, bound to the image of that place", () =>
  inFolder(async (folder) => {
    const bytes = await made(folder);
    const dicom = await readDicomElements(bytes, "seg");
    assertEquals(dicom["SOPClassUID"], "1.2.840.10008.5.1.4.1.1.66.4");
    assertEquals([dicom["Rows"], dicom["Columns"], Number(dicom["NumberOfFrames"])], [3, 4, 3]);
    const frames = dicom["PerFrameFunctionalGroupsSequence"];
    const told = frames.map((frame: typeof dicom) => [
      frame["SegmentIdentificationSequence"][0].ReferencedSegmentNumber,
      frame["PlanePositionSequence"][0].ImagePositionPatient.map(Number),
      frame["DerivationImageSequence"][0].SourceImageSequence[0].ReferencedSOPInstanceUID,
      frame["FrameContentSequence"][0].DimensionIndexValues,
    ]);
    assertEquals(told, [
      [1, [0, 0, 0], "1.2.3.1", [1, 1]],
      [1, [0, 0, 5], "1.2.3.2", [1, 2]],
      [2, [0, 0, 10], "1.2.3.3", [2, 3]],
    ]);
    const segments = dicom["SegmentSequence"].map((segment: typeof dicom) => [
      segment["SegmentedPropertyTypeCodeSequence"][0].CodeValue,
      segment["SegmentedPropertyCategoryCodeSequence"][0].CodeValue,
    ]);
    assertEquals(segments, [
      ["85756007", "85756007"],
      ["123", "123037004"],
      ["85756007", "85756007"],
    ]);
    // dcmjs reads texts within sequences as Latin-1, whatever the character set.
    const text = new TextDecoder().decode(bytes);
    for (const label of task.labels.slice(1)) assert(text.includes(label.name), label.name);
    // A bit a pixel, frames without gaps: bits 0, 12, and 24 to 35.
    assertEquals([...bytes.slice(-6)], [0x01, 0x10, 0x00, 0xff, 0x0f, 0x00]);
    assertEquals(dicom["StudyInstanceUID"], "1.2");
    assertEquals(dicom["ReferencedSeriesSequence"][0].SeriesInstanceUID, "1.2.3");
    assertEquals(await made(`${folder}/again`), bytes, "the same bytes");
  }));

Deno.test("encodeSegmentation() writes one empty frame where nothing was found", () =>
  inFolder(async (folder) => {
    await writeSlices(folder, stack(2, 1));
    const { source, shape, affine } = await open(folder);
    const none = { data: new Uint8Array(24), shape, affine };
    const bytes = await encodeSegmentation(none, task, source, "it");
    const dicom = await readDicomElements(bytes, "seg");
    assertEquals(Number(dicom["NumberOfFrames"]), 1);
    assertEquals([...bytes.slice(-2)], [0, 0]);
  }));

/** What dciodvfy finds to be wrong. */
async function errorsOf(bytes: Uint8Array, folder: string): Promise<string[]> {
  await Deno.writeFile(`${folder}/seg.dcm`, bytes);
  const { stderr } = await new Deno.Command(DCIODVFY, { args: ["-new", `${folder}/seg.dcm`] })
    .output();
  return new TextDecoder().decode(stderr).split("\n").filter((line) => /^error/i.test(line));
}

const verified = await whereThereIs(
  DCIODVFY,
  "encodeSegmentation() writes what dciodvfy finds no fault in",
);
Deno.test({
  ...verified,
  fn: () =>
    inFolder(async (folder) => {
      const bytes = await made(`${folder}/series`);
      const errors = await errorsOf(bytes, folder);
      // The made slices are no whole DICOM: they lack a patient, and so does what is beside them.
      assertEquals(errors.filter((line) => !/Patient|StudyID/.test(line)), []);
    }),
});

const real = await whereThereIs(REAL, verified.name.replace("what", "of real images what"));
Deno.test({
  name: verified.ignore ? verified.name.replace("what", "of real images what") : real.name,
  ignore: verified.ignore || real.ignore,
  fn: () =>
    inFolder(async (folder) => {
      const { source, shape, affine } = await open(REAL);
      const data = Uint8Array.from(
        { length: shape[0] * shape[1] * shape[2] },
        (_, n) => Math.floor(n / 50) % 4,
      );
      const bytes = await encodeSegmentation({ data, shape, affine }, task, source, "it");
      assertEquals(await errorsOf(bytes, folder), []);
      const dicom = await readDicomElements(bytes, "seg");
      assert(Number(dicom["NumberOfFrames"]) === 3 * shape[2], `${dicom["NumberOfFrames"]} frames`);
    }),
});
