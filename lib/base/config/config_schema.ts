/**
 * Every setting of a training run with its default: the one place where defaults live. They are
 * those of the published method (Chen et al., MICCAI 2021, and the authors' code); the presets
 * beside this file say where a run differs.
 */
import {
  ARTIFACT_MODES,
  type ArtifactMode,
  LAYOUT_NAMES,
  type MethodName,
  SITE_NAMES,
} from "../../names.ts";
import { z } from "../deps/zod.ts";

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
);

/** A recipe of artifacts as it stands in a configuration. */
export type ArtifactRecipeConfig =
  | {
    artifact: string;
    mode?: ArtifactMode | undefined;
    severity?: number | undefined;
    options?: Record<string, unknown> | undefined;
  }
  | { chain: ArtifactRecipeConfig[] }
  | { oneOf: ArtifactRecipeConfig[] }
  | { probability: number; of: ArtifactRecipeConfig };

/** What is read and how it is brought to the network's grid. */
const dataSchema = z.strictObject({
  /** The data set's folder; null = the phantom, made in memory. */
  dir: z.string().min(1).nullable().default(null),
  /** How the folder is laid out: `acdc`, `mnms` or `folder` (a CSV or JSON list). */
  layout: z.enum(LAYOUT_NAMES).default("acdc"),
  /** A published division by name, as `acdc-10/cval0`; null = divide subjects by seed. */
  split: z.string().min(1).nullable().default(null),
  /**
   * Cross-validation: subjects are dealt to this many parts by seed, of which one is tested on;
   * null = divide them by fractions. Only where no split is named.
   */
  folds: wholeNumber(2).nullable().default(null),
  /** Which of the parts is tested on, from 0. */
  fold: wholeNumber(0).default(0),
  /**
   * Train on so many of the training subjects, drawn by seed (fewer are among more); null = all.
   * Validation and test stay as they are.
   */
  trainingSubjects: count.nullable().default(null),
  /** Take subjects out of validation that a named split also trains on, instead of failing. */
  dropLeaks: z.boolean().default(false),
  /** Seed of the division of subjects. */
  seed: seed.default(0),
  /**
   * Share of the subjects (0-1) kept for validation where no split is named; in cross-validation,
   * of those that are not tested on.
   */
  validationFraction: fraction.default(0.2),
  /** Share of the subjects (0-1) kept for the test where no split is named and `folds` is null. */
  testFraction: fraction.default(0.2),
  /** Side of a slice in pixels; the network halves it four times. */
  size: count.multipleOf(16).default(192),
  /** Pixel spacing in mm in the slice plane, after resampling. */
  spacing: z.number().positive().default(1.36719),
  /** Image-space augmentation of half of each batch: with flips and turns, without, or none. */
  augmentation: z.enum(["acdc", "upright", "none"]).default("acdc"),
  /** Training slices without foreground: give way to others of their volume, or are shown. */
  emptySlices: z.enum(["replace", "keep"]).default("replace"),
  /** The original half of each batch shows the same slices as the augmented half, or others. */
  originals: z.enum(["same", "others"]).default("same"),
  /** Artifacts on the augmented half of each batch, slice by slice; null = none. */
  artifacts: recipeSchema.nullable().default(null),
  /** Scale the other half slice by slice, as evaluation does; false = by volume only. */
  normaliseOriginals: z.boolean().default(true),
});

/** The synthetic hearts that stand in where no data set is given. */
const phantomSchema = z.strictObject({
  /** Sites whose subjects are divided into training, validation and test. */
  trainingSites: z.array(z.enum(SITE_NAMES)).min(1).default(["A"]),
  /** Subjects of each training site. */
  subjects: count.default(24),
  /** Subjects of each other site, all for the test. */
  otherSubjects: wholeNumber(0).default(4),
  /** Seed of the anatomies and scans. */
  seed: seed.default(0),
});

const modelSchema = z.strictObject({
  /** Channels at full resolution; deeper levels have 2, 4 and 8 times as many. */
  baseWidth: wholeNumber(1, 256).default(16),
  /** Classes with background. */
  classes: wholeNumber(2, 255).default(4),
  /** Channels of the input image. */
  inputChannels: count.default(1),
});

