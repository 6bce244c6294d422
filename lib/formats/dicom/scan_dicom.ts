import { type DicomHeader, parseDicomHeader } from "./dicom_header.ts";
import { DicomError } from "./dicom_error.ts";
import { type DicomSource, findDicom } from "./find_dicom.ts";

/** A file and what its elements say. */
export interface DicomFile extends DicomHeader {
  /** Where it lies. */
  readonly path: string;
}

/** A series as its files tell of it, before its pixels are read. */
export interface FoundSeries {
  /** Series Instance UID; may be empty. */
  readonly uid: string;
  /** Series Number, where there is one. */
  readonly number?: number;
  /** May be empty. */
  readonly description: string;
  /** As "MR"; may be empty. */
  readonly modality: string;
  /** Files that hold pixels, sorted by path. */
  readonly files: readonly DicomFile[];
}

/** What a folder holds. */
export interface DicomScan {
  /** By number, those without one last. */
  readonly series: readonly FoundSeries[];
  /** What was passed over, and why. */
  readonly warnings: readonly string[];
}

/**
 * Finds the series of images in a folder, or of the one file; reads no pixels.
 *
 * @param path A folder or a file, or a list of files.
 * @param source The disk by default.
 * @throws {DicomError} "none" if there is no such path or no image, "header" if no file can be read.
 */
export async function scanDicom(
  path: string | readonly string[],
  { find, read }: DicomSource = { find: filesOf, read: Deno.readFile },
): Promise<DicomScan> {
  const files: DicomFile[] = [], damaged: DicomError[] = [];
  const copies: string[] = [], others: string[] = [];
  const known = new Set<string>();
  for (const one of typeof path === "string" ? [path] : path) {
    for await (const file of find(one)) {
      try {
        const header = await parseDicomHeader(await read(file), file);
        if (!header.isImage) others.push(file);
        else if (known.has(header.uid)) copies.push(file);
        else files.push({ path: file, ...header });
        if (header.uid !== "") known.add(header.uid);
      } catch (error) {
        if (!(error instanceof DicomError)) throw error;
        damaged.push(error);
      }
    }
  }
  if (files.length === 0) {
    if (damaged[0]) throw damaged[0];
    const place = typeof path === "string" ? path : path.join(", ");
    throw new DicomError("none", `Cannot open ${place}: it holds no image in DICOM`);
  }
  const series = [...Map.groupBy(files, ({ seriesUid }) => seriesUid)].map(([uid, files]) => {
    const { seriesNumber, description, modality } = files[0]!;
    return {
      uid,
      ...seriesNumber === undefined ? {} : { number: seriesNumber },
      description,
      modality,
      files,
    };
  });
  series.sort((a, b) =>
    (a.number ?? Infinity) - (b.number ?? Infinity) || (a.uid < b.uid ? -1 : 1)
  );
  const warnings = [
    ...damaged.map(({ message }) => `${message}; it is passed over`),
    ...passedOver(others, "hold no image"),
    ...passedOver(copies, "are copies of others (same SOP Instance UID)"),
  ];
  return { series, warnings };
}

/** As {@linkcode findDicom}; a path that leads nowhere is told. */
async function* filesOf(path: string): AsyncGenerator<string> {
  try {
    yield* findDicom(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new DicomError("none", `Cannot open ${path}: there is no such file or folder`, { cause });
  }
}

function passedOver(files: readonly string[], why: string): string[] {
  return files.length === 0 ? [] : [`${files.length} DICOM files ${why}, as ${files[0]}`];
}

/** A series in a few words: `series 23 "CINE SAX" (MR, 24 files)`. */
export function nameSeries({ uid, number, description, modality, files }: FoundSeries): string {
  const count = `${files.length} ${files.length === 1 ? "file" : "files"}`;
  const text = description === "" ? "" : ` "${description}"`;
  return `series ${number ?? uid}${text} (${modality === "" ? "" : `${modality}, `}${count})`;
}

/** Whether a series is the one meant by a number or UID. */
export function isSeries({ uid, number }: FoundSeries, wanted: string): boolean {
  return uid === wanted || (number !== undefined && String(number) === wanted);
}
