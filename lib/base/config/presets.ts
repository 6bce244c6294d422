import type { PresetName } from "../../names.ts";
import { square } from "../volume/slice_size.ts";
import type { PartialConfig } from "./config_schema.ts";

/** Named starting points; what a preset does not say has the schema's default. */
export const PRESETS: Readonly<Record<PresetName, PartialConfig>> = {
  /** A good segmentation of phantom hearts in minutes on two cores. */
  "quick": {
    data: {
      size: square(96),
      spacing: 1.6,
      augmentation: "upright",
      emptySlices: "keep",
      originals: "others",
    },
    model: { baseWidth: 8 },
    method: { noise: 0.02 },
    optimizer: { learningRate: 3e-3, beta2: 0.99, schedule: "cosine" },
    training: {
      epochs: 100,
      maxSteps: 720,
      batchSize: 6,
      checkpointEverySteps: 50,
      validateEveryEpochs: 2,
    },
  },
  /** Any data set: sizes, spacings and the length of training follow from it. */
  "auto": {
    data: {
      size: "auto",
      spacing: "auto",
      larger: "tiles",
      augmentation: "upright",
      emptySlices: "keep",
      originals: "others",
    },
    model: { levels: "auto" },
    method: { noise: 0.02, segmentationLoss: "ce+dice" },
    optimizer: { learningRate: 3e-3, beta2: 0.99, schedule: "cosine" },
    training: {
      epochs: 1000,
      maxSteps: 800,
      batchSize: 8,
      checkpointEverySteps: 50,
      validateEveryEpochs: 4,
    },
  },
  /** The published schedule: method and values of the authors' code. */
  "acdc-2021": {
    data: { layout: "acdc", size: square(192), spacing: 1.36719 },
    model: { baseWidth: 16 },
    optimizer: { learningRate: 1e-4 },
    training: { epochs: 600, batchSize: 20 },
  },
};

/** The preset where none is named: one for the phantom, and one for data sets. */
export function defaultPreset(data: string | null | undefined): PresetName {
  return data === null || data === undefined ? "quick" : "auto";
}
