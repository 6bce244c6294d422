/** One case, file by file: what it is like, and all that is wrong with it. */
import { IGNORED, type Task } from "../../base/task/task.ts";
import { intensityRange } from "../../base/volume/intensity_range.ts";
import { voxelVolumeOf } from "../../base/volume/affine.ts";
import type { Volume } from "../../base/volume/volume.ts";
import { assertFinite, type NiftiImage } from "../../formats/nifti/nifti_image.ts";
import type { FileCase } from "../../imaging/data/cases/case_source.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import { labelClasses } from "../../imaging/data/cases/label_classes.ts";
import {
  readImage,
  readImageFrames,
  type ReadImageOptions,
} from "../../imaging/data/cases/read_image.ts";
import { checkSameGrid } from "../../imaging/data/cases/same_grid.ts";
import { gridOf } from "./grid_of.ts";
import type { InspectedCase, Problem } from "./inspection.ts";
import { problemOf } from "./problem_of.ts";
import { voxelHash } from "./voxel_hash.ts";

/** A case that was looked at. */
export interface ExaminedCase {
  readonly found: InspectedCase;
  readonly problems: readonly Problem[];
  /** By which the same voxels under another name are known, a channel each. */
  readonly hashes: readonly string[];
  /** For pictures: the first channel and the label, where they could be read. */
  readonly image?: NiftiImage["volume"];
  readonly label?: Volume<Uint8Array>;
}

/** How to look at it. */
export interface ExamineOptions extends Pick<ReadImageOptions, "geometry"> {
  readonly task: Task;
  /** How much a file that cannot be used matters. */
  readonly severity: Problem["severity"];
}

/** Reads every file of a case and goes on past those that cannot be used. */
export async function examineCase(
  source: FileCase,
  { task, geometry, severity }: ExamineOptions,
): Promise<ExaminedCase> {
  const { imagePaths, labelPath, labelMasks = [] } = source;
  const labelPaths = labelPath === undefined ? labelMasks.map(({ path }) => path) : [labelPath];
  const problems: Problem[] = [];
  const about = (...files: string[]) => ({ severity, case: source.id, files });
  const attempt = async <T>(file: string, work: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      problems.push(problemOf(error, about(file)));
      return undefined;
    }
  };
  const warn = (text: string, advice: string, ...files: string[]) =>
    problems.push({ ...about(...files), severity: "warning", text, advice });

  const images: { path: string; image: NiftiImage }[] = [];
  if (imagePaths.length === 1 && task.channels.length > 1) {
    const [path] = imagePaths;
    const frames = await attempt(path, () => readImageFrames(path, { geometry })) ?? [];
    images.push(...frames.map((image) => ({ path, image })));
  } else {
    for (const path of imagePaths) {
      const image = await attempt(path, () => readImage(path, { geometry }));
      if (image) images.push({ path, image });
    }
  }
  const [first] = images;
  const unread = imagePaths.length > 1 && images.length < imagePaths.length;
  if (first && !unread && images.length !== task.channels.length) {
    const names = task.channels.map(({ name }) => name).join(", ");
    await attempt(first.path, () => {
      throw new DatasetError(
        `Cannot use ${first.path}: it has ${images.length} channels, wanted ${task.channels.length}: ` +
          names,
      );
    });
  }
  for (const { path, image: { volume } } of images) {
    await attempt(path, () => assertFinite(volume, path));
    await attempt(path, () => checkSameGrid(first!.image.volume, volume, first!.path, path));
  }
  const grid = first && await attempt(first.path, () => placed(first.image, first.path));
  for (const text of new Set(images.flatMap(({ image }) => image.warnings))) {
    warn(text, "see that it lies as you expect, or choose by data.geometry", first!.path);
  }
  const intensities = images.map(({ image }) => intensityRange(image.volume.data));
  intensities.forEach(({ min, max }, n) => {
    if (min !== max) return;
    const { path } = images[n]!;
    warn(`${path}: all its voxels are ${min}`, "check that it is an image", path);
  });

  const values: ArrayLike<number>[] = [];
  for (const path of labelPaths) {
    const mask = await attempt(path, () => readImage(path, { geometry }));
    if (!mask) continue;
    values.push(mask.volume.data);
    if (!first) continue;
    await attempt(path, () => checkSameGrid(first.image.volume, mask.volume, first.path, path));
  }
  const whole = labelPaths.length > 0 && values.length === labelPaths.length;
  const masks = labelPath === undefined ? labelMasks : [];
  const classes = whole && values.every(({ length }) => length === values[0]!.length)
    ? await attempt(labelPaths.at(-1)!, () => labelClasses(values, masks, task, labelPaths.at(-1)!))
    : undefined;
  if (classes?.every((value) => value === 0 || value === IGNORED)) {
    warn(
      `${labelPaths.join(", ")}: no voxel has a label`,
      "label it, or take it out: it teaches background alone",
      ...labelPaths,
    );
  }
  const volume = first?.image.volume;
  const fits = volume !== undefined && classes?.length === volume.data.length;
  return {
    found: {
      id: source.id,
      subject: source.subject,
      frame: source.frame,
      domain: source.domain,
      images: imagePaths,
      labels: labelPaths,
      ...grid && { grid },
      intensities,
      ...classes && fits && { volumes: volumesOf(classes, task, voxelVolumeOf(volume.affine)) },
    },
    problems,
    hashes: await Promise.all(images.map(({ image }) => voxelHash(image.volume))),
    ...volume && grid && { image: volume },
    ...classes && fits && { label: { ...volume, data: classes } },
  };
}

function placed({ volume }: NiftiImage, path: string) {
  try {
    return gridOf(volume);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new DatasetError(`Cannot use ${path}: ${cause.message}`, { cause });
  }
}

/** ml of each label, by name. */
function volumesOf(classes: Uint8Array, { labels }: Task, mm3: number): Record<string, number> {
  const counts = new Float64Array(256);
  for (const value of classes) counts[value]!++;
  return Object.fromEntries(
    labels.slice(1).map(({ name }, n) => [name, counts[n + 1]! * mm3 / 1000]),
  );
}
