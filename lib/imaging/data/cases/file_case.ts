import type { CaseOutline, FileCase, LoadedCase } from "./case_source.ts";
import type { CaseFiles } from "./case_files.ts";
import { DatasetError } from "./dataset_error.ts";
import { labelClasses } from "./label_classes.ts";
import type { Task } from "../../../base/task/task.ts";
import type { FileGrid } from "../../../formats/nifti/read_grid.ts";
import type { GeometryChoice } from "../../../formats/nifti/geometry.ts";
import { assertFinite, type NiftiImage } from "../../../formats/nifti/nifti_image.ts";
import { readImage, readImageFrames, readImageGrid, type ReadImageOptions } from "./read_image.ts";
import { checkSameGrid } from "./same_grid.ts";

/** A case's description, what is segmented in it, and how its files are read. */
export interface FileCaseOptions extends Omit<FileCase, "load" | "outline"> {
  /** With the codes of its label file. */
  readonly task: Task;
  /** For each channel of `task` its place among the files, or frames of the one file. */
  readonly channels?: readonly number[];
  readonly geometry?: GeometryChoice;
  /** Which series of a DICOM image, by its number or UID; absent: the only one. */
  readonly series?: string;
}

/**
 * A case that reads its images (NIfTI, or folders of DICOM) and, where there are any, a label file or
 * masks. Where it has one file and the task several channels, the file's fourth axis holds them.
 *
 * Its `load` throws DatasetError where a file is missing, a voxel is not finite, label values are none
 * of the codes, the channels are not as many as the task's, or files differ in shape or lie more than a
 * fifth of the smallest voxel side apart; NiftiError where a file is no readable NIfTI; DicomError where
 * a folder holds no DICOM, or more than one volume. Each names the file. Its `outline` reads the headers
 * (and of DICOM all), and throws the same where they, or the lengths of the files, are to blame.
 */
export function fileCase(options: FileCaseOptions): FileCase {
  const { task, channels, geometry, series, ...description } = options;
  const { imagePaths, labelPath, labelMasks = [] } = options;
  const labelPaths = labelPath === undefined ? labelMasks.map(({ path }) => path) : [labelPath];
  const read = async <T>(
    path: string,
    reader: (path: string, options: ReadImageOptions) => Promise<T>,
  ): Promise<T> => {
    try {
      return await reader(path, { geometry, series });
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotFound)) throw cause;
      throw new DatasetError(`Cannot load ${options.id}: there is no file ${path}`, { cause });
    }
  };
  const inOneFile = imagePaths.length === 1 && task.channels.length > 1;
  const order = channels ?? task.channels.map((_, n) => n);
  const checkCount = (found: number) => {
    const wanted = Math.max(...order) + 1;
    if (found >= wanted && (channels !== undefined || found === wanted)) return;
    throw new DatasetError(
      `Cannot load ${options.id}: it has ${found} channels (${imagePaths.join(", ")}), wanted ` +
        `${wanted}: ${task.channels.map(({ name }) => name).join(", ")}`,
    );
  };
  const load = async (): Promise<LoadedCase> => {
    const all = inOneFile
      ? await read(imagePaths[0], readImageFrames)
      : await Promise.all(imagePaths.map((path) => read(path, readImage)));
    checkCount(all.length);
    const images = order.map((n) => all[n]!) as [NiftiImage, ...NiftiImage[]];
    images.forEach(({ volume }, n) => {
      const path = inOneFile ? imagePaths[0] : imagePaths[order[n]!]!;
      checkFinite(volume, path);
      checkSameGrid(images[0].volume, volume, imagePaths[order[0]!] ?? imagePaths[0], path);
    });
    if (labelPaths.length === 0) return { images };
    const { shape, affine } = images[0].volume;
    const values: ArrayLike<number>[] = [];
    for (const path of labelPaths) {
      const { volume } = await read(path, readImage);
      checkSameGrid(images[0].volume, volume, imagePaths[0], path);
      values.push(volume.data);
    }
    const masks = labelPath === undefined ? labelMasks : [];
    const data = labelClasses(values, masks, task, labelPaths.at(-1)!);
    return { images, label: { data, shape, affine } };
  };
  const files: CaseFiles = {
    paths: [...imagePaths, ...labelPaths],
    reading: {
      images: imagePaths.length,
      channels: order,
      masks: labelPath === undefined ? labelMasks.map(({ code }) => code) : null,
      codes: task.labels.map(({ codes }) => codes),
      ignore: task.ignore ?? null,
      geometry: geometry ?? null,
    },
  };
  return {
    ...description,
    async outline(): Promise<CaseOutline> {
      const grids = inOneFile
        ? [await read(imagePaths[0], (path, how) => readImageGrid(path, how, "any"))]
        : await Promise.all(imagePaths.map((path) => read(path, readImageGrid)));
      checkCount(inOneFile ? grids[0]!.frames : grids.length);
      const [first, ...others] = grids as [FileGrid, ...FileGrid[]];
      others.forEach((grid, n) => checkSameGrid(first, grid, imagePaths[0], imagePaths[n + 1]!));
      for (const path of labelPaths) {
        checkSameGrid(first, await read(path, readImageGrid), imagePaths[0], path);
      }
      const { shape, affine } = first;
      return { shape, affine, warnings: grids.flatMap(({ warnings }) => warnings) };
    },
    load: Object.assign(load, { files }),
  };
}

function checkFinite(volume: NiftiImage["volume"], path: string): void {
  try {
    assertFinite(volume, path);
  } catch (cause) {
    throw new DatasetError((cause as Error).message, { cause });
  }
}
