/** Segmentations of NIfTI files by a trained run, each in the geometry of its file. */
import type { LayoutName, Network } from "../../names.ts";
import { ConfigError } from "../../base/config/config_error.ts";
import type { FileCase } from "../../imaging/data/cases/case_source.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import { fileCase } from "../../imaging/data/cases/file_case.ts";
import { CANONICAL_CODES, fromCanonicalLabels, type LabelCodes } from "../../imaging/data/cases/label_codes.ts";
import { openDataset } from "../../imaging/data/cases/open_dataset.ts";
import { prepareCase } from "../../imaging/data/preparation/prepare_case.ts";
import { basename, dirname, join, relative, resolve } from "../../base/deps/std.ts";
import { withVoxels } from "../../formats/nifti/nifti_image.ts";
import { writeNifti } from "../../formats/nifti/write_nifti.ts";
import { loadRun, type LoadRunOptions } from "./load_run.ts";
import { exists } from "../../formats/files/exists.ts";
import { segmentStack } from "../../learning/evaluation/segment_stack.ts";

/** What to segment and where to write. */
export interface PredictOptions extends LoadRunOptions {
  /** A NIfTI file, a folder of them, or (layout "folder") the list of a data set. */
  readonly input: string;
  /** A path for the segmentation of a file, or a folder. */
  readonly output: string;
  /**
   * The fast-thinking network alone, or refined by the slow-thinking one: the default, where the run
   * has one.
   */
  readonly steps?: Network;
  /**
   * How the input lies in its folder, which tells its orientation and label codes. Without it, every
   * NIfTI file is taken as its header says, and written in the codes 1 LV, 2 MYO, 3 RV.
   */
  readonly layout?: LayoutName;
}

/** A segmentation that was written. */
export interface Prediction {
  readonly input: string;
  readonly output: string;
}

/** Input and output that do not fit together. */
export class OutputPathError extends Error {
  override readonly name = "OutputPathError";
}

/**
 * Segments files and writes them as NIfTI (uint8) with the input's shape and geometry. In a folder
 * each file keeps its place and name; labels (`_gt`) are passed over.
 *
 * @returns Each segmentation once it is written.
 * @throws {OutputPathError} If an output would replace an image or label of the input, or lie
 * outside `output`.
 * @throws {DatasetError | NiftiError} If an input cannot be read, or an output not written.
 * @throws {ConfigError} If `steps` asks for a network that the run has not trained.
 * @throws {RunFolderError | CheckpointError | SafetensorsError} As {@linkcode loadRun}.
 */
export async function* predictFiles(
  dir: string,
  options: PredictOptions,
): AsyncGenerator<Prediction> {
  const inputs = await findInputs(options);
  const jobs = planOutputs(inputs, options);
  const { config, stepper } = await loadRun(dir, options);
  const { data: { size, spacing, ...data }, evaluation: { chunk } } = config;
  try {
    const steps = chooseSteps(dir, stepper.networks, options);
    if (options.layout === undefined && data.dir !== null && data.layout === "acdc") {
      options.onNotice?.(
        "the run was trained on ACDC, whose headers hold no true orientation; without " +
          "--layout acdc files are turned as their headers say, and written in the codes 1 LV, " +
          "2 MYO, 3 RV",
      );
    }
    for (const { source, output } of jobs) {
      const prepared = await prepareCase(source, { size, spacing });
      for (const warning of prepared.reference.image.warnings) options.onNotice?.(warning);
      const labels = segmentStack(stepper, prepared, chunk)[steps]!;
      const codes = fromCanonicalLabels(prepared.restore(labels).data, inputs.labelCodes);
      await Deno.mkdir(dirname(output), { recursive: true });
      await writeNifti(output, withVoxels(prepared.reference.image, codes));
      yield { input: source.imagePath, output };
    }
  } finally {
    stepper.dispose();
  }
}

