import { LAYOUT_NAMES } from "../../../names.ts";
import { z } from "../../deps/zod.ts";
import { channelsSchema, labelsSchema } from "../../task/task.ts";
import { bidsSchema } from "./bids.ts";
import { count, fraction, seed, wholeNumber } from "./numbers.ts";
import { recipeSchema } from "./recipe.ts";
import { sliceSize } from "./slice_size.ts";

/** What is read, and how it is brought to the network. */
export const dataSchema = z.strictObject({
  dir: z.string().min(1).nullable().default(null).describe(
    "The data set's folder; null = the phantom, made in memory.",
  ),
  layout: z.enum(["auto", ...LAYOUT_NAMES]).default("auto").describe(
    "How the folder is laid out; `auto` recognises it.",
  ),
  labels: labelsSchema.nullable().default(null).describe(
    'What is segmented, background first: `[{"name": "background", "codes": [0]}, …]`, in ' +
      "place of what the layout says; null = as the layout says.",
  ),
  channels: channelsSchema.nullable().default(null).describe(
    'The channels of an image, `[{"name": "T1"}, …]`; null = as the layout says.',
  ),
  ignore: z.number().int().nullable().default(null).describe(
    "Code of voxels that give no loss, no score and no gradient; null = as the layout says.",
  ),
  bids: bidsSchema.nullable().default(null).describe(
    "Which files and labels a BIDS folder holds; null = what is there.",
  ),
  geometry: z.enum(["auto", "sform", "qform", "pixdim"]).default("auto").describe(
    "What of a NIfTI header says where voxels lie; `auto` = the layout's own, or sform, " +
      "qform, pixdim.",
  ),
  split: z.string().min(1).nullable().default(null).describe(
    "A published division by name, as `acdc-10/cval0`; null = divide subjects by seed.",
  ),
  splitFile: z.string().min(1).nullable().default(null).describe(
    "A file that divides the subjects: nnU-Net's `splits_final.json`, of which `fold` " +
      "picks one, or a list of `{train, val, test}`; null = divide them by seed.",
  ),
  folds: wholeNumber(2, 1000).nullable().default(null).describe(
    "Cross-validation: subjects are dealt to this many parts by seed, of which one is " +
      "tested on; null = divide them by fractions. Only where no split is named.",
  ),
  fold: wholeNumber(0).default(0).describe(
    "Which of the parts is tested on, or which entry of `splitFile` is taken, from 0.",
  ),
  trainingSubjects: count.nullable().default(null).describe(
    "Train on so many of the training subjects, drawn by seed (fewer are among more); " +
      "null = all. Validation and test stay as they are.",
  ),
  dropLeaks: z.boolean().default(false).describe(
    "Take subjects out of validation that a named split also trains on, instead of failing.",
  ),
  seed: seed.default(0).describe("Seed of the division of subjects."),
  validationFraction: fraction.default(0.2).describe(
    "Share of the subjects (0-1) kept for validation where no split is named; in " +
      "cross-validation, of those that are not tested on.",
  ),
  testFraction: fraction.default(0.2).describe(
    "Share of the subjects (0-1) kept for the test where no split is named and `folds` is " +
      "null.",
  ),
  size: sliceSize.default({ height: 192, width: 192 }).describe(
    "The slices that the network sees, in pixels: one side, or height x width, multiples " +
      "of 16; `auto` = what holds the training subjects' foreground, or whole slices where " +
      "they are small.",
  ),
  spacing: z.union([z.literal("auto"), z.number().positive()]).default(1.36719).describe(
    "Pixel spacing in mm in the slice plane, after resampling; `auto` = the training " +
      "subjects' median.",
  ),
  sliceAxis: z.union([z.literal("auto"), z.literal(0), z.literal(1), z.literal(2)]).default("auto")
    .describe(
      "The file's axis that slices are stacked along, from 0; `auto` = the one of the " +
        "largest spacing.",
    ),
  larger: z.enum(["crop", "tiles"]).default("crop").describe(
    "Slices larger than `size`: cut to their centre, or trained on crops and predicted in " +
      "tiles.",
  ),
  intensity: z.enum(["slice", "volume", "ct"]).default("slice").describe(
    "Scale intensities slice by slice, volume by volume, or (`ct`) by a window that is " +
      "the same for all: the 0.5 and 99.5 percentiles of the training subjects' foreground.",
  ),
  augmentation: z.preprocess(
    // The name that older configurations have.
    (value) => value === "acdc" ? "turned" : value,
    z.enum(["turned", "upright", "none"]),
  ).default("turned").describe(
    "Image-space augmentation of half of each batch: with flips and turns, without, or none.",
  ),
  emptySlices: z.enum(["replace", "keep"]).default("replace").describe(
    "Training slices without foreground: give way to others of their volume, or are shown.",
  ),
  originals: z.enum(["same", "others"]).default("same").describe(
    "The original half of each batch shows the same slices as the augmented half, or others.",
  ),
  artifacts: recipeSchema.nullable().default(null).describe(
    "Artifacts on the augmented half of each batch, slice by slice; null = none.",
  ),
  normaliseOriginals: z.boolean().default(true).describe(
    "Scale the other half slice by slice, as evaluation does; false = by volume only.",
  ),
  cache: z.string().min(1).nullable().default("auto").describe(
    "The folder where prepared volumes are kept for all runs; `auto` = where the system keeps " +
      "caches, null or `none` = nowhere. Changes no result.",
  ),
  memory: z.number().positive().default(1).describe(
    "GB of prepared volumes that are kept in memory, besides those of the batch in hand. Changes " +
      "no result.",
  ),
});
