import { DicomError } from "./dicom_error.ts";
import { dicomTools } from "./dicom_tools.ts";
import type { DicomElements } from "../../base/deps/dcm2niix.ts";

/** What of a DICOM file's elements its place among the others is told by. */
export interface DicomHeader {
  /** Series Instance UID; may be empty. */
  readonly seriesUid: string;
  /** SOP Instance UID: the file's own, which copies of it share; may be empty. */
  readonly uid: string;
  /** Series Number, where there is one. */
  readonly seriesNumber?: number;
  /** Without control characters; may be empty. */
  readonly description: string;
  /** As "MR" or "CT"; may be empty. */
  readonly modality: string;
  /** Whether it holds pixels. */
  readonly isImage: boolean;
  /** Instance Number, where there is one. */
  readonly instance?: number;
  /** Milliseconds after the heartbeat. */
  readonly triggerTime?: number;
  /** Six direction cosines; absent in multi-frame files. */
  readonly orientation?: readonly number[];
  /** Of the first voxel, mm, in the patient (LPS); absent in multi-frame files. */
  readonly position?: readonly number[];
}

/** The byte at which "DICM" stands. */
const MAGIC_AT = 128;

/** As many bytes tell whether a file is DICOM. */
export const DICOM_HEAD_BYTES = MAGIC_AT + 4;

/** Whether bytes begin as a DICOM file does: 128 of any kind, then "DICM" (PS3.10, 7.1). */
export function isDicom(bytes: Uint8Array): boolean {
  return "DICM".split("").every((letter, n) => bytes[MAGIC_AT + n] === letter.charCodeAt(0));
}

/**
 * Reads what is needed of a file's elements, up to its pixels.
 *
 * @param bytes The whole file.
 * @param file Its name, for messages.
 * @throws {DicomError} ("header") If it is no DICOM file or its elements are damaged.
 */
export async function parseDicomHeader(bytes: Uint8Array, file: string): Promise<DicomHeader> {
  const { parseDicom } = await dicomTools().load();
  let elements: DicomElements;
  try {
    elements = parseDicom(bytes, { untilTag: "x7fe00010" });
  } catch (cause) {
    // what is thrown is at times a text, or an object with one
    const reason = cause as { exception?: unknown; message?: unknown } | string;
    const text = typeof reason === "string" ? reason : reason.exception ?? reason.message;
    throw new DicomError(
      "header",
      `Cannot open ${file}: its DICOM elements are damaged (${text})`,
      {
        cause,
      },
    );
  }
  const number = (tag: string) => numbersOf(elements, tag)?.[0];
  const seriesNumber = number("x00200011"), instance = number("x00200013");
  const triggerTime = number("x00181060");
  const modality = textOf(elements, "x00080060");
  const orientation = numbersOf(elements, "x00200037", 6);
  const position = numbersOf(elements, "x00200032", 3);
  return {
    seriesUid: textOf(elements, "x0020000e"),
    uid: textOf(elements, "x00080018"),
    description: textOf(elements, "x0008103e"),
    modality,
    // the pixels of a segmentation are labels
    isImage: elements.elements.x7fe00010 !== undefined && modality !== "SEG",
    ...seriesNumber === undefined ? {} : { seriesNumber },
    ...instance === undefined ? {} : { instance },
    ...triggerTime === undefined ? {} : { triggerTime },
    ...orientation === undefined ? {} : { orientation },
    ...position === undefined ? {} : { position },
  };
}

/** Text of an element, safe to print: control characters become blanks. */
function textOf(elements: DicomElements, tag: string): string {
  // deno-lint-ignore no-control-regex
  return (elements.string(tag) ?? "").replaceAll(/[\x00-\x1f\x7f-\x9f]/g, " ").trim();
}

/** Numbers of an element written as text; undefined unless there are `count` or more, all finite. */
function numbersOf(elements: DicomElements, tag: string, count = 1): number[] | undefined {
  const text = elements.string(tag)?.trim();
  if (!text) return undefined;
  const values = text.split("\\").map(Number);
  return values.length >= count && values.every(Number.isFinite) ? values : undefined;
}