const maskSchema = z.strictObject({
  /** How entries of the code are chosen; `random` draws one of the other three a step. */
  scheme: z.enum(["random", "dropout", "spatial", "channel"]).default("random"),
  /** Largest share of the code that is masked, 0 to below 1. */
  maxThreshold: z.number().min(0).lt(1).default(0.5),
  /** Draw the share from 0 to `maxThreshold` each step, or always take `maxThreshold`. */
  randomThreshold: z.boolean().default(true),
  /** Multiply masked entries by a draw from 0 to 0.5, or by 0. */
  soft: z.boolean().default(true),
  /** What makes an entry worth masking, from the gradient of the decoder's loss. */
  score: z.enum(["signed", "absolute", "negative", "gradient-x-code", "random"])
    .default("signed"),
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
  /** Both networks and the image decoder, or the encoder and the segmentation decoder alone. */
  networks: z.enum(["dual", "segmentation"]).default("dual"),
  /** Hard examples from changed images; see `lib/baselines`. */
  imageAugmentation: z.enum(IMAGE_AUGMENTATIONS).default("none"),
  /** What the slow-thinking network learns to refine: predictions, or labels that were degraded. */
  shapePrior: z.enum(["predictions", "degraded-labels"]).default("predictions"),
  /** Hard examples from masked codes; false = standard training of both networks. */
  latentAugmentation: z.boolean().default(true),
  /** Which codes are masked. */
  maskScope: z.array(z.enum(["image", "shape"])).min(1).max(2).default(["image", "shape"]),
  imageMask: maskSchema.prefault({}),
  shapeMask: maskSchema.prefault({}),
  /** Which BatchNorms the hard pass leaves alone: all, or all but the image decoder's. */
  batchNormPolicy: z.enum(["consistent", "reference"]).default("consistent"),
  /** Keep the slow-thinking network's loss from training the fast-thinking network. */
  separateTraining: z.boolean().default(false),
  /** Standard deviation of the Gaussian noise on every training image (intensities 0-1). */
  noise: z.number().min(0).default(0.05),
  /** Divides the logits before the softmax that feeds the slow-thinking network. */
  temperature: z.number().positive().default(2),
  /** What segmentations are held to: the cross-entropy, or the soft Dice loss as well. */
  segmentationLoss: z.enum(["ce", "ce+dice"]).default("ce"),
  /**
   * Weights of the classes in the cross-entropy: null = all pixels weigh the same, `balanced` = all
   * classes that a batch shows do, or a weight for each class, background first.
   */
  classWeights: z.union([z.literal("balanced"), classWeights]).nullable().default(null),
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

/** Adam. */
const optimizerSchema = z.strictObject({
  learningRate: z.number().positive().default(1e-4),
  /** How the rate goes on: it stays, or falls to 0 along half a cosine. */
  schedule: z.enum(["constant", "cosine"]).default("constant"),
  /** Steps until a `cosine` schedule is at its end. */
  decaySteps: count.default(1000),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  epsilon: z.number().positive().default(1e-8),
});

const trainingSchema = z.strictObject({
  /** Passes over the training slices. */
  epochs: count.default(600),
  /** Stop after this many steps in all; null = no limit. */
  maxSteps: count.nullable().default(null),
  /** Stop after this many seconds of one sitting; null = no limit. */
  maxTime: z.number().positive().nullable().default(null),
  /** Slices a step: half of them augmented, the other half the same slices as they are. */
  batchSize: count.min(2).multipleOf(2).default(20),
  /** Seed of the weights, the order of the slices, augmentation, noise and masks. */
  seed: seed.default(0),
  /**
   * The folder of a run whose best weights training begins with, wherever names and shapes agree;
   * null = all are drawn.
   */
  init: z.string().min(1).nullable().default(null),
  /** Threads of the backend; null = all cores. Changes no result. */
  threads: wholeNumber(1, 64).nullable().default(null),
  /** How 3 x 3 convolutions are computed: fast by Winograd's algorithm, or as the sums themselves. */
  convolution: z.enum(["winograd", "direct"]).default("winograd"),
  /** Save the state after every so many steps, besides the end of each epoch. */
  checkpointEverySteps: count.default(100),
  /** Score the validation subjects after every so many epochs. */
  validateEveryEpochs: count.default(1),
  /** Stop after this many validations without a better score; null = never. */
  patience: count.nullable().default(null),
});

const evaluationSchema = z.strictObject({
  /** Where Dice is taken: in the file's own voxels, or on the network's cropped grid. */
  grid: z.enum(["native", "network"]).default("native"),
  /** Slices that go through the network at once. */
  chunk: count.default(10),
  /**
   * Times that the slow-thinking network is applied, each to what the one before made; Dice is
   * taken after each.
   */
  refinements: wholeNumber(1, 10).default(1),
  /** Clean test volumes on which the fall of Dice with artifacts is measured, 20 of each. */
  severityVolumes: count.default(2),
  /** Also evaluate on the four artifact sets of the paper, made from the test subjects. */
  artifacts: z.boolean().default(true),
});

const outputSchema = z.strictObject({
  /** The run folder; null = the next free `runs/NNN`. */
  dir: z.string().min(1).nullable().default(null),
  /** Draw the loss curves and slices. */
  pictures: z.boolean().default(true),
});

/** A whole configuration; see the fields of each section. */
export const configSchema = z.strictObject({
  data: dataSchema.prefault({}),
  phantom: phantomSchema.prefault({}),
  model: modelSchema.prefault({}),
  method: methodSchema.prefault({}),
  optimizer: optimizerSchema.prefault({}),
  training: trainingSchema.prefault({}),
  evaluation: evaluationSchema.prefault({}),
  output: outputSchema.prefault({}),
});

/** A configuration in which every setting has its value. */
export type ResolvedConfig = z.infer<typeof configSchema>;

/** The settings of one code's mask. */
export type MaskConfig = ResolvedConfig["method"]["imageMask"];

type DeepPartial<T> = T extends readonly unknown[] ? T
  : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> }
  : T;

/** Some settings; the others keep their defaults. */
export type PartialConfig = DeepPartial<ResolvedConfig>;
