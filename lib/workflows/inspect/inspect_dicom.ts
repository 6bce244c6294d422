/** A folder of DICOM: its series, and the images that dcm2niix makes of them. */
import { shellWord } from "../../base/text/shell_word.ts";
import { basename, resolve } from "../../base/deps/std.ts";
import { intensityRange } from "../../base/volume/intensity_range.ts";
import { convertSeries } from "../../formats/dicom/convert_series.ts";
import { Dcm2niix } from "../../formats/dicom/dcm2niix.ts";
import { DicomError } from "../../formats/dicom/dicom_error.ts";
import { describeImage } from "../../formats/dicom/read_dicom.ts";
import { type FoundSeries, nameSeries, scanDicom } from "../../formats/dicom/scan_dicom.ts";
import { caseRow } from "./case_sheet.ts";
import type { Listeners } from "./examine_all.ts";
import { gridOf } from "./grid_of.ts";
import type { InspectedCase, Inspection, Problem } from "./inspection.ts";
import { problemOf } from "./problem_of.ts";

/** Looks at every series of a folder, or of a file, and goes on past those that cannot be converted. */
export async function inspectDicom(
  path: string,
  { onRow, onProgress }: Listeners,
): Promise<Inspection> {
  const { series, warnings } = await scanDicom(path);
  const problems: Problem[] = [];
  const warn = (text: string, advice: string, files: readonly string[] = [path]) =>
    problems.push({ severity: "warning", files, text, advice });
  warnings.forEach((text) => warn(text, "see that nothing is missing"));
  const cases: InspectedCase[] = [];
  using dcm2niix = new Dcm2niix();
  for (const [n, one] of series.entries()) {
    const files = one.files.map((file) => file.path);
    try {
      const { images, warnings } = await convertSeries(one, dcm2niix, path);
      const odd = [...warnings, ...images.flatMap((image) => image.warnings)];
      odd.forEach((text) => warn(text, "see whether it matters: it is converted as it is", files));
      if (images.length > 1 || images[0]!.volumes.length > 1) {
        warn(
          `${path}, ${nameSeries(one)}: holds ${images.map(describeImage).join(", ")}`,
          `to predict it, convert it (tandem convert ${
            shellWord(path)
          } -o DIR) and choose one volume`,
          files,
        );
      }
      for (const { suffix, volumes } of images) {
        const [volume] = volumes;
        const found: InspectedCase = {
          id: `${nameOf(one)}${suffix}`,
          subject: basename(resolve(path)),
          frame: nameOf(one),
          domain: one.modality,
          images: files,
          labels: [],
          grid: gridOf(volume!),
          intensities: volumes.map(({ data }) => intensityRange(data)),
        };
        cases.push(found);
        const row = caseRow({ image: volume!, found });
        if (row) onRow(row);
      }
    } catch (error) {
      if (error instanceof DicomError && error.code === "load") throw error;
      problems.push(problemOf(error, { severity: "warning", files }));
    }
    onProgress(n + 1, series.length);
  }
  problems.push({
    severity: "error",
    files: [path],
    text: `${path}: it holds DICOM and no labels`,
    advice:
      "predict it (tandem predict); to train, convert it (tandem convert), draw labels, and list " +
      "images and labels in a cases.csv",
  });
  const name = basename(resolve(path));
  const notices = [`read as DICOM: ${series.map(nameSeries).join("; ")}`];
  return { version: 1, path, layout: "dicom", name, cases, notices, problems, trainable: false };
}

function nameOf({ number, uid }: FoundSeries): string {
  return `series ${number ?? uid}`;
}
