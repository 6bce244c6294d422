/**
 * Artifacts put together: chains, choices and chances, as plain JSON, so that a recipe can stand in
 * a config, and what was drawn from it in a manifest.
 */
import type { ArtifactMode } from "../../names.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import type { Volume, Voxels } from "../../base/volume/volume.ts";
import type { Artifact, ArtifactContext, Geometry, Severity } from "./artifact.ts";
import { aliasOf } from "./aliases.ts";
import type { Need } from "./needs.ts";
import { findArtifact } from "./registry.ts";

/** One artifact, with a severity, options of its own, or its defaults. */
export interface ArtifactRecipe {
  /** Its name in the registry, or one that it has elsewhere, as `RandMotion` (Chen et al. 2021). */
  readonly artifact: string;
  /** Whose semantics; physical unless the name says another. */
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
  /** The parameters of the channels after the first, of artifacts that draw for each. */
  readonly channels?: unknown[] | undefined;
}

/**
 * Draws the steps of a recipe. Each part has a stream of its own, so that a change in one leaves
 * the draws of the others.
 *
 * @param rng The stream of this volume.
 * @param geometry The volume's shape and affine.
 * @param channels Channels of the image. Artifacts that draw for each, as noise, draw the first
 * channel's parameters as they would for a lone one.
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
  channels = 1,
): ArtifactStep[] {
  if ("chain" in recipe) {
    return recipe.chain.flatMap((part, n) =>
      sampleRecipe(part, rng.stream("chain", n), geometry, channels)
    );
  }
  if ("oneOf" in recipe) {
    const index = rng.stream("choice").integer(0, recipe.oneOf.length - 1);
    return sampleRecipe(recipe.oneOf[index]!, rng.stream("oneOf", index), geometry, channels);
  }
  if ("of" in recipe) {
    if (!(recipe.probability >= 0 && recipe.probability <= 1)) {
      throw new RangeError(
        `Cannot sample a recipe: probability is ${recipe.probability}, wanted 0 to 1`,
      );
    }
    if (!rng.stream("chance").chance(recipe.probability)) return [];
    return sampleRecipe(recipe.of, rng.stream("of"), geometry, channels);
  }
  const { artifact, options } = settled(recipe), { mode, name } = artifact;
  const params = artifact.sample(options, rng.stream(mode, name), geometry);
  if (!artifact.perChannel || channels === 1) return [{ mode, artifact: name, params }];
  const others = Array.from(
    { length: channels - 1 },
    (_, n) => artifact.sample(options, rng.stream(mode, name, "channel", n + 1), geometry),
  );
  return [{ mode, artifact: name, params, channels: others }];
}

/**
 * What must be there beside the volume, whatever is drawn.
 *
 * @throws {TypeError | RangeError} If the recipe names no artifact, or options are wrong.
 */
export function recipeNeeds(recipe: Recipe): readonly Need[] {
  if ("chain" in recipe) return [...new Set(recipe.chain.flatMap(recipeNeeds))];
  if ("oneOf" in recipe) return [...new Set(recipe.oneOf.flatMap(recipeNeeds))];
  if ("of" in recipe) return recipeNeeds(recipe.of);
  const { artifact, options } = settled(recipe);
  return artifact.needsOf(options);
}

/** The artifact of a recipe, and all options that it names. */
function settled({ artifact: name, mode, severity, options }: ArtifactRecipe) {
  const artifact = findArtifact(name, mode);
  const graded = severity === undefined ? {} : artifact.optionsOf(severity) as object;
  return { artifact, options: { ...aliasOf(name)?.options, ...graded, ...options } };
}

/** A volume, and the label where there was one, after some artifacts. */
export interface Corrupted {
  /** The volume with the artifacts. */
  readonly volume: Volume;
  /** The label, moved where an artifact moved the anatomy. */
  readonly label?: Volume<Voxels>;
}

/** The channels of an image, and the label where there was one, after some artifacts. */
export interface CorruptedChannels {
  /** The channels with the artifacts, in their order. */
  readonly volumes: readonly Volume[];
  /** The label, moved where an artifact moved the anatomy. */
  readonly label?: Volume<Voxels>;
}

/** What some artifacts need beside the channels. */
export interface ChannelContext extends Omit<ArtifactContext, "otherFrame"> {
  /** The same slices at another time, a volume a channel. */
  readonly otherFrames?: readonly Volume[];
}

/**
 * Applies steps in turn. Label and other frame go along, so that later steps see them where the
 * anatomy is.
 *
 * @throws {TypeError | RangeError} As the artifacts' `apply`.
 */
export function applySteps(
  volume: Volume,
  steps: readonly ArtifactStep[],
  { otherFrame, ...context }: ArtifactContext = {},
): Corrupted {
  const { volumes, ...rest } = applyToChannels([volume], steps, {
    ...context,
    ...otherFrame && { otherFrames: [otherFrame] },
  });
  return { volume: volumes[0]!, ...rest };
}

/**
 * Applies steps to all channels of an image in turn: the anatomy moves alike in all of them, and the
 * label once, while noise is each channel's own. De-meaning goes by each channel's own energy.
 *
 * @param volumes The channels, on one grid.
 * @param steps As {@linkcode sampleRecipe} gives them for that number of channels.
 * @throws {TypeError | RangeError} As the artifacts' `apply`; if the channels differ in shape, or
 * a step was drawn for fewer of them.
 */
export function applyToChannels(
  volumes: readonly Volume[],
  steps: readonly ArtifactStep[],
  { otherFrames, ...context }: ChannelContext = {},
): CorruptedChannels {
  const [first] = volumes;
  for (const [n, { shape }] of volumes.entries()) {
    if (shape.join() === first!.shape.join()) continue;
    throw new TypeError(
      `Cannot apply artifacts: channel ${n} has the shape ${shape.join(" x ")}, the first ` +
        first!.shape.join(" x "),
    );
  }
  let images = volumes, others = otherFrames, { label } = context;
  for (const step of steps) {
    const artifact = findArtifact(step.artifact, step.mode);
    const [grid] = images;
    images = images.map((image, n) => {
      const otherFrame = others?.[n];
      const own = { ...context, ...label && { label }, ...otherFrame && { otherFrame } };
      return artifact.apply(image, channelParams(step, artifact, n), own);
    });
    if (label) label = artifact.applyToLabel(label, step.params, grid);
    // the same body at another time lies where it lies
    if (artifact.movesLabel && !artifact.needs.includes("otherFrame")) {
      others = others?.map((other, n) => artifact.apply(other, channelParams(step, artifact, n)));
    }
  }
  return label ? { volumes: images, label } : { volumes: images };
}

/**
 * The steps that one channel of several gets, as those of a lone volume.
 *
 * @throws {RangeError} If a step was drawn for fewer channels.
 */
export function stepsOfChannel(steps: readonly ArtifactStep[], channel: number): ArtifactStep[] {
  return steps.map((step) => {
    const { mode, artifact } = step;
    return { mode, artifact, params: channelParams(step, findArtifact(artifact, mode), channel) };
  });
}

function channelParams(step: ArtifactStep, { perChannel }: Artifact, channel: number): unknown {
  if (channel === 0 || !perChannel) return step.params;
  const { channels = [] } = step;
  if (channel <= channels.length) return channels[channel - 1];
  throw new RangeError(
    `Cannot apply ${step.mode}/${step.artifact}: it has parameters for ${channels.length + 1} ` +
      `channels, wanted some for channel ${channel}, too`,
  );
}
