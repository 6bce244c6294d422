/**
 * Every setting of a training run with its default: the one place where defaults live. They are
 * those of the published method (Chen et al., MICCAI 2021, and the authors' code); the presets
 * beside this file say where a run differs. The descriptions are what `tandem settings` and
 * docs/settings.md tell; where a type is not to be read from the schema, `typeInWords` and
 * `rangeInWords` say it.
 */
import {
  ARTIFACT_MODES,
  DEVICE_NAMES,
  EMPTY_RULES,
  LAYOUT_NAMES,
  type MethodName,
  MOST_PHANTOM_SUBJECTS,
  MOST_SECONDS,
  SITE_NAMES,
} from "../../names.ts";
import { z } from "../deps/zod.ts";
import type { ArtifactRecipeConfig } from "./artifact_recipe_config.ts";
import type { ResolvedConfig } from "./resolved_config.ts";
import { channelsSchema, labelsSchema } from "../task/task.ts";
import { LARGEST_SIDE, type SliceSize, sliceSizeSchema, STRIDE } from "../volume/slice_size.ts";

const wholeNumber = (low: number, high = Number.MAX_SAFE_INTEGER) =>
  z.number().int().min(low).max(high);
const seed = wholeNumber(0);
const fraction = z.number().min(0).max(1);
const count = wholeNumber(1);

/** Artifacts by name, put together; see `Recipe`. Names and options are checked when it is used. */
const recipeSchema: z.ZodType<ArtifactRecipeConfig> = z.lazy(() =>
  z.union([
    z.strictObject({
      artifact: z.string(),
      mode: z.enum(ARTIFACT_MODES).default("physical"),
      severity: z.union([1, 2, 3, 4, 5].map((n) => z.literal(n))).optional(),
      options: z.record(z.string(), z.unknown()).default({}),
    }),
    z.strictObject({ chain: z.array(recipeSchema).min(1) }),
    z.strictObject({ oneOf: z.array(recipeSchema).min(1) }),
    z.strictObject({ probability: fraction, of: recipeSchema }),
  ])
).meta({
  typeInWords: "{ artifact, mode?, severity?, options? }, { chain: [recipe, …] }, " +
    "{ oneOf: [recipe, …] } or { probability, of: recipe }",
});

const bidsSchema = z.strictObject({
  image: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional().describe(
    "The suffix of images, as `T2w`; one a channel.",
  ),
  labels: z.array(z.strictObject({ name: z.string().min(1), suffix: z.string().min(1) })).min(1)
    .optional().describe(
      "Masks or label maps by their suffix, as `seg-manual`; where they overlap, the later " +
        "one wins.",
    ),
  derivative: z.string().min(1).optional().describe(
    "The folder below `derivatives` that holds them.",
  ),
  domain: z.string().min(1).optional().describe(
    "The column of participants.tsv, or the field of a sidecar, that is the domain.",
  ),
});

/** Sides as people write them: 96, "64x48" (height x width), [64, 48]; or `auto`. */
const sliceSize = z.unknown().transform((value, context): "auto" | SliceSize => {
  if (value === "auto") return value;
  const pair = typeof value === "string" ? /^(\d+)(?:x(\d+))?$/.exec(value)?.slice(1) : value;
  const given = Array.isArray(pair)
    ? pair.filter((side) => side !== undefined).map(sideOf)
    : [pair];
  const [height, width = height] = given;
  const sides = isObject(pair) ? pair : { height, width };
  const parsed = sliceSizeSchema.safeParse(sides);
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: "custom",
    message: `wanted auto, a multiple of ${STRIDE} from ${STRIDE} to ${LARGEST_SIDE}, or two of ` +
      "them as 64x48 (height x width)",
  });
  return z.NEVER;
}).meta({
  typeInWords: "auto, a whole number, or two as 64x48 (height x width)",
  rangeInWords: `multiples of ${STRIDE} from ${STRIDE} to ${LARGEST_SIDE}`,
});

