/** Where the segmentations of images go, and what must not stand there. */
import type { PredictionFormat } from "../../names.ts";
import { basename, join, relative, resolve } from "../../base/deps/std.ts";
import { checkOutputs } from "../../formats/files/check_outputs.ts";
import { exists } from "../../formats/files/exists.ts";
import { OutputPathError } from "../../formats/files/output_path_error.ts";
import type { FileCase } from "../../imaging/data/cases/case_source.ts";
import type { Inputs } from "./find_inputs.ts";
import { type SegmentedSeries, segmentedSeries } from "./segmented_series.ts";
import { isNiftiPath } from "./nifti_files_in.ts";
import type { MapName, PredictionPlaces } from "./prediction_files.ts";

/** An image and where its prediction goes. */
export interface PredictionJob {
  readonly source: FileCase;
  readonly places: PredictionPlaces;
  /** Beside which it goes as DICOM. */
  readonly series?: SegmentedSeries;
}

/** What is written where, and what may be replaced. */
export interface OutputOptions {
  /** A path for the segmentation of a file, or a folder. */
  readonly output: string;
  /** Replace files that exist; never those of the input. */
  readonly overwrite?: boolean;
  /** Pass over images whose files are all there. */
  readonly skipExisting?: boolean;
  /** NIfTI by default. */
  readonly format?: PredictionFormat;
  /** The DICOM that an image came from which is none. */
  readonly source?: string;
  readonly series?: string;
  /** What is written besides segmentations. */
  readonly maps: readonly MapName[];
}

/** What is to be done. */
export interface PlannedJobs {
  readonly jobs: readonly PredictionJob[];
  /** Images that are passed over, since their segmentations are there. */
  readonly existing: number;
  /** Those of them of which a map that is asked for is not there. */
  readonly unmapped: number;
}

/**
 * Plans what is written of each image: the segmentation, and maps beside it, as `NAME_entropy.nii.gz`.
 *
 * @throws {OutputPathError} As {@linkcode checkOutputs}, or if an output lies outside `output`, or has a
 * name that is none of NIfTI's.
 */
export async function planOutputs(
  { cases, all, labels, root, single }: Inputs,
  { output, overwrite = false, skipExisting = false, format = "nifti", maps, ...of }: OutputOptions,
): Promise<PlannedJobs> {
  const asFile = await isFileName(output, single, format);
  if (of.source !== undefined && (format === "nifti" || cases.length > 1)) {
    throw new OutputPathError(
      `Cannot use the source ${of.source}: it is of one image alone, written as dicom-seg`,
    );
  }
  const planned = cases.map((source) => ({
    source,
    places: placesOf(
      asFile ? output : join(output, outputName(placeIn(root, source.imagePaths[0]), format)),
      maps,
    ),
  }));
  const jobs: PredictionJob[] = [];
  let unmapped = 0;
  for (const job of planned) {
    // it may have been corrected by hand since
    if (skipExisting && await exists(job.places.labels)) {
      if (!await allThere(Object.values(job.places))) unmapped++;
      continue;
    }
    const image = job.source.imagePaths[0];
    const series = format === "dicom-seg"
      ? await segmentedSeries(image, of.source, of.series)
      : undefined;
    jobs.push({ ...job, ...series && { series } });
  }
  const inputs = all.flatMap(({ imagePaths, labelPath, labelMasks = [] }) => [
    ...imagePaths,
    ...labelPath === undefined ? [] : [labelPath],
    ...labelMasks.map(({ path }) => path),
  ]);
  await checkOutputs({
    outputs: jobs.flatMap(({ places }) => Object.values(places)),
    inputs: [...inputs, ...labels, ...jobs.flatMap(({ series }) => series?.paths ?? [])],
    // Maps without their segmentation are what an ended batch left.
    overwrite: overwrite || skipExisting,
  });
  return { jobs, existing: planned.length - jobs.length, unmapped };
}

function placesOf(labels: string, maps: readonly MapName[]): PredictionPlaces {
  const stem = labels.replace(/\.(nii(\.gz)?|dcm)$/i, "");
  const ending = isNiftiPath(labels) ? labels.slice(stem.length) : ".nii.gz";
  return { labels, ...Object.fromEntries(maps.map((map) => [map, `${stem}_${map}${ending}`])) };
}

async function allThere(paths: readonly string[]): Promise<boolean> {
  for (const path of paths) if (!await exists(path)) return false;
  return true;
}

/**
 * Whether the output is a file's name and no folder's.
 *
 * @throws {OutputPathError} If it is the name of a file of another format, or a file's for a folder.
 */
async function isFileName(
  output: string,
  single: boolean,
  format: PredictionFormat,
): Promise<boolean> {
  const isFolder = await Deno.stat(output).then(({ isDirectory }) => isDirectory, () => false);
  if (isFolder || /[\\/]$/.test(output)) return false;
  if (format === "nifti" ? isNiftiPath(output) : /\.dcm$/i.test(output)) {
    if (single) return true;
    throw new OutputPathError(
      `Cannot write ${output}: the input is no single file, wanted the name of a folder`,
    );
  }
  if (single && /[^.]\.[a-z][a-z0-9]*$/i.test(basename(output))) {
    throw new OutputPathError(
      `Cannot write ${output}: wanted a name in ${
        format === "nifti" ? ".nii or .nii.gz" : ".dcm"
      }, or a folder (with a / at its end)`,
    );
  }
  return false;
}

/** The name of a segmentation: the image's own, or, of DICOM, that of its folder or file. */
function outputName(place: string, format: PredictionFormat): string {
  if (format === "nifti" && isNiftiPath(place)) return place;
  const stem = place.replace(/\.(dcm|ima|nii|nii\.gz)$/i, "");
  return `${stem}${format === "nifti" ? ".nii.gz" : ".dcm"}`;
}

/** The path of a file from the root; throws OutputPathError if it lies outside. */
function placeIn(root: string, path: string): string {
  const place = relative(root, resolve(path));
  if (place.split(/[\\/]/)[0] === "..") {
    throw new OutputPathError(
      `Cannot place the segmentation of ${path} in the output folder: it lies outside ${root}`,
    );
  }
  return place;
}
