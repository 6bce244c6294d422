import { IGNORED, type Task } from "../../base/task/task.ts";
import type { GeometryChoice } from "../../formats/nifti/geometry.ts";
import type { NiftiImage } from "../../formats/nifti/nifti_image.ts";
import type { VoxelCounts } from "../../formats/scores/voxel_counts.ts";
import { readNiftiFrames } from "../../formats/nifti/read_nifti.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import { messageOf } from "../../base/text/message_of.ts";
import {
  addToCalibration,
  type Calibration,
  emptyCalibration,
} from "../../imaging/metrics/calibration.ts";
import { labelClasses } from "../../imaging/data/cases/label_classes.ts";
import { readImage } from "../../imaging/data/cases/read_image.ts";
import { checkSameGrid } from "../../imaging/data/cases/same_grid.ts";
import { classesOf, volumesContent } from "../../imaging/data/preparation/case_content.ts";
import { countOverlap } from "../../imaging/metrics/overlap.ts";
import { maskGrid } from "../../imaging/metrics/surface_distances.ts";
import { classDice } from "../../learning/evaluation/class_dice.ts";
import { classErrors, type ErrorOptions } from "../../learning/evaluation/class_errors.ts";
import type { ScoredVolume } from "../../learning/evaluation/score_set.ts";
import { classOf, maskOf, type ScoredLabel } from "../../learning/evaluation/scored_labels.ts";
import type { MatchedCase } from "./match_predictions.ts";

/** A case that was scored. */
export interface ScoredCase {
  readonly volume: ScoredVolume;
  /** By the label's name. */
  readonly counts: Readonly<Record<string, VoxelCounts>>;
  /** Classes that its label holds. */
  readonly held: readonly number[];
  /** What is odd about its files. */
  readonly warnings: readonly string[];
}

/** How cases are scored. */
export interface ScoreCaseOptions {
  readonly task: Task;
  readonly geometry: GeometryChoice;
  readonly labels: readonly ScoredLabel[];
  readonly measured: ErrorOptions;
}

/**
 * Scores a prediction by its label, both read from their files.
 *
 * @throws {DatasetError} If they differ in shape or place, a value is none of the task's codes, or
 * probabilities are none, or not of as many classes.
 * @throws {NiftiError} If one is no readable NIfTI.
 */
export async function scoreCase(
  { reference, prediction, probabilities }: MatchedCase,
  { task, geometry, labels, measured }: ScoreCaseOptions,
): Promise<ScoredCase> {
  const { id, subject, frame, domain, paths, masks } = reference;
  const images: NiftiImage[] = [];
  for (const path of paths) images.push(await readImage(path, { geometry }));
  const { shape, affine } = images[0]!.volume;
  images.forEach(({ volume }, n) => checkSameGrid(images[0]!.volume, volume, paths[0], paths[n]!));
  const predicted = await readImage(prediction, { geometry });
  checkSameGrid(images[0]!.volume, predicted.volume, paths[0], prediction);
  const truth = labelClasses(images.map(({ volume }) => volume.data), masks, task, paths.at(-1)!);
  const classes = labelClasses([predicted.volume.data], [], task, prediction);
  // What nobody labelled is neither right nor wrong.
  const mask = classes.map((value, n) => truth[n] === IGNORED ? IGNORED : value);
  const known = truth.reduce((sum, value) => value === IGNORED ? sum : sum + 1, 0);
  const label = { data: truth, shape };
  const calibration = probabilities === undefined
    ? undefined
    : await calibrationOf(probabilities, truth, images[0]!.volume, task);
  return {
    volume: {
      ...{ set: domain, id, subject, frame },
      labelContent: await volumesContent([label]),
      ftn: classDice(mask, truth, labels),
      errors: { ftn: classErrors(mask, truth, maskGrid(shape, affine), labels, measured) },
      flags: {},
      ...calibration && { calibration: { ftn: calibration } },
    },
    counts: Object.fromEntries(labels.map((own) => [own.name, countsOf(mask, truth, own, known)])),
    held: classesOf(label),
    warnings: [...images, predicted].flatMap(({ warnings }) => warnings),
  };
}

/** The calibration of a file that holds a class after another along its fourth axis. */
async function calibrationOf(
  path: string,
  truth: Uint8Array,
  volume: NiftiImage["volume"],
  { labels }: Task,
): Promise<Calibration> {
  const { volumes } = await readNiftiFrames(path);
  if (volumes.length !== labels.length) {
    throw new DatasetError(
      `Cannot use ${path}: it holds ${volumes.length} classes, wanted ${labels.length}: ${
        labels.map(({ name }) => name).join(", ")
      }`,
    );
  }
  checkSameGrid(volume, volumes[0]!, "the label", path);
  const probabilities = new Float32Array(volumes.length * truth.length);
  volumes.forEach(({ data }, n) => probabilities.set(data, n * truth.length));
  const calibration = emptyCalibration();
  try {
    addToCalibration(calibration, probabilities, truth, volume.shape, IGNORED);
  } catch (cause) {
    throw new DatasetError(`Cannot use ${path}: ${messageOf(cause)}`, { cause });
  }
  return calibration;
}

function countsOf(
  mask: Uint8Array,
  truth: Uint8Array,
  label: ScoredLabel,
  known: number,
): VoxelCounts {
  const of = (classes: Uint8Array) => maskOf(classes, label);
  const { predicted, labelled, both } = countOverlap(of(mask), of(truth), classOf(label), "counts");
  const [fp, fn] = [predicted - both, labelled - both];
  return { tp: both, fp, fn, tn: known - both - fp - fn };
}
