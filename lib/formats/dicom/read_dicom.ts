import { shellWord } from "../../base/text/shell_word.ts";
import { convertSeries, type DicomImage, type DicomSeries } from "./convert_series.ts";
import { Dcm2niix } from "./dcm2niix.ts";
import { DicomError } from "./dicom_error.ts";
import type { DicomSource } from "./find_dicom.ts";
import { isSeries, nameSeries, scanDicom } from "./scan_dicom.ts";
import type { NiftiImage } from "../nifti/nifti_image.ts";

/** Which series to read. */
export interface ReadDicomOptions {
  /** A series' number or UID; absent: all, or the only one. */
  readonly series?: string | number;
  /** Where files come from; the disk by default. */
  readonly source?: DicomSource;
}

/**
 * Reads the series of a folder, or of files, each as one or more NIfTI images (dcm2niix, in a thread of
 * its own). Hidden files, DICOMDIR, files of other kinds and DICOM without pixels are passed over.
 *
 * @param path A folder, a file, or a list of files.
 * @throws {DicomError} "none" if there is no such path, no image or not the series asked for, else what is wrong with
 * the first series that cannot be read.
 */
export async function readDicomSeries(
  path: string | readonly string[],
  options: ReadDicomOptions = {},
): Promise<DicomSeries[]> {
  const place = typeof path === "string" ? path : path[0] ?? "an empty list";
  const scan = await scanDicom(path, options.source);
  const wanted = options.series === undefined ? undefined : String(options.series);
  const chosen = scan.series.filter((one) => wanted === undefined || isSeries(one, wanted));
  if (chosen.length === 0) {
    throw new DicomError(
      "none",
      `Cannot open ${place}: it holds no series ${wanted}, but ${
        scan.series.map(nameSeries).join("; ")
      }`,
    );
  }
  const dcm2niix = new Dcm2niix(), read: DicomSeries[] = [];
  // no `using`: pages are bundled of this, and not all browsers know it
  try {
    for (const one of chosen) {
      const series = await convertSeries(one, dcm2niix, place, options.source?.read);
      read.push(
        read.length > 0 ? series : { ...series, warnings: [...scan.warnings, ...series.warnings] },
      );
    }
  } finally {
    dcm2niix[Symbol.dispose]();
  }
  return read;
}

/**
 * Reads the one volume of a folder of DICOM.
 *
 * @param path A folder, or a multi-frame file.
 * @throws {DicomError} "several" if there is more than one series, image or time, all named; and as
 * {@linkcode readDicomSeries}.
 */
export async function readDicomVolume(
  path: string,
  options: ReadDicomOptions = {},
): Promise<NiftiImage> {
  const wanted = options.series === undefined ? undefined : String(options.series);
  const scanned = (await scanDicom(path, options.source)).series
    .filter((one) => wanted === undefined || isSeries(one, wanted));
  if (scanned.length > 1) {
    // studies and patients share numbers of series
    const named = scanned.map((one) =>
      wanted === undefined ? nameSeries(one) : `${nameSeries(one)}, UID ${one.uid}`
    );
    throw new DicomError(
      "several",
      `Cannot open ${path} as one volume: it holds ${scanned.length} series${
        wanted === undefined ? "" : ` ${wanted}`
      }: ${named.join("; ")}; choose one by its ${
        wanted === undefined ? "number or UID" : "UID"
      }, or convert them first (tandem convert ${shellWord(path)} -o DIR [--series N])`,
    );
  }
  const [series] = await readDicomSeries(path, options);
  const { images, warnings } = series!;
  const [image] = images;
  if (images.length > 1 || image!.volumes.length > 1) {
    throw new DicomError(
      "several",
      `Cannot open ${path} as one volume: ${nameSeries(series!)} holds ${
        images.map(describeImage).join(", ")
      }; convert it first (tandem convert ${shellWord(path)} -o DIR) and choose one`,
    );
  }
  const { header, volumes } = image!;
  return { volume: volumes[0]!, header, warnings: [...warnings, ...image!.warnings] };
}

/** An image in a few words: its suffix and sizes. */
export function describeImage({ suffix, volumes }: Pick<DicomImage, "suffix" | "volumes">): string {
  const shape = volumes[0]!.shape.join(" x ");
  const times = volumes.length === 1 ? "" : ` x ${volumes.length} volumes`;
  return `${suffix === "" ? "an image" : suffix.slice(1)} of ${shape}${times}`;
}
