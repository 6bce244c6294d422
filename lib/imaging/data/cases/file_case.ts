import type { CaseOutline, FileCase, LabelMask, LoadedCase } from "./case_source.ts";
import type { CaseFiles } from "./case_files.ts";
import { DatasetError } from "./dataset_error.ts";
import { LabelCodeError, toClasses } from "../../../base/task/label_codes.ts";
import type { Task } from "../../../base/task/task.ts";
import { type FileGrid, readGrid } from "../../../formats/nifti/read_grid.ts";
import type { GeometryChoice } from "../../../formats/nifti/geometry.ts";
import { assertFinite, type NiftiImage } from "../../../formats/nifti/nifti_image.ts";
import { readNifti, readNiftiFrames } from "../../../formats/nifti/read_nifti.ts";
import type { ReadNiftiOptions } from "../../../formats/nifti/parse_nifti.ts";
import { cornerDistance } from "../../../base/volume/affine.ts";
import { spacingOf, type Volume } from "../../../base/volume/volume.ts";

/** A case's description, what is segmented in it, and how its files are read. */
export interface FileCaseOptions extends Omit<FileCase, "load" | "outline"> {
  /** With the codes of its label file. */
  readonly task: Task;
  /** For each channel of `task` its place among the files, or frames of the one file. */
  readonly channels?: readonly number[];
  readonly geometry?: GeometryChoice;
}

/**
 * Images and label may lie this share of the smallest voxel side apart, at the corners. Masks that went
 * through another program's quaternion lie 0.15 off.
 */
const PLACE_TOLERANCE = 0.2;

/**
 * A case that reads its images and, where there are any, a label file or masks. Where it has one file
 * and the task several channels, the file's fourth axis holds them.
 *
 * Its `load` throws DatasetError where a file is missing, a voxel is not finite, label values are none
 * of the codes, the channels are not as many as the task's, or files differ in shape or lie more than a
 * fifth of the smallest voxel side apart; NiftiError where a file is no readable NIfTI. Each names the
 * file. Its `outline` reads the headers, and throws the same where they, or the lengths of the files,
 * are to blame.
 */
export function fileCase(options: FileCaseOptions): FileCase {
  const { task, channels, geometry, ...description } = options;
  const { imagePaths, labelPath, labelMasks = [] } = options;
  const labelPaths = labelPath === undefined ? labelMasks.map(({ path }) => path) : [labelPath];
  const reading = geometry === undefined ? {} : { geometry };
  const read = async <T>(
    path: string,
    reader: (path: string, options: typeof reading) => Promise<T>,
  ): Promise<T> => {
    try {
      return await reader(path, reading);
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
      ? await read(imagePaths[0], readChannels)
      : await Promise.all(imagePaths.map((path) => read(path, readNifti)));
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
      const { volume } = await read(path, readNifti);
      checkSameGrid(images[0].volume, volume, imagePaths[0], path);
      values.push(volume.data);
    }
    const codes = labelPath === undefined ? composed(values, labelMasks) : values[0]!;
    return { images, label: { data: classesIn(codes, task, labelPaths.at(-1)!), shape, affine } };
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
        ? [await read(imagePaths[0], (path, how) => readGrid(path, { ...how, frames: "any" }))]
        : await Promise.all(imagePaths.map((path) => read(path, readGrid)));
      checkCount(inOneFile ? grids[0]!.frames : grids.length);
      const [first, ...others] = grids as [FileGrid, ...FileGrid[]];
      others.forEach((grid, n) => checkSameGrid(first, grid, imagePaths[0], imagePaths[n + 1]!));
      for (const path of labelPaths) {
        checkSameGrid(first, await read(path, readGrid), imagePaths[0], path);
      }
      const { shape, affine } = first;
      return { shape, affine, warnings: grids.flatMap(({ warnings }) => warnings) };
    },
    load: Object.assign(load, { files }),
  };
}

/** The frames of a file, each as an image of its own. */
async function readChannels(path: string, options: ReadNiftiOptions): Promise<NiftiImage[]> {
  const { volumes, header, warnings } = await readNiftiFrames(path, options);
  return volumes.map((volume): NiftiImage => ({
    volume,
    header: { ...header, dim: [3, ...volume.shape, 1, 1, 1, 1] },
    warnings,
  }));
}

/** The codes of masks laid over each other in their order; 0 where none is above a half. */
function composed(
  values: readonly ArrayLike<number>[],
  masks: readonly LabelMask[],
): ArrayLike<number> {
  const codes = new Int32Array(values[0]!.length);
  masks.forEach(({ code }, m) => {
    const mask = values[m]!;
    for (let n = 0; n < codes.length; n++) if (mask[n]! > 0.5) codes[n] = code;
  });
  return codes;
}

function classesIn(values: ArrayLike<number>, task: Task, path: string): Uint8Array {
  try {
    return toClasses(values, task, path);
  } catch (cause) {
    if (!(cause instanceof LabelCodeError)) throw cause;
    throw new DatasetError(cause.message, { cause });
  }
}

function checkFinite(volume: NiftiImage["volume"], path: string): void {
  try {
    assertFinite(volume, path);
  } catch (cause) {
    throw new DatasetError((cause as Error).message, { cause });
  }
}

/** Holds a label, or another channel, to the grid of an image. */
function checkSameGrid(
  image: Pick<Volume, "shape" | "affine">,
  label: Pick<Volume, "shape" | "affine">,
  imagePath: string,
  labelPath: string,
): void {
  if (image.shape.some((size, axis) => size !== label.shape[axis])) {
    throw new DatasetError(
      `Cannot use ${labelPath}: its shape is ${label.shape.join(" x ")}, that of ${imagePath} is ${
        image.shape.join(" x ")
      }`,
    );
  }
  const distance = cornerDistance(image.affine, label.affine, image.shape);
  const limit = PLACE_TOLERANCE * Math.min(...spacingOf(image.affine));
  if (distance > limit) {
    throw new DatasetError(
      `Cannot use ${labelPath}: its affine puts it up to ${
        distance.toFixed(2)
      } mm from ${imagePath}, wanted at most ${limit.toFixed(2)} mm`,
    );
  }
}
