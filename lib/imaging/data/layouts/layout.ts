/** What every data set layout has in common. */
import type { Dataset, FileCase } from "../cases/case_source.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import type { LabelCodes } from "../cases/label_codes.ts";
import type { GeometryChoice } from "../../../formats/nifti/geometry.ts";
import { join } from "../../../base/deps/std.ts";

/** How to open a data set. */
export interface OpenDatasetOptions {
  /** Which part of NIfTI headers gives the geometry; absent: the layout's own default. */
  readonly geometry?: GeometryChoice;
  /** Whether a case without a label file is an error (the default) or a case to predict. */
  readonly labels?: "required" | "optional";
  /** The codes of label files; absent: the layout's own default. */
  readonly labelCodes?: LabelCodes;
}

/** One way in which data sets lie in files. */
export interface Layout {
  readonly name: string;
  /** Lists the cases without reading voxels; throws DatasetError where files are missing. */
  open(path: string, options: OpenDatasetOptions): Promise<Dataset<FileCase>>;
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
