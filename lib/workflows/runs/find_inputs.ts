/** What a person wants to have segmented: a file, a folder of files, or a data set. */
import { basename, dirname, join, resolve } from "../../base/deps/std.ts";
import { exists } from "../../formats/files/exists.ts";
import type { FileCase } from "../../imaging/data/cases/case_source.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import { fileCase } from "../../imaging/data/cases/file_case.ts";
import { CANONICAL_CODES, type LabelCodes } from "../../imaging/data/cases/label_codes.ts";
import type { LayoutName } from "../../names.ts";
import { openDataset } from "../../imaging/data/cases/open_dataset.ts";

const LIST = /\.(csv|json)$/i;
const LABEL = /_gt\.nii(\.gz)?$/i;

/** What is to be segmented. */
export interface Inputs {
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

/** Where to look, and how. */
export interface InputPlace {
  /** A NIfTI file, a folder of them, or (layout "folder") the list of a data set. */
  readonly input: string;
  /** How the input lies in its folder; without it, every NIfTI file is taken as its header says. */
  readonly layout?: LayoutName;
}

/**
 * Finds the images of a file, a folder or a data set; in a folder, labels (`_gt`) are passed over.
 *
 * @throws {DatasetError | NiftiError} If there is none, or the data set cannot be used.
 */
export async function findInputs({ input, layout }: InputPlace): Promise<Inputs> {
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

/** Whether a path has the name of a NIfTI file. */
export function isNiftiPath(path: string): boolean {
  return /\.nii(\.gz)?$/i.test(path);
}

async function niftiFilesIn(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) paths.push(...await niftiFilesIn(path));
    else if (isNiftiPath(path) && !LABEL.test(basename(path))) paths.push(path);
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
