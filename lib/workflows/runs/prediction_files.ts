/** What is written of a prediction, where, and how it is encoded; runs in a worker, too. */
import type { Task } from "../../base/task/task.ts";
import { toCodes } from "../../base/task/label_codes.ts";
import type { Voxels } from "../../base/volume/volume.ts";
import { dirname } from "../../base/deps/std.ts";
import { encodeSegmentation } from "../../formats/dicom/encode_segmentation.ts";
import { readSourceSeries } from "../../formats/dicom/source_frames.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { type NiftiGrid, type NiftiImage, withVoxels } from "../../formats/nifti/nifti_image.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import type { SegmentedSeries } from "./segmented_series.ts";
import { writeNifti } from "../../formats/nifti/write_nifti.ts";
import { writeNiftiFrames } from "../../formats/nifti/write_nifti_frames.ts";

/** A prediction's files, by the paths where they go. */
export interface PredictionPlaces {
  /** The segmentation. */
  readonly labels: string;
  /** Class probabilities, along a fourth axis; absent where they were not asked for. */
  readonly probabilities?: string;
  /** The entropy of each voxel, in nats; absent where it was not asked for. */
  readonly entropy?: string;
  /**
   * The share of runs, 0 to 1, whose two networks give a voxel different classes; absent where it was not
   * asked for, or a run has one network.
   */
  readonly disagreement?: string;
}

/** What goes into them. */
export interface PredictionContent {
  /** The header and grid of the image. */
  readonly image: NiftiGrid;
  /** The run's labels with the codes in which segmentations are written. */
  readonly task: Task;
  /** The DICOM beside which the segmentation goes; absent: it is NIfTI. */
  readonly series?: SegmentedSeries;
  /** The class of each voxel. */
  readonly labels: Uint8Array;
  /** A map a class, and how they are stored. */
  readonly probabilities?: readonly Float32Array[];
  readonly storage: ProbabilityStorage;
  readonly entropy?: Float32Array;
  readonly disagreement?: Float32Array;
}

/** How probabilities are stored: as they are, or in whole numbers, of which 65535 is 1. */
export type ProbabilityStorage = "float32" | "uint16";

/** What of a run's maps a file holds besides the segmentation. */
export const MAPS = ["probabilities", "entropy", "disagreement"] as const;

/** See {@linkcode MAPS}. */
export type MapName = typeof MAPS[number];

/** The largest whole number of 16 bits, which stands for 1. */
const ONE = 65535;

/**
 * Writes a prediction: the segmentation in the narrowest whole numbers that hold the codes, and last, so
 * that where it lies all else does; probabilities along a fourth axis, in the order of the labels.
 *
 * @throws {WriteError | NiftiError} If the disk refuses.
 */
export async function writePrediction(
  places: PredictionPlaces,
  content: PredictionContent,
): Promise<void> {
  const { image, task, labels, probabilities, storage } = content;
  await makeFolder(dirname(places.labels));
  if (places.probabilities !== undefined && probabilities !== undefined) {
    const maps = storage === "uint16" ? quantised(probabilities) : probabilities;
    const frames = maps.map((map) => stored(withVoxels(image, map, storage)));
    await writeNiftiFrames(places.probabilities, frames as [NiftiImage, ...NiftiImage[]]);
  }
  for (const name of ["entropy", "disagreement"] as const) {
    const [place, map] = [places[name], content[name]];
    if (place !== undefined && map !== undefined) await writeNifti(place, withVoxels(image, map));
  }
  if (content.series === undefined) {
    return await writeNifti(places.labels, withVoxels<Voxels>(image, toCodes(labels, task)));
  }
  const { paths, name } = content.series;
  const source = await readSourceSeries(paths, name);
  const volume = { ...image.volume, data: labels };
  await writeAtomically(places.labels, await encodeSegmentation(volume, task, source, name));
}

/**
 * Probabilities in steps of 1 / 65535 that add to 1 in every voxel: what rounding leaves over goes to the
 * largest.
 */
export function quantised(maps: readonly Float32Array[]): Float32Array[] {
  const result = maps.map(({ length }) => new Float32Array(length));
  const steps = new Int32Array(maps.length);
  for (let n = 0; n < maps[0]!.length; n++) {
    let [sum, largest] = [0, 0];
    for (let c = 0; c < maps.length; c++) {
      steps[c] = Math.round(Math.min(1, Math.max(0, maps[c]![n]!)) * ONE);
      sum += steps[c]!;
      if (steps[c]! > steps[largest]!) largest = c;
    }
    steps[largest]! += ONE - sum;
    for (let c = 0; c < maps.length; c++) result[c]![n] = steps[c]! / ONE;
  }
  return result;
}

/** The image with a slope by which whole numbers stand for 0 to 1. */
function stored(image: NiftiImage): NiftiImage {
  if (image.header.datatype !== "uint16") return image;
  return { ...image, header: { ...image.header, sclSlope: 1 / ONE } };
}
