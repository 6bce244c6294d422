/** Series of DICOM as NIfTI files. */
import { zlib } from "../../base/deps/zlib.ts";
import { convertSeries, type DicomSeries } from "../../formats/dicom/convert_series.ts";
import { Dcm2niix } from "../../formats/dicom/dcm2niix.ts";
import { DicomError } from "../../formats/dicom/dicom_error.ts";
import {
  type FoundSeries,
  isSeries,
  nameSeries,
  scanDicom,
} from "../../formats/dicom/scan_dicom.ts";
import { checkOutputs } from "../../formats/files/check_outputs.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { OutputPathError } from "../../formats/files/output_path_error.ts";
import { realPlace } from "../../formats/files/real_place.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import { join, relative } from "../../base/deps/std.ts";

/** What to convert and where to write. */
export interface ConvertDicomOptions {
  /** A folder, searched to its depth, or a DICOM file. */
  readonly input: string;
  /** A folder, made where there is none; outside of the input. */
  readonly output: string;
  /** A series' number or UID; absent: all. */
  readonly series?: string | number;
  /** Replace files that exist. */
  readonly overwrite?: boolean;
}

/** What happened on the way. */
export type DicomConversion =
  | {
    /** Told first: what the input holds and what was passed over. */
    readonly kind: "found";
    readonly series: readonly string[];
    readonly warnings: readonly string[];
  }
  | {
    /** An image and its sidecar are on disk. */
    readonly kind: "written";
    /** The series in a few words. */
    readonly series: string;
    readonly uid: string;
    /** The NIfTI file (`.nii.gz`). */
    readonly image: string;
    /** What dcm2niix knows of it (JSON, as in BIDS). */
    readonly sidecar: string;
    readonly shape: readonly [number, number, number];
    /** Number of volumes on the fourth axis. */
    readonly volumes: number;
    /** Of the series; told with its first image. */
    readonly warnings: readonly string[];
  }
  | {
    /** A series could not be converted; the others were. */
    readonly kind: "failed";
    readonly series: string;
    readonly message: string;
  };

/**
 * Converts each series of a folder to NIfTI, `NUMBER_DESCRIPTION.nii.gz` with a JSON sidecar of the same
 * stem. Each file appears whole or not at all, the image last. A series that fails ends nothing.
 *
 * @returns What was found, then each image once it is written and each series that failed.
 * @throws {OutputPathError} If the output lies in the input, or files of its names are there already.
 * @throws {DicomError} "none" if there is no input, no image, or not the series asked for.
 * @throws {WriteError} If the disk refuses.
 */
export async function* convertDicom(options: ConvertDicomOptions): AsyncGenerator<DicomConversion> {
  const { input, output, overwrite = false } = options;
  const wanted = options.series === undefined ? undefined : String(options.series);
  await checkApart(input, output);
  const scan = await scanDicom(input);
  const chosen = scan.series.filter((one) => wanted === undefined || isSeries(one, wanted));
  const found = scan.series.map(nameSeries);
  if (chosen.length === 0) {
    throw new DicomError(
      "none",
      `Cannot make NIfTI of ${input}: it holds no series ${wanted}, but ${found.join("; ")}`,
    );
  }
  const stems = stemsOf(scan.series);
  await checkFree(output, chosen.map((one) => stems.get(one)!), overwrite);
  yield { kind: "found", series: found, warnings: scan.warnings };
  using dcm2niix = new Dcm2niix();
  for (const one of chosen) {
    let series: DicomSeries;
    try {
      series = await convertSeries(one, dcm2niix, input);
    } catch (error) {
      if (!(error instanceof DicomError) || error.code === "load") throw error;
      yield { kind: "failed", series: nameSeries(one), message: error.message };
      continue;
    }
    for (const [n, image] of series.images.entries()) {
      const stem = join(output, `${stems.get(one)!}${image.suffix}`);
      const paths = { image: `${stem}.nii.gz`, sidecar: `${stem}.json` };
      await makeFolder(output);
      await writeAtomically(paths.sidecar, `${JSON.stringify(image.sidecar, null, 2)}\n`);
      await writeAtomically(paths.image, zlib().gzipSync(image.nifti));
      yield {
        kind: "written",
        series: nameSeries(one),
        uid: one.uid,
        ...paths,
        shape: image.volumes[0]!.shape,
        volumes: image.volumes.length,
        warnings: [...n === 0 ? series.warnings : [], ...image.warnings],
      };
    }
  }
}

/** Fails where the output is the input's folder or lies in it: its files would be found next time. */
async function checkApart(input: string, output: string): Promise<void> {
  const isFolder = await Deno.stat(input).then(({ isDirectory }) => isDirectory, () => false);
  const place = relative(await realPlace(input), await realPlace(output));
  if (!isFolder || /^\.\.([\\/]|$)/.test(place)) return;
  throw new OutputPathError(
    `Cannot write to ${output}: it lies in the input ${input}, wanted a folder outside of it`,
  );
}

/** Fails where files exist that a series' could replace, or the folder cannot be written to. */
async function checkFree(
  output: string,
  stems: readonly string[],
  overwrite: boolean,
): Promise<void> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(output)) names.push(name);
  } catch (error) {
    if (error instanceof Deno.errors.NotADirectory) {
      throw new OutputPathError(`Cannot write to ${output}: it is a file, wanted a folder`);
    }
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const taken = names.filter((name) =>
    /\.(nii\.gz|json)$/.test(name) &&
    stems.some((stem) => name.startsWith(`${stem}.`) || name.startsWith(`${stem}_`))
  ).sort();
  if (taken.length > 0 && !overwrite) {
    throw new OutputPathError(
      `Cannot write to ${output}: it holds ${
        taken.join(", ")
      }; take another folder or add --overwrite`,
    );
  }
  const outputs = stems.map((stem) => join(output, `${stem}.nii.gz`));
  await checkOutputs({ outputs, inputs: [], overwrite });
}

/** Characters of a file's name at most. */
const LONGEST = 80;

/** A name for each series that a file may have on any system, no two alike. */
function stemsOf(series: readonly FoundSeries[]): Map<FoundSeries, string> {
  const stems = new Map<FoundSeries, string>(), taken = new Set<string>();
  for (const one of series) {
    const text = [one.number ?? [], one.description].flat().join("_")
      .replaceAll(/[^\p{L}\p{N}._-]+/gu, "_").replaceAll(/^[._-]+|[._-]+$/g, "").slice(0, LONGEST);
    const plain = text === "" ? "series" : text;
    let stem = plain;
    for (let n = 2; taken.has(stem.toLowerCase()); n++) stem = `${plain}-${n}`;
    taken.add(stem.toLowerCase());
    stems.set(one, stem);
  }
  return stems;
}