/** A side given as a number or as text; Number() would take lists, null and true for numbers too. */
function sideOf(side: unknown): number {
  return typeof side === "number" || typeof side === "string" ? Number(side) : NaN;
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

const dataSchema = z.strictObject({
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

const phantomSchema = z.strictObject({
  trainingSites: z.array(z.enum(SITE_NAMES)).min(1).default(["A"]).describe(
    "Sites whose subjects are divided into training, validation and test.",
  ),
  subjects: wholeNumber(1, MOST_PHANTOM_SUBJECTS).default(24).describe(
    "Subjects of each training site.",
  ),
  otherSubjects: wholeNumber(0, MOST_PHANTOM_SUBJECTS).default(4).describe(
    "Subjects of each other site, all for the test.",
  ),
  seed: seed.default(0).describe("Seed of the anatomies and scans."),
});

const modelSchema = z.strictObject({
  baseWidth: wholeNumber(1, 256).default(16).describe(
    "Channels at full resolution; deeper levels have 2, 4 and 8 times as many.",
  ),
  levels: z.union([z.literal("auto"), wholeNumber(1, 4)]).default(4).describe(
    "Times that the networks halve a slice before they decode it; `auto` = as often as leaves the " +
      "latent code 12 positions a side, two to four times.",
  ),
});

const maskSchema = z.strictObject({
  scheme: z.enum(["random", "dropout", "spatial", "channel"]).default("random").describe(
    "How entries of the code are chosen; `random` draws one of the other three a step.",
  ),
  maxThreshold: z.number().min(0).lt(1).default(0.5).describe(
    "Largest share of the code that is masked, 0 to below 1.",
  ),
  randomThreshold: z.boolean().default(true).describe(
    "Draw the share from 0 to `maxThreshold` each step, or always take `maxThreshold`.",
  ),
  soft: z.boolean().default(true).describe(
    "Multiply masked entries by a draw from 0 to 0.5, or by 0.",
  ),
  score: z.enum(["signed", "absolute", "negative", "gradient-x-code", "random"])
    .default("signed").describe(
      "What makes an entry worth masking, from the gradient of the decoder's loss.",
    ),
});

const IMAGE_AUGMENTATIONS = [
  "none",
  "rand-mwm",
  "rand-conv",
  "adversarial-noise",
  "adversarial-bias",
  "max-style",
] as const satisfies readonly ("none" | MethodName)[];

const classWeights = z.array(z.number().min(0)).min(2)
  .refine((weights) => weights.some((weight) => weight > 0), "wanted a weight above 0");

const methodSchema = z.strictObject({
  networks: z.enum(["dual", "segmentation"]).default("dual").describe(
    "Both networks and the image decoder, or the encoder and the segmentation decoder alone.",
  ),
  imageAugmentation: z.enum(IMAGE_AUGMENTATIONS).default("none").describe(
    "Hard examples from changed images, by the method of this name; see `lib/learning/baselines`.",
  ),
  shapePrior: z.enum(["predictions", "degraded-labels"]).default("predictions").describe(
    "What the slow-thinking network learns to refine: predictions, or labels that were " +
      "degraded.",
  ),
  latentAugmentation: z.boolean().default(true).describe(
    "Hard examples from masked codes; false = standard training of both networks.",
  ),
  maskScope: z.array(z.enum(["image", "shape"])).min(1).max(2).default(["image", "shape"]).describe(
    "Which codes are masked.",
  ),
  imageMask: maskSchema.prefault({}).describe(
    "How the image code is masked, where `maskScope` holds `image`.",
  ),
  shapeMask: maskSchema.prefault({}).describe(
    "How the shape code is masked, where `maskScope` holds `shape`.",
  ),
  hardImages: z.enum(["decoded", "difference"]).default("decoded").describe(
    "Corrupted images: what the masked code decodes to, or the image itself with the difference that " +
      "the mask makes to its reconstruction, which keeps all detail.",
  ),
  hardWeight: z.number().min(0).default(1).describe(
    "Weight of all terms of hard examples in the loss.",
  ),
  hardRamp: wholeNumber(0).default(0).describe(
    "Steps over which that weight rises from 0.",
  ),
  reconstructionWeight: z.number().min(0).default(1).describe(
    "Weight of the reconstruction terms in the loss.",
  ),
  batchNormPolicy: z.enum(["consistent", "reference"]).default("consistent").describe(
    "Which BatchNorms the hard pass leaves alone: all, or all but the image decoder's.",
  ),
  separateTraining: z.boolean().default(false).describe(
    "Keep the slow-thinking network's loss from training the fast-thinking network.",
  ),
  noise: z.number().min(0).default(0.05).describe(
    "Standard deviation of the Gaussian noise on every training image (intensities 0-1).",
  ),
  temperature: z.number().positive().default(2).describe(
    "Divides the logits before the softmax that feeds the slow-thinking network.",
  ),
  segmentationLoss: z.enum(["ce", "ce+dice"]).default("ce").describe(
    "What segmentations are held to: the cross-entropy, or the soft Dice loss as well.",
  ),
  classWeights: z.union([z.literal("balanced"), classWeights]).nullable().default(null).describe(
    "Weights of the classes in the cross-entropy: null = all pixels weigh the same, `balanced` = " +
      "all classes that a batch shows do, or a weight for each class, background first.",
  ),
}).superRefine(({ networks, latentAugmentation, shapePrior, imageAugmentation }, context) => {
  if (networks === "dual") return;
  const refuse = (key: string, wanted: string) =>
    context.addIssue({
      code: "custom",
      path: [key],
      message: `wanted ${wanted} where method.networks is segmentation`,
    });
  if (latentAugmentation) refuse("latentAugmentation", "false");
  if (shapePrior !== "predictions") refuse("shapePrior", "predictions");
  // It changes styles inside the image decoder, which then learns nothing.
  if (imageAugmentation === "max-style") refuse("imageAugmentation", "another one");
});

const optimizerSchema = z.strictObject({
  learningRate: z.number().positive().default(1e-4).describe(
    "Step size of Adam, at the start where `schedule` lowers it.",
  ),
  schedule: z.enum(["constant", "cosine"]).default("constant").describe(
    "How the rate goes on: it stays, or falls to 0 along half a cosine.",
  ),
  decaySteps: count.nullable().default(null).describe(
    "Steps until a `cosine` schedule is at its end; null = all that the run has when it begins.",
  ),
  beta1: z.number().min(0).lt(1).default(0.9).describe(
    "Decay of Adam's mean of gradients, 0 to below 1.",
  ),
  beta2: z.number().min(0).lt(1).default(0.999).describe(
    "Decay of Adam's mean of squared gradients, 0 to below 1.",
  ),
  epsilon: z.number().positive().default(1e-8).describe(
    "Added to the root of Adam's mean of squared gradients, so that none divides by 0.",
  ),
});

const trainingSchema = z.strictObject({
  epochs: count.default(600).describe("Passes over the training slices."),
  maxSteps: count.nullable().default(null).describe(
    "Stop after this many steps in all; null = no limit.",
  ),
  maxTime: z.number().positive().max(MOST_SECONDS).nullable().default(null).describe(
    "Stop after this many seconds of one sitting; null = no limit.",
  ),
  batchSize: count.min(2).multipleOf(2).default(20).describe(
    "Slices a step: half of them augmented, the other half the same slices as they are.",
  ),
  seed: seed.default(0).describe(
    "Seed of the weights, the order of the slices, augmentation, noise and masks.",
  ),
  init: z.string().min(1).nullable().default(null).describe(
    "The folder of a run whose best weights training begins with, wherever names and shapes " +
      "agree; null = all are drawn.",
  ),
  threads: wholeNumber(1, 64).nullable().default(null).describe(
    "Threads of the backend; null = all cores. Changes no result.",
  ),
  device: z.enum(DEVICE_NAMES).default("cpu").describe(
    "What computes: the processor, a graphics card through WebGPU, or (`auto`) a card where there " +
      "is one that is no software. A card rounds otherwise.",
  ),
  convolution: z.enum(["winograd", "direct"]).default("winograd").describe(
    "How 3 x 3 convolutions are computed on the processor: fast by Winograd's algorithm, or as " +
      "the sums themselves.",
  ),
  checkpointEverySteps: count.default(100).describe(
    "Save the state after every so many steps, besides the end of each epoch.",
  ),
  validateEveryEpochs: count.default(1).describe(
    "Score the validation subjects after every so many epochs.",
  ),
  patience: count.nullable().default(null).describe(
    "Stop after this many validations without a better score; null = never.",
  ),
});

const evaluationSchema = z.strictObject({
  grid: z.enum(["native", "network"]).default("native").describe(
    "Where Dice is taken: in the file's own voxels, or on the network's cropped grid.",
  ),
  chunk: count.default(10).describe("Slices that go through the network at once."),
  refinements: wholeNumber(1, 10).default(1).describe(
    "Times that the slow-thinking network is applied, each to what the one before made; " +
      "Dice is taken after each.",
  ),
  empty: z.enum(EMPTY_RULES).default("skip").describe(
    "What a class counts that is in neither prediction nor label of a volume: `skip` = it is left out " +
      "of the means and counted beside them, as in nnU-Net; `one` = as perfect; `zero` = a Dice of 0.",
  ),
  surfaceTolerances: z.array(z.number().min(0)).default([1, 2, 3]).describe(
    "Millimetres within which surfaces count as one in the surface Dice.",
  ),
  lesions: z.array(z.string().min(1)).default([]).describe(
    "Labels whose connected components are counted as lesions: found, missed, made up.",
  ),
  distancePenalty: z.number().positive().nullable().default(null).describe(
    "Millimetres that count as HD95 and ASSD where just one of prediction and label holds a class; null = " +
      "such masks are left out of the means.",
  ),
  severityVolumes: count.default(2).describe(
    "Clean test volumes on which the fall of Dice with artifacts is measured, 20 of each.",
  ),
  artifacts: z.boolean().default(true).describe(
    "Also evaluate on the four artifact sets of the paper, made from the test subjects.",
  ),
});

const outputSchema = z.strictObject({
  dir: z.string().min(1).nullable().default(null).describe(
    "The run folder; null = the next free `runs/NNN`.",
  ),
  pictures: z.boolean().default(true).describe("Draw the loss curves and slices."),
});

const trackingSchema = z.strictObject({
  mlflow: z.string().min(1).refine(
    (text) => !/^[a-z][a-z\d+.-]+:\/\//i.test(text),
    "wanted the folder of a file store, as mlruns; servers and databases are not told",
  ).nullable().default(null).describe(
    "The folder of an MLflow file store, as `mlruns`, that is told of the run's settings, losses and " +
      "scores; null = none. Changes no result.",
  ),
  experiment: z.string().trim().min(1).max(500).nullable().default(null).describe(
    "The name of the run's experiment there; null = `tandem`, in a study the name of its folder.",
  ),
});

/** A whole configuration; see the descriptions of each section's fields. */
export const configSchema = z.strictObject({
  data: dataSchema.prefault({}).describe(
    "What is read and how it is brought to the network's grid.",
  ),
  phantom: phantomSchema.prefault({}).describe(
    "The synthetic hearts that stand in where no data set is given.",
  ),
  model: modelSchema.prefault({}).describe("The size of the networks."),
  method: methodSchema.prefault({}).describe(
    "What is learnt from: networks, hard examples, masks, noise.",
  ),
  optimizer: optimizerSchema.prefault({}).describe("Adam and its learning rate."),
  training: trainingSchema.prefault({}).describe(
    "How long is trained, on how much at once, and what is saved and validated meanwhile.",
  ),
  evaluation: evaluationSchema.prefault({}).describe(
    "How the trained networks are scored at the end.",
  ),
  output: outputSchema.prefault({}).describe("Where a run is written, and what is drawn."),
  tracking: trackingSchema.prefault({}).describe(
    "Where else a run is told of: TensorBoard's file is always in its folder.",
  ),
});

export type { ResolvedConfig };

/** The settings of one code's mask. */
export type MaskConfig = ResolvedConfig["method"]["imageMask"];

/** Any part of a value: of objects, some keys; lists whole. */
export type DeepPartial<T> = T extends readonly unknown[] ? T
  : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> }
  : T;

/** Some settings; the others keep their defaults. */
export type PartialConfig = DeepPartial<Omit<ResolvedConfig, "data">> & {
  readonly data?: DeepPartial<Omit<ResolvedConfig["data"], "size">> & {
    /** A side, `"64x48"` or `[64, 48]` (height x width), or as it is resolved. */
    readonly size?: ResolvedConfig["data"]["size"] | number | string | readonly number[];
  };
};
