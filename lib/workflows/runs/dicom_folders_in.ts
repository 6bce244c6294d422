import { dirname } from "../../base/deps/std.ts";
import { DicomError } from "../../formats/dicom/dicom_error.ts";
import { isDicomFolder } from "../../formats/dicom/find_dicom.ts";
import { shellWord } from "../../base/text/shell_word.ts";
import { isSeries, nameSeries, scanDicom } from "../../formats/dicom/scan_dicom.ts";

/**
 * The folders of DICOM that are an image each: the folder itself where it holds one series, however
 * deep its files lie, or the one that is asked for; else those of the files, where each holds one series
 * and each series has one. Empty where there is no DICOM.
 *
 * @param wanted A series' number or UID.
 * @throws {DicomError} "several" if there are several series and folders do not part them; all are
 * named, with how to choose. "none" if there is not the series that is asked for.
 */
export async function dicomFoldersIn(folder: string, wanted?: string): Promise<string[]> {
  if (!await isDicomFolder(folder)) return [];
  const { series } = await scanDicom(folder);
  const chosen = series.filter((one) => wanted === undefined || isSeries(one, wanted));
  const named = series.map(nameSeries).join("; ");
  if (wanted !== undefined && chosen.length === 0) {
    throw new DicomError(
      "none",
      `Cannot predict ${folder}: it holds no series ${wanted}, but ${named}`,
    );
  }
  if (chosen.length === 1) return [folder];
  const places = chosen.map(({ files }) => [...new Set(files.map(({ path }) => dirname(path)))]);
  const flat = places.flat();
  const parted = places.every((own) => own.length === 1) && new Set(flat).size === flat.length &&
    !flat.some((one) => flat.some((other) => other.startsWith(`${one}/`)));
  if (parted) return flat.sort();
  throw new DicomError(
    "several",
    wanted === undefined
      ? `Cannot predict ${folder}: it holds ${series.length} series: ${named}; choose one by --series, ` +
        `or convert them first (tandem convert ${shellWord(folder)} -o DIR)`
      : `Cannot predict ${folder}: it holds ${chosen.length} series ${wanted}: ${
        chosen.map((one) => `${nameSeries(one)}, UID ${one.uid}`).join("; ")
      }; choose one by its UID`,
  );
}
