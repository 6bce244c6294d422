import { ConfigError } from "../../../base/config/config_error.ts";
import { RandomStream } from "../../../base/random/random_stream.ts";
import { scalingAffine } from "../../../base/volume/affine.ts";
import { applySteps, type Recipe, recipeNeeds, sampleRecipe } from "../../artifacts/compose.ts";
import { ArtifactNeedError, type RoleLabel, unmetNeed } from "../../artifacts/needs.ts";
import { CLASS_LABELS } from "../cases/label_codes.ts";
import { AUGMENTATION_POLICIES } from "../augmentation/policy.ts";
import type { PreparedCase } from "../preparation/prepare_case.ts";
import { type BatchOptions, BatchSampler, type PendingCase } from "./batch_sampler.ts";

/** How a run makes its batches; see {@linkcode BatchOptions}. */
export interface RunBatchOptions {
  readonly data: Required<Pick<BatchOptions, "spacing" | "emptySlices" | "originals">> & {
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
 * @param rng The run's own stream; batches take its child `batches`.
 */
export function runBatches(
  cases: readonly (PreparedCase | PendingCase)[],
  { data, training }: RunBatchOptions,
  rng: RandomStream,
): BatchSampler {
  const artifacts = (data.artifacts ?? undefined) as Recipe | undefined;
  if (artifacts) checkRecipe(artifacts, CLASS_LABELS);
  return new BatchSampler(cases, {
    artifacts,
    classLabels: CLASS_LABELS,
    spacing: data.spacing,
    batchSize: training.batchSize,
    normaliseOriginals: data.normaliseOriginals,
    policy: AUGMENTATION_POLICIES[data.augmentation],
    emptySlices: data.emptySlices,
    originals: data.originals,
  }, rng.stream("batches"));
}

/** Tries the recipe on a small volume, so that what is wrong with it is told before training. */
function checkRecipe(recipe: Recipe, labels: readonly RoleLabel[]): void {
  const grid = { shape: [32, 32, 1], affine: scalingAffine([1, 1, 8]) } as const;
  const classes = Uint8Array.from({ length: 1024 }, (_, i) => (i >> 3) & 3);
  const volume = { ...grid, data: Float32Array.from(classes, (value) => value / 3) };
  try {
    const available = { label: true, otherFrame: false, labels };
    const lacking = unmetNeed(recipeNeeds(recipe), available);
    if (lacking !== undefined) throw new ArtifactNeedError("train with it", lacking, available);
    for (let n = 0; n < 20; n++) {
      const steps = sampleRecipe(recipe, RandomStream.fromSeed(n), grid);
      applySteps(volume, steps, { label: { ...grid, data: classes }, labels });
    }
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError("data.artifacts", `Cannot use data.artifacts: ${detail}`, { cause });
  }
}
