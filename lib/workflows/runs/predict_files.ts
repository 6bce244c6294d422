/** Segmentations of NIfTI files and DICOM by a trained run, each in the geometry of its image. */
import type { Network } from "../../names.ts";
import { ConfigError } from "../../base/config/config_error.ts";
import type { FileCase } from "../../imaging/data/cases/case_source.ts";
import { toCodes } from "../../base/task/label_codes.ts";
import { prepareCase } from "../../imaging/data/preparation/prepare_case.ts";
import { dirname, join, relative, resolve } from "../../base/deps/std.ts";
import { OutputPathError } from "../../formats/files/output_path_error.ts";
import { withVoxels } from "../../formats/nifti/nifti_image.ts";
import { writeNifti } from "../../formats/nifti/write_nifti.ts";
import { findInputs, type InputPlace, type Inputs } from "./find_inputs.ts";
import { isNiftiPath } from "./nifti_files_in.ts";
import { openRunFolder } from "./open_run_folder.ts";
import { readData } from "./settle_data.ts";
import { loadRun, type LoadRunOptions } from "./load_run.ts";

/** What to segment and where to write. */
export interface PredictOptions extends LoadRunOptions, InputPlace {
  /** A path for the segmentation of a file, or a folder. */
  readonly output: string;
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

/**
 * Segments images and writes them as NIfTI with the input's shape and geometry, in the narrowest whole
 * numbers that hold the codes. In a folder each file keeps its place and name; labels (`_gt`) are passed
 * over. DICOM is written as `NAME.nii.gz`, by the name of its folder.
 *
 * @returns Each segmentation once it is written.
 * @throws {OutputPathError} If an output would replace an image or label of the input, or lie
 * outside `output`.
 * @throws {DatasetError | NiftiError | DicomError} If an input cannot be read, or an output not written.
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
  const jobs = planOutputs(inputs, options);
  const { segmenter } = await loadRun(dir, options);
  try {
    const network = chooseNetwork(dir, segmenter.networks, options);
    for (const { source, output } of jobs) {
      const prepared = await prepareCase(source, data.preparation);
      for (const warning of prepared.reference.image.warnings) options.onNotice?.(warning);
      const labels = segmenter.segment(prepared)[network]!;
      const codes = toCodes(prepared.restore(labels).data, inputs.task);
      await Deno.mkdir(dirname(output), { recursive: true });
      await writeNifti(output, withVoxels(prepared.reference.image, codes));
      yield { input: source.imagePaths[0], output };
    }
  } finally {
    segmenter.dispose();
  }
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

function planOutputs(
  { cases, all, root, single }: Inputs,
  { output }: PredictOptions,
): { source: FileCase; output: string }[] {
  const kept = new Set(
    all.flatMap(({ imagePaths, labelPath, labelMasks = [] }) => [
      ...imagePaths,
      ...labelPath === undefined ? [] : [labelPath],
      ...labelMasks.map(({ path }) => path),
    ]).map((path) => resolve(path)),
  );
  return cases.map((source) => {
    const target = single && isNiftiPath(output)
      ? output
      : join(output, outputName(placeIn(root, source.imagePaths[0])));
    if (kept.has(resolve(target))) {
      throw new OutputPathError(`Cannot write ${target}: it is an image or label of the input`);
    }
    return { source, output: target };
  });
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
