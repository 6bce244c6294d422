import { ConfigError } from "../../../base/config/config_error.ts";
import { RandomStream } from "../../../base/random/random_stream.ts";
import { scalingAffine } from "../../../base/volume/affine.ts";
import { applySteps, type Recipe, recipeNeeds, sampleRecipe } from "../../artifacts/compose.ts";
import { ArtifactNeedError, type RoleLabel, unmetNeed } from "../../artifacts/needs.ts";
import { mirroredClasses } from "../../../base/task/mirrored_labels.ts";
import { AUGMENTATION_POLICIES, type AugmentationPolicy } from "../augmentation/policy.ts";
import type { RunData } from "../cases/run_data.ts";
import { scalesSlices } from "../preparation/intensity.ts";
import type { PreparedCase } from "../preparation/prepare_case.ts";
import type { BatchOptions } from "./batch_options.ts";
import { BatchSampler } from "./batch_sampler.ts";
import type { PendingCase } from "./pending_case.ts";

/** How a run makes its batches; see {@linkcode BatchOptions}. */
export interface RunBatchOptions {
  readonly data: Required<Pick<BatchOptions, "emptySlices" | "originals">> & {
    readonly normaliseOriginals: boolean;
    /** The name of the policy. */
    readonly augmentation: keyof typeof AUGMENTATION_POLICIES;
    /** A {@linkcode Recipe}, which is tried before it is used; null = none. */
    readonly artifacts: unknown;
  };
  readonly training: { readonly batchSize: number };
}

/**
 * The batches of a run.
 *
 * Where labels are pairs of left and right, images are neither mirrored nor turned: the label would
 * have to change sides with them.
 *
 * @param rng The run's own stream; batches take its child `batches`.
 */
export function runBatches(
  cases: readonly (PreparedCase | PendingCase)[],
  { data, training }: RunBatchOptions,
  { task, preparation }: RunData,
  rng: RandomStream,
  onNotice: (line: string) => void = () => {},
): BatchSampler {
  const artifacts = (data.artifacts ?? undefined) as Recipe | undefined;
  if (artifacts) checkRecipe(artifacts, task.labels);
  const named: AugmentationPolicy = AUGMENTATION_POLICIES[data.augmentation];
  const policy = mirroredClasses(task) === undefined
    ? named
    : named.filter(({ name }) => name !== "flip" && name !== "turn");
  if (policy.length < named.length) {
    onNotice("labels are pairs of left and right: slices are neither flipped nor turned");
  }
  const { size, spacing, intensity, larger } = preparation;
  return new BatchSampler(cases, {
    artifacts,
    classLabels: task.labels,
    spacing,
    batchSize: training.batchSize,
    normaliseOriginals: data.normaliseOriginals && scalesSlices(intensity),
    scaleSlices: scalesSlices(intensity),
    ...larger === "tiles" && { crop: size },
    policy,
    emptySlices: data.emptySlices,
    originals: data.originals,
  }, rng.stream("batches"));
}

/** Slices on which a recipe is tried: long ones show what rounds to nothing on small ones. */
const TRIED = [[32, 32, 1], [512, 16, 1], [16, 512, 1]] as const;

/** Tries the recipe on small volumes, so that what is wrong with it is told before training. */
function checkRecipe(recipe: Recipe, labels: readonly RoleLabel[]): void {
  for (const shape of TRIED) tryRecipe(recipe, labels, shape);
}

function tryRecipe(
  recipe: Recipe,
  labels: readonly RoleLabel[],
  shape: typeof TRIED[number],
): void {
  const grid = { shape, affine: scalingAffine([1, 1, 8]) };
  const size = shape[0] * shape[1];
  const classes = Uint8Array.from({ length: size }, (_, i) => (i >> 3) % labels.length);
  const volume = { ...grid, data: Float32Array.from(classes, (value) => value / labels.length) };
  try {
    const available = { label: true, otherFrame: false, labels };
    const lacking = unmetNeed(recipeNeeds(recipe), available);
    if (lacking !== undefined) throw new ArtifactNeedError("train with it", lacking, available);
    for (let n = 0; n < 20; n++) {
      const steps = sampleRecipe(recipe, RandomStream.fromSeed(n), grid);
      const made = applySteps(volume, steps, { label: { ...grid, data: classes }, labels });
      if (made.volume.shape.join() === grid.shape.join()) continue;
      throw new RangeError(
        `${steps.map(({ artifact }) => artifact).join(", ")} makes slices of another size`,
      );
    }
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError("data.artifacts", `Cannot use data.artifacts: ${detail}`, { cause });
  }
}
