import { isDicomFile, isDicomFolder } from "../../formats/dicom/find_dicom.ts";
import { isSeries, nameSeries, scanDicom } from "../../formats/dicom/scan_dicom.ts";
import { DicomError } from "../../formats/dicom/dicom_error.ts";
import { OutputPathError } from "../../formats/files/output_path_error.ts";

/** The DICOM series beside which a segmentation goes. */
export interface SegmentedSeries {
  readonly paths: readonly string[];
  /** What errors call it. */
  readonly name: string;
}

/**
 * The series that an image came from: itself where it is DICOM, or the one that is named.
 *
 * @param image The image's path.
 * @param source A folder or file of DICOM; absent: the image itself.
 * @param series A series' number or UID; absent: the only one.
 * @throws {OutputPathError} If neither is DICOM.
 * @throws {DicomError} "several" if there is more than one series, "none" if there is none such.
 */
export async function segmentedSeries(
  image: string,
  source: string | undefined,
  series: string | undefined,
): Promise<SegmentedSeries> {
  const place = source ?? image;
  if (!await isDicomFolder(place) && !await isFileOfDicom(place)) {
    throw new OutputPathError(
      source === undefined
        ? `Cannot write DICOM beside ${image}, which is none: wanted --source DIR, the series that ` +
          "it came from"
        : `Cannot write DICOM beside ${source} (--source): it holds none`,
    );
  }
  const scan = await scanDicom(place);
  const chosen = scan.series.filter((one) => series === undefined || isSeries(one, series));
  if (chosen.length !== 1) {
    throw new DicomError(
      chosen.length === 0 ? "none" : "several",
      `Cannot write DICOM beside ${place}: it holds ${scan.series.map(nameSeries).join("; ")}; ` +
        "choose one by --series",
    );
  }
  const [{ files }] = chosen as [typeof chosen[number]];
  return { paths: files.map(({ path }) => path), name: `${place}, ${nameSeries(chosen[0]!)}` };
}

async function isFileOfDicom(path: string): Promise<boolean> {
  const isFile = await Deno.stat(path).then((info) => info.isFile, () => false);
  return isFile && await isDicomFile(path);
}
