/** A folder of DICOM that a person gave, as one image. */
import { DicomError } from "../../lib/formats/dicom/dicom_error.ts";
import { isDicom } from "../../lib/formats/dicom/dicom_header.ts";
import { readDicomSeries } from "../../lib/formats/dicom/read_dicom.ts";
import { nameSeries, scanDicom } from "../../lib/formats/dicom/scan_dicom.ts";
import { assertFinite } from "../../lib/formats/nifti/nifti_image.ts";
import { DatasetError } from "../../lib/imaging/data/cases/dataset_error.ts";
import { bytesOf, chosenOf, framesOf, type OpenedImages } from "./opened_images.ts";
import type { ChosenParts, GivenFile } from "./protocol.ts";

/**
 * Opens one series, and one of its times; the first ones where none are chosen.
 *
 * @throws {DatasetError | DicomError} If there is no DICOM, or it cannot be read.
 */
export async function openDicom(
  files: readonly GivenFile[],
  chosen: ChosenParts,
): Promise<OpenedImages> {
  const byPath = new Map(files.map((one) => [one.path, one.file]));
  const name = sharedFolder(files.map(({ path }) => path)) || files[0]?.path || "nothing";
  const source = {
    async *find() {
      for (const [path, file] of byPath) {
        if (path.split("/").at(-1)!.toUpperCase() === "DICOMDIR") continue;
        if (isDicom(await bytesOf(file.slice(0, 132)))) yield path;
      }
    },
    read: (path: string) => bytesOf(byPath.get(path)!),
  };
  try {
    const { series } = await scanDicom(name, source);
    const one = chosenOf(series.length, chosen.series);
    const [read] = await readDicomSeries(name, { series: series[one]!.uid, source });
    const { images, warnings } = read!, frames = images.flatMap(framesOf);
    const frame = chosenOf(frames.length, chosen.frame), image = frames[frame]!;
    assertFinite(image.volume, name);
    return {
      ...{ name, oneFile: false },
      images: [{ ...image, warnings: [...warnings, ...image.warnings] }],
      parts: {
        ...series.length > 1 && { series: { names: series.map(nameSeries), chosen: one } },
        ...frames.length > 1 && { frames: { count: frames.length, chosen: frame } },
      },
    };
  } catch (error) {
    if (!(error instanceof DicomError) || error.code !== "none") throw error;
    throw new DatasetError(
      `Cannot open ${name}: it is no NIfTI file (.nii, .nii.gz) and holds no image in DICOM`,
      { cause: error },
    );
  }
}

/** The folder that all paths begin with; empty where there is none. */
function sharedFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => path.split("/").slice(0, -1));
  const [first = []] = folders;
  const length = first.findIndex((part, n) => folders.some((folder) => folder[n] !== part));
  return (length < 0 ? first : first.slice(0, length)).join("/");
}
