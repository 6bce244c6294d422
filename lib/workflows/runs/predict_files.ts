/** Segmentations of NIfTI files and DICOM by a trained run, each in the geometry of its image. */
import type { Network } from "../../names.ts";
import { ConfigError } from "../../base/config/config_error.ts";
import type { FileCase } from "../../imaging/data/cases/case_source.ts";
import { toCodes } from "../../base/task/label_codes.ts";
import { prepareCase } from "../../imaging/data/preparation/prepare_case.ts";
import { basename, dirname, join, relative, resolve } from "../../base/deps/std.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { checkOutputs } from "../../formats/files/check_outputs.ts";
import { OutputPathError } from "../../formats/files/output_path_error.ts";
import { WriteError } from "../../formats/files/write_atomically.ts";
import { NiftiError } from "../../formats/nifti/nifti_error.ts";
import { withVoxels } from "../../formats/nifti/nifti_image.ts";
import { writeNifti } from "../../formats/nifti/write_nifti.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { segmentInTurns } from "../../learning/models/segment_in_turns.ts";
import { findInputs, type InputPlace, type Inputs } from "./find_inputs.ts";
import { isNiftiPath } from "./nifti_files_in.ts";
import { openRunFolder } from "./open_run_folder.ts";
import { readData } from "./settle_data.ts";
import { loadRun, type LoadRunOptions } from "./load_run.ts";

/** What to segment and where to write. */
export interface PredictOptions extends LoadRunOptions, InputPlace {
  /** A path for the segmentation of a file, or a folder. */
  readonly output: string;
  /** Replace files that exist; never those of the input. */
  readonly overwrite?: boolean;
  /**
   * The fast-thinking network alone, or refined by the slow-thinking one: the default, where the run
   * has one.
   */
  readonly network?: Network;
}

/** A segmentation that was written. */
export interface Prediction {
  readonly input: string;
  readonly output: string;
}

/** Files of a batch that could not be segmented; the others are written. */
export class BatchError extends Error {
  override readonly name = "BatchError";

  /** @param failures Each file and why. */
  constructor(readonly failures: readonly FailedPrediction[], total: number) {
    const list = failures.map(({ input, message }) => `${input} (${message})`).join("; ");
    super(`Cannot segment ${failures.length} of ${total} images: ${list}`);
  }
}

/** A file that could not be segmented. */
export interface FailedPrediction {
  readonly input: string;
  readonly message: string;
}

/**
 * Segments images and writes them as NIfTI with the input's shape and geometry, in the narrowest whole
 * numbers that hold the codes; DICOM as `NAME.nii.gz`, by the name of its folder. In a folder each file
 * keeps its place and name; labels (`_gt`), hidden files and what lies in the output folder are passed
 * over. A file that cannot be used ends no batch: the others are written, and it is told at the end.
 *
 * @returns Each segmentation once it is written.
 * @throws {OutputPathError} Before anything is written: if an output would replace an image or label
 * of the input, exists without `overwrite`, lies outside `output`, or has a name that is none of
 * NIfTI's; all of them in one message.
 * @throws {BatchError} At the end, if some of several files could not be segmented.
 * @throws {DatasetError | NiftiError | DicomError} If the only input cannot be read, or an output not be written.
 * @throws {ConfigError} If `network` asks for a network that the run has not trained.
 * @throws {RunFolderError | CheckpointError | SafetensorsError} As {@linkcode loadRun}.
 */
export async function* predictFiles(
  dir: string,
  options: PredictOptions,
): AsyncGenerator<Prediction> {
  const { folder, config } = await openRunFolder(dir);
  const data = await readData(folder, config);
  const inputs = await findInputs(options, data);
  inputs.notices.forEach((notice) => options.onNotice?.(notice));
  const jobs = await planOutputs(inputs, options);
  const { segmenter } = await loadRun(dir, options);
  const failures: FailedPrediction[] = [];
  try {
    const network = chooseNetwork(dir, segmenter.networks, options);
    for (const { source, output } of jobs) {
      const input = source.imagePaths[0];
      try {
        const prepared = await prepareCase(source, data.preparation);
        for (const warning of prepared.reference.image.warnings) options.onNotice?.(warning);
        const labels = (await segmentInTurns(segmenter, prepared))[network]!;
        const codes = toCodes(prepared.restore(labels).data, inputs.task);
        await makeFolder(dirname(output));
        await writeNifti(output, withVoxels(prepared.reference.image, codes));
      } catch (error) {
        if (jobs.length === 1 || endsBatch(error)) throw error;
        failures.push({ input, message: messageOf(error) });
        options.onNotice?.(`passed over ${input}: ${messageOf(error)}`);
        continue;
      }
      yield { input, output };
    }
  } finally {
    segmenter.dispose();
  }
  if (failures.length > 0) throw new BatchError(failures, jobs.length);
}

/** Whether an error says nothing of the file at hand: the disk refuses, or the backend is gone. */
function endsBatch(error: unknown): boolean {
  return error instanceof WriteError || error instanceof WebAssembly.RuntimeError ||
    (error instanceof NiftiError && error.code === "write");
}

/** The network whose segmentations are written. */
function chooseNetwork(
  dir: string,
  networks: readonly Network[],
  { network, onNotice }: PredictOptions,
): Network {
  if (network !== undefined && !networks.includes(network)) {
    throw new ConfigError(
      "method.networks",
      `Cannot predict with network ${network}: run ${dir} has trained no such one ` +
        `(method.networks), wanted ${networks.join(" or ")}`,
    );
  }
  if (network === undefined && !networks.includes("stn")) {
    onNotice?.(
      "the run has no slow-thinking network: the fast-thinking one's segmentations are written",
    );
  }
  return network ?? (networks.includes("stn") ? "stn" : "ftn");
}

async function planOutputs(
  { cases, all, labels, root, single }: Inputs,
  { output, overwrite = false }: PredictOptions,
): Promise<{ source: FileCase; output: string }[]> {
  const asFile = await isFileName(output, single);
  const jobs = cases.map((source) => ({
    source,
    output: asFile ? output : join(output, outputName(placeIn(root, source.imagePaths[0]))),
  }));
  const inputs = all.flatMap(({ imagePaths, labelPath, labelMasks = [] }) => [
    ...imagePaths,
    ...labelPath === undefined ? [] : [labelPath],
    ...labelMasks.map(({ path }) => path),
  ]);
  await checkOutputs({
    outputs: jobs.map(({ output }) => output),
    inputs: [...inputs, ...labels],
    overwrite,
  });
  return jobs;
}

/**
 * Whether the output is a file's name and no folder's.
 *
 * @throws {OutputPathError} If it is the name of a file of another format, or a file's for a folder.
 */
async function isFileName(output: string, single: boolean): Promise<boolean> {
  const isFolder = await Deno.stat(output).then(({ isDirectory }) => isDirectory, () => false);
  if (isFolder || /[\\/]$/.test(output)) return false;
  if (isNiftiPath(output)) {
    if (single) return true;
    throw new OutputPathError(
      `Cannot write ${output}: the input is no single file, wanted the name of a folder`,
    );
  }
  if (single && /[^.]\.[a-z][a-z0-9]*$/i.test(basename(output))) {
    throw new OutputPathError(
      `Cannot write ${output}: wanted a name in .nii or .nii.gz, or a folder (with a / at its end)`,
    );
  }
  return false;
}

/** The name of a segmentation: the image's own, or, of DICOM, that of its folder or file. */
function outputName(place: string): string {
  return isNiftiPath(place) ? place : `${place.replace(/\.(dcm|ima)$/i, "")}.nii.gz`;
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
