/** Where each image of a DICOM series lies, of single files and of such that hold many frames. */
import type { DicomDataset } from "../../base/deps/dcmjs.ts";
import { DicomError } from "./dicom_error.ts";
import { readDicomElements } from "./dicom_elements.ts";

/** One image of a series. */
export interface SourceFrame {
  readonly classUid: string;
  readonly instanceUid: string;
  /** From 1, in a file of several. */
  readonly frame?: number;
  /** Of the first voxel, mm, in the patient (LPS). */
  readonly position: readonly number[];
  /** Six direction cosines: along a row, along a column. */
  readonly orientation: readonly number[];
  /** mm between rows, and between columns. */
  readonly spacing: readonly number[];
  /** mm; absent where nothing tells it. */
  readonly thickness?: number;
}

/** A series' images, and what is said of patient and study. */
export interface SourceSeries {
  readonly frames: readonly SourceFrame[];
  readonly rows: number;
  readonly columns: number;
  /** The elements of its first file, without pixels. */
  readonly elements: DicomDataset;
}

/**
 * Reads where the images of a series lie.
 *
 * @param paths Its files, one or more.
 * @param name What errors call it.
 * @throws {DicomError} "header" if a file cannot be read, tells no place, or they differ in size.
 */
export async function readSourceSeries(
  paths: readonly string[],
  name: string,
): Promise<SourceSeries> {
  const frames: SourceFrame[] = [];
  let first: DicomDataset | undefined;
  for (const path of paths) {
    const elements = await readDicomElements(await Deno.readFile(path), path);
    first ??= elements;
    if (elements["Rows"] !== first["Rows"] || elements["Columns"] !== first["Columns"]) {
      throw new DicomError("header", `Cannot use ${name} as a source: its images differ in size`);
    }
    frames.push(...framesOf(elements, path));
  }
  return {
    frames,
    rows: Number(first!["Rows"]),
    columns: Number(first!["Columns"]),
    elements: first!,
  };
}

function framesOf(elements: DicomDataset, path: string): SourceFrame[] {
  const { SOPClassUID: classUid, SOPInstanceUID: instanceUid } = elements;
  const shared = itemOf(elements["SharedFunctionalGroupsSequence"]);
  // Some scanners write the sequence without a frame in it, and the place as in a plain image.
  const perFrame: DicomDataset[] = elements["PerFrameFunctionalGroupsSequence"] ?? [];
  const several = perFrame.length > 0, groups = several ? perFrame : [elements];
  return groups.map((group, n) => {
    // What is the same in all frames stands in the shared groups, or, of a plain image, in itself.
    const find = (sequence: string, keyword: string) =>
      itemOf(group[sequence])?.[keyword] ?? itemOf(shared?.[sequence])?.[keyword] ??
        (several ? undefined : elements[keyword]);
    const position = numbers(find("PlanePositionSequence", "ImagePositionPatient"), 3);
    const orientation = numbers(find("PlaneOrientationSequence", "ImageOrientationPatient"), 6);
    const spacing = numbers(find("PixelMeasuresSequence", "PixelSpacing"), 2);
    const thickness = numbers(find("PixelMeasuresSequence", "SliceThickness"), 1)?.[0];
    if (!position || !orientation || !spacing || !classUid || !instanceUid) {
      throw new DicomError(
        "header",
        `Cannot use ${path} as a source: it does not tell where its images lie`,
      );
    }
    return {
      ...{ classUid, instanceUid, position, orientation, spacing },
      ...several && { frame: n + 1 },
      ...thickness !== undefined && { thickness },
    };
  });
}

/** The first item of a sequence. */
// deno-lint-ignore no-explicit-any
function itemOf(sequence: any): DicomDataset | undefined {
  return Array.isArray(sequence) ? sequence[0] : sequence;
}

/** So many finite numbers; undefined where there are others. */
function numbers(value: unknown, count: number): number[] | undefined {
  const list = (Array.isArray(value) ? value : [value]).map((one) =>
    one === null || one === "" ? NaN : Number(one)
  );
  return list.length === count && list.every(Number.isFinite) ? list : undefined;
}

/**
 * What frames have in common of sizes: pixel spacing, thickness, and the distance between slices.
 *
 * @param frames One a slice, in their order.
 */
export function pixelMeasures(frames: readonly SourceFrame[]): DicomDataset {
  const { spacing, thickness } = frames[0]!;
  const distances = frames.slice(1).map(({ position }, n) =>
    Math.hypot(...position.map((value, a) => value - frames[n]!.position[a]!))
  );
  // Uneven distances have no one number.
  const even = distances.every((value) => Math.abs(value - distances[0]!) < 0.01 * distances[0]!);
  const apart = even ? distances[0] : undefined;
  const deep = thickness ?? apart;
  return {
    PixelSpacing: spacing.map(String),
    ...deep !== undefined && { SliceThickness: String(Number(deep.toPrecision(8))) },
    ...apart !== undefined && { SpacingBetweenSlices: String(Number(apart.toPrecision(8))) },
  };
}
