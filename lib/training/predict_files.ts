/** Segmentations of NIfTI files by a trained run, each in the geometry of its file. */
import type { FileCase } from "../data/case_source.ts";
import { DatasetError } from "../data/dataset_error.ts";
import { fileCase } from "../data/file_case.ts";
import { CANONICAL_CODES, fromCanonicalLabels, type LabelCodes } from "../data/label_codes.ts";
import { type LayoutName, openDataset } from "../data/open_dataset.ts";
import { prepareCase } from "../data/prepare_case.ts";
import { basename, dirname, join, relative, resolve } from "../deps/std.ts";
import { withVoxels } from "../nifti/nifti_image.ts";
import { writeNifti } from "../nifti/write_nifti.ts";
import { loadRun, type LoadRunOptions } from "./load_run.ts";
import { type Network, segmentStack } from "./segment_case.ts";

/** What to segment and where to write. */
export interface PredictOptions extends LoadRunOptions {
  /** A NIfTI file, or a folder of them. */
  readonly input: string;
  /** A path for the segmentation of a file, or a folder. */
  readonly output: string;
  /** The fast-thinking network alone, or refined by the slow-thinking one (the default). */
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
 * @throws {OutputPathError} If an output would replace its input.
 * @throws {DatasetError | NiftiError} If an input cannot be read, or an output not written.
 * @throws {RunFolderError | CheckpointError | SafetensorsError} As {@linkcode loadRun}.
 */
export async function* predictFiles(
  dir: string,
  options: PredictOptions,
): AsyncGenerator<Prediction> {
  const { steps = "stn" } = options;
  const { cases, labelCodes } = await findInputs(options);
  const jobs = await planOutputs(cases, options);
  const { config, stepper } = await loadRun(dir, options);
  const { data: { size, spacing }, evaluation: { chunk } } = config;
  try {
    for (const { source, output } of jobs) {
      const prepared = await prepareCase(source, { size, spacing });
      for (const warning of prepared.reference.image.warnings) options.onNotice?.(warning);
      const labels = segmentStack(stepper, prepared, chunk)[steps];
      const codes = fromCanonicalLabels(prepared.restore(labels).data, labelCodes);
      await Deno.mkdir(dirname(output), { recursive: true });
      await writeNifti(output, withVoxels(prepared.reference.image, codes));
      yield { input: source.imagePath, output };
    }
  } finally {
    stepper.dispose();
  }
}

interface Inputs {
  readonly cases: readonly FileCase[];
  readonly labelCodes: LabelCodes;
}

async function findInputs({ input, layout }: PredictOptions): Promise<Inputs> {
  const isFile = await isFileAt(input);
  if (layout !== undefined) {
    // Files of the layouts lie in a folder a subject.
    const root = isFile ? dirname(dirname(resolve(input))) : input;
    const { cases, labelCodes } = await openDataset(root, layout, { labels: "optional" });
    const wanted = isFile
      ? cases.filter(({ imagePath }) => resolve(imagePath) === resolve(input))
      : cases;
    if (wanted.length === 0) {
      throw new DatasetError(`Cannot predict ${input}: layout ${layout} has no such case`);
    }
    return { cases: wanted, labelCodes };
  }
  const paths = isFile ? [input] : await niftiFilesIn(input);
  if (paths.length === 0) throw new DatasetError(`Cannot predict ${input}: it holds no NIfTI file`);
  return { cases: paths.map(plainCase), labelCodes: CANONICAL_CODES };
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

async function planOutputs(
  cases: readonly FileCase[],
  { input, output }: PredictOptions,
): Promise<{ source: FileCase; output: string }[]> {
  const toFile = await isFileAt(input) && NIFTI.test(output);
  const root = await isFileAt(input) ? dirname(input) : input;
  return cases.map((source) => {
    const target = toFile
      ? output
      : join(output, relative(resolve(root), resolve(source.imagePath)));
    if (resolve(target) === resolve(source.imagePath)) {
      throw new OutputPathError(`Cannot write ${target}: it is the input`);
    }
    return { source, output: target };
  });
}

const NIFTI = /\.nii(\.gz)?$/i;
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
