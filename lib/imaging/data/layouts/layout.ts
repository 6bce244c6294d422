/** What every data set layout has in common. */
import type { Dataset, FileCase } from "../cases/case_source.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import type { Task } from "../../../base/task/task.ts";
import type { GeometryChoice } from "../../../formats/nifti/geometry.ts";
import { join } from "../../../base/deps/std.ts";

/** How to open a data set. */
export interface OpenDatasetOptions {
  /** Which part of NIfTI headers gives the geometry; absent: the layout's own default. */
  readonly geometry?: GeometryChoice;
  /** Whether a case without a label file is an error (the default) or a case to predict. */
  readonly labels?: "required" | "optional";
  /**
   * What is segmented, with the codes of the label files, in place of what the layout would say: a
   * run's settings, or a data set read through a run's task (`translateTask`).
   */
  readonly task?: Task;
  /** For each channel of `task` its place among the data set's; absent: in their order. */
  readonly channels?: readonly number[];
}

/** One way in which data sets lie in files. */
export interface Layout {
  readonly name: string;
  /**
   * Whether a place looks like this layout, told from the names of files and folders and from lists,
   * in words for a person, as `dataset.json with channel_names`; undefined where it does not.
   */
  recognise(path: string): Promise<string | undefined>;
  /** Lists the cases without reading voxels; throws DatasetError where files are missing. */
  open(path: string, options: OpenDatasetOptions): Promise<Dataset<FileCase>>;
  /**
   * Where the files of a case go in a data set of this layout, from its folder on. Cases of one data
   * set get places of their own.
   */
  place(source: WritableCase, task: Task): CasePlace;
  /** Writes what makes the files of some cases, written to their places, a data set again. */
  finish(folder: string, written: WrittenDataset): Promise<void>;
}

/** What a layout needs to know of a case to place its files. */
export type WritableCase =
  & Pick<FileCase, "id" | "subject" | "frame" | "domain">
  & Partial<Pick<FileCase, "imagePaths">>
  & {
    /** Which of several versions of the case it is, from 1; absent: the only one. */
    readonly repeat?: number;
  };

/** The files of a case, relative to the data set's folder, with forward slashes. */
export interface CasePlace {
  /** A file a channel, or one file for all of them. */
  readonly images: readonly [string, ...string[]];
  readonly label: string;
}

/** The cases that were written to a folder. */
export interface WrittenDataset {
  readonly name: string;
  readonly task: Task;
  readonly cases: readonly (WritableCase & { readonly files: CasePlace })[];
}

/** Names of the folders in a folder, sorted; throws DatasetError where it cannot be read. */
export async function foldersIn(path: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(path)) {
      if (entry.isDirectory && !entry.name.startsWith(".")) names.push(entry.name);
    }
  } catch (cause) {
    throw new DatasetError(`Cannot open ${path}: ${(cause as Error).message}`, { cause });
  }
  return names.sort();
}

/** The path `folder/name.nii.gz` or `folder/name.nii`, whichever exists, or undefined. */
export async function findNifti(folder: string, name: string): Promise<string | undefined> {
  for (const extension of [".nii.gz", ".nii"]) {
    const path = join(folder, name + extension);
    try {
      if ((await Deno.stat(path)).isFile) return path;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return undefined;
}

/**
 * The image `name` and the label `name_gt` of a folder.
 *
 * @param what The case in words, for messages.
 * @throws {DatasetError} If the image is missing, or the label where labels are required.
 */
export async function imageAndLabel(
  folder: string,
  name: string,
  what: string,
  labels: "required" | "optional" = "required",
): Promise<{ imagePath: string; labelPath?: string }> {
  const imagePath = await findNifti(folder, name);
  if (imagePath === undefined) {
    throw new DatasetError(
      `Cannot open ${folder}: the image of its ${what} is missing (${name}.nii.gz)`,
    );
  }
  const labelPath = await findNifti(folder, `${name}_gt`);
  if (labelPath !== undefined) return { imagePath, labelPath };
  if (labels === "optional") return { imagePath };
  throw new DatasetError(
    `Cannot open ${folder}: the label of its ${what} is missing (${name}_gt.nii.gz)`,
  );
}
