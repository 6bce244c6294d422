/**
 * Artifacts put together: chains, choices and chances, as plain JSON, so that a recipe can stand in
 * a config, and what was drawn from it in a manifest.
 */
import type { RandomStream } from "../../base/random/random_stream.ts";
import type { Volume, Voxels } from "../../base/volume/volume.ts";
import type { ArtifactContext, ArtifactMode, Geometry, Severity } from "./artifact.ts";
import { findArtifact } from "./registry.ts";

/** One artifact, with a severity, options of its own, or its defaults. */
export interface ArtifactRecipe {
  /** Its name in the registry. */
  readonly artifact: string;
  /** Whose semantics; physical by default. */
  readonly mode?: ArtifactMode;
  /** Takes the options of this severity. */
  readonly severity?: Severity;
  /** Options; they win over those of the severity. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What to draw artifacts from. */
export type Recipe =
  | ArtifactRecipe
  /** All of them, one after the other. */
  | { readonly chain: readonly Recipe[] }
  /** One of them, all equally likely. */
  | { readonly oneOf: readonly Recipe[] }
  /** The recipe with this probability (0-1), else nothing. */
  | { readonly probability: number; readonly of: Recipe };

/** One artifact with the parameters that were drawn for it. */
export interface ArtifactStep {
  /** Whose semantics. */
  readonly mode: ArtifactMode;
  /** Its name in the registry. */
  readonly artifact: string;
  /** Plain JSON. */
  readonly params: unknown;
}

/**
 * Draws the steps of a recipe. Each part has a stream of its own, so that a change in one leaves
 * the draws of the others.
 *
 * @param rng The stream of this volume.
 * @param geometry The volume's shape and affine.
 * @throws {TypeError | RangeError} If the recipe names no artifact, or options are wrong.
 *
 * @example
 * ```ts
 * import { applySteps, sampleRecipe } from "./compose.ts";
 * import { RandomStream } from "../../base/random/random_stream.ts";
 * import { scalingAffine } from "../../base/volume/affine.ts";
 *
 * const volume = {
 *   data: new Float32Array(64).fill(1),
 *   shape: [4, 4, 4],
 *   affine: scalingAffine([1, 1, 8]),
 * } as const;
 * const recipe = { chain: [{ artifact: "bias", severity: 2 }, { artifact: "noise" }] } as const;
 * const steps = sampleRecipe(recipe, RandomStream.fromSeed(1), volume);
 * const { volume: worse } = applySteps(volume, steps);
 * if (worse.data.length !== 64 || steps.length !== 2) throw new Error("wrong");
 * ```
 */
export function sampleRecipe(
  recipe: Recipe,
  rng: RandomStream,
  geometry: Geometry,
): ArtifactStep[] {
  if ("chain" in recipe) {
    return recipe.chain.flatMap((part, n) => sampleRecipe(part, rng.stream("chain", n), geometry));
  }
  if ("oneOf" in recipe) {
    const index = rng.stream("choice").integer(0, recipe.oneOf.length - 1);
    return sampleRecipe(recipe.oneOf[index]!, rng.stream("oneOf", index), geometry);
  }
  if ("of" in recipe) {
    if (!(recipe.probability >= 0 && recipe.probability <= 1)) {
      throw new RangeError(
        `Cannot sample a recipe: probability is ${recipe.probability}, wanted 0 to 1`,
      );
    }
    if (!rng.stream("chance").chance(recipe.probability)) return [];
    return sampleRecipe(recipe.of, rng.stream("of"), geometry);
  }
  const { mode = "physical", severity } = recipe;
  const artifact = findArtifact(recipe.artifact, mode);
  const graded = severity === undefined ? {} : artifact.optionsOf(severity) as object;
  const options = { ...graded, ...recipe.options };
  const params = artifact.sample(options, rng.stream(mode, artifact.name), geometry);
  return [{ mode, artifact: artifact.name, params }];
}

/** A volume, and the label where there was one, after some artifacts. */
export interface Corrupted {
  /** The volume with the artifacts. */
  readonly volume: Volume;
  /** The label, moved where an artifact moved the anatomy. */
  readonly label?: Volume<Voxels>;
}

/**
 * Applies steps in turn. The label goes along, so that later steps see it where the anatomy is.
 *
 * @throws {TypeError | RangeError} As the artifacts' `apply`.
 */
export function applySteps(
  volume: Volume,
  steps: readonly ArtifactStep[],
  context: ArtifactContext = {},
): Corrupted {
  let image = volume, { label } = context;
  for (const { mode, artifact: name, params } of steps) {
    const artifact = findArtifact(name, mode);
    image = artifact.apply(image, params, label ? { ...context, label } : context);
    if (label) label = artifact.applyToLabel(label, params);
  }
  return label ? { volume: image, label } : { volume: image };
}