/** The network whose segmentations are written. */
function chooseSteps(
  dir: string,
  networks: readonly Network[],
  { steps, onNotice }: PredictOptions,
): Network {
  if (steps !== undefined && !networks.includes(steps)) {
    throw new ConfigError(
      "method.networks",
      `Cannot predict with steps ${steps}: run ${dir} has trained no such network ` +
        `(method.networks), wanted ${networks.join(" or ")}`,
    );
  }
  if (steps === undefined && !networks.includes("stn")) {
    onNotice?.(
      "the run has no slow-thinking network: the fast-thinking one's segmentations are written",
    );
  }
  return steps ?? (networks.includes("stn") ? "stn" : "ftn");
}

interface Inputs {
  /** What to segment. */
  readonly cases: readonly FileCase[];
  /** All that the data set holds, of which nothing may be replaced. */
  readonly all: readonly FileCase[];
  readonly labelCodes: LabelCodes;
  /** The folder whose inner places the outputs keep. */
  readonly root: string;
  /** Whether the input is one NIfTI file. */
  readonly single: boolean;
}

async function findInputs({ input, layout }: PredictOptions): Promise<Inputs> {
  const isFile = await isFileAt(input);
  const isList = isFile && layout === "folder" && LIST.test(input);
  const single = isFile && !isList;
  const root = isFile ? dirname(resolve(input)) : resolve(input);
  if (layout !== undefined) {
    const place = single ? await datasetOf(root, layout) : input;
    const { cases: all, labelCodes } = await openDataset(place, layout, { labels: "optional" });
    const cases = single
      ? all.filter(({ imagePath }) => resolve(imagePath) === resolve(input))
      : all;
    if (cases.length === 0) {
      throw new DatasetError(`Cannot predict ${input}: layout ${layout} has no such case`);
    }
    return { cases, all, labelCodes, root, single };
  }
  const paths = isFile ? [input] : await niftiFilesIn(input);
  if (paths.length === 0) throw new DatasetError(`Cannot predict ${input}: it holds no NIfTI file`);
  const cases = paths.map(plainCase);
  return { cases, all: cases, labelCodes: CANONICAL_CODES, root, single };
}

/** The data set of an image: in a folder a subject, or listed beside it or one folder up. */
async function datasetOf(folder: string, layout: LayoutName): Promise<string> {
  if (layout !== "folder") return dirname(folder);
  for (const place of [folder, dirname(folder)]) {
    for (const name of ["cases.csv", "cases.json"]) {
      if (await exists(join(place, name))) return place;
    }
  }
  throw new DatasetError(
    `Cannot predict from ${folder}: neither it nor the folder above holds cases.csv or cases.json ` +
      '(layout "folder")',
  );
}

function plainCase(path: string): FileCase {
  return fileCase({
    id: path,
    subject: path,
    frame: "",
    domain: "",
    imagePath: path,
    labelCodes: CANONICAL_CODES,
  });
}

function planOutputs(
  { cases, all, root, single }: Inputs,
  { output }: PredictOptions,
): { source: FileCase; output: string }[] {
  const kept = new Set(
    all.flatMap(({ imagePath, labelPath }) =>
      [imagePath, ...labelPath === undefined ? [] : [labelPath]].map((path) => resolve(path))
    ),
  );
  return cases.map((source) => {
    const target = single && NIFTI.test(output)
      ? output
      : join(output, placeIn(root, source.imagePath));
    if (kept.has(resolve(target))) {
      throw new OutputPathError(`Cannot write ${target}: it is an image or label of the input`);
    }
    return { source, output: target };
  });
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

const NIFTI = /\.nii(\.gz)?$/i;
const LIST = /\.(csv|json)$/i;
const LABEL = /_gt\.nii(\.gz)?$/i;

async function niftiFilesIn(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) paths.push(...await niftiFilesIn(path));
    else if (NIFTI.test(basename(path)) && !LABEL.test(basename(path))) paths.push(path);
  }
  return paths.sort();
}

async function isFileAt(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (cause) {
    throw new DatasetError(`Cannot predict ${path}: ${(cause as Error).message}`, { cause });
  }
}
