/** Makes the volumes of a suite from the cases of a data set. */
import { intensityRange } from "../../../base/volume/intensity_range.ts";
import { unknownName } from "../../../base/text/unknown_name.ts";
import { psnr } from "../../metrics/psnr.ts";
import { ssim } from "../../metrics/ssim.ts";
import { RandomStream } from "../../../base/random/random_stream.ts";
import type { Volume, Voxels } from "../../../base/volume/volume.ts";
import { stackAlong, stackedGrid, unstackFrom } from "../../../base/volume/slice_axis.ts";
import { artifactAxis, type ArtifactContext, type Severity } from "../artifact.ts";
import { ArtifactNeedError, type RoleLabel, unmetNeed } from "../needs.ts";
import {
  applySteps,
  type ArtifactStep,
  type Corrupted,
  sampleRecipe,
  stepsOfChannel,
} from "../compose.ts";
import { fingerprint } from "./fingerprint.ts";
import type { SuiteEntry, SuiteManifest } from "./manifest.ts";
import { otherFrameOf } from "./other_frame.ts";
import {
  chen2021Grid,
  finishChen2021,
  prepareChen2021,
  type SuitePreparation,
} from "./preparation.ts";
import type { SuiteDefinition, SuiteSet } from "./suite_definition.ts";

/** A case of a data set, as far as a suite needs it. */
export interface SuiteSource {
  /** Unique within the data set. */
  readonly id: string;
  /** The person. */
  readonly subject: string;
  /** Which of the subject's images it is. */
  readonly frame: string;
  /** Reads it; the label map holds classes. */
  load(): Promise<{
    /** One a channel. */
    readonly images: readonly [
      { readonly volume: Volume<Voxels> },
      ...{ readonly volume: Volume<Voxels> }[],
    ];
    readonly label?: Volume<Uint8Array>;
  }>;
}

/** What to make. */
export interface SuiteOptions {
  /** Seed of all draws, a whole number from 0. */
  readonly seed: number;
  /** Volumes of each case and set; the suite's own number by default. */
  readonly repeats?: number;
  /** Severities, for suites that have them; 1 to 5 by default. */
  readonly severities?: readonly Severity[];
  /** Only the sets of these artifacts (or sets); all by default. */
  readonly only?: readonly string[];
  /** What the classes of the label maps are, for artifacts that need a role. */
  readonly labels?: readonly RoleLabel[];
  /** Whether the clean volumes, after the same preparation, are a set as well; not by default. */
  readonly clean?: boolean;
}

/** The set of clean volumes; it draws nothing, and the other sets as they would without it. */
export const CLEAN_SET: SuiteSet = {
  name: "clean",
  recipe: { chain: [] },
  needs: [],
  stream: "clean",
};

/** One volume to be made; independent of all others. */
export interface SuiteItem {
  readonly source: SuiteSource;
  /** The same subject in another frame, where the set needs it. */
  readonly otherFrame?: SuiteSource;
  readonly set: SuiteSet;
  readonly repeat: number;
  readonly preparation: SuitePreparation;
  /** The stream of its draws. */
  readonly rng: RandomStream;
}

/** One volume that was made. */
export interface SuiteVolume {
  /** Its record. */
  readonly entry: SuiteEntry;
  /** The corrupted volume, float32, in the case's own frame. */
  readonly volume: Volume;
  /** The clean volume after the same preparation. */
  readonly clean: Volume;
  /** The label, moved where the anatomy moved. */
  readonly label?: Volume<Voxels>;
}

/** A channel of a loaded case and of its other frame. */
export interface SuiteInput {
  readonly volume: Volume;
  /** Which channel of the case it is, from 0, the default. All move alike; noise is each one's own. */
  readonly channel?: number;
  readonly context: ArtifactContext;
}

/**
 * Lists what a suite makes of some cases, without reading any. The items depend on nothing but
 * seed, suite, set, case and repeat, so they may be made in any order, anywhere.
 *
 * @throws {RangeError} If repeats is not a whole number of 1 or more, or there is no set of a name in
 * `only`.
 * @throws {ArtifactNeedError} If a set needs another frame of a subject that has one, or a role that
 * no label has; leave that set out.
 */
export function planSuite(
  suite: SuiteDefinition,
  sources: readonly SuiteSource[],
  options: SuiteOptions,
): SuiteItem[] {
  const { seed, repeats = suite.repeats, severities = [1, 2, 3, 4, 5], only, labels } = options;
  if (!Number.isSafeInteger(repeats) || repeats < 1) {
    throw new RangeError(
      `Cannot make the suite ${suite.name}: repeats is ${repeats}, wanted a whole number of 1 or more`,
    );
  }
  const root = RandomStream.fromSeed(seed).stream("artifact-suite", suite.name, suite.version);
  const sets = [
    ...options.clean ? [CLEAN_SET] : [],
    ...suite.sets(severities).filter((set) =>
      !only || only.includes(set.name) || only.includes(set.stream)
    ),
  ];
  const known = suite.sets(severities).flatMap((set) => [set.name, set.stream]);
  for (const name of only ?? []) {
    if (known.includes(name)) continue;
    throw new RangeError(
      `Cannot make the suite ${suite.name}: ${unknownName("set", name, [...new Set(known)])}`,
    );
  }
  const items: SuiteItem[] = [];
  for (const source of sources) {
    const other = otherFrameOf(source, sources);
    for (const set of sets) {
      // whether there is a label map is known when the case is read
      const available = { label: true, otherFrame: other !== undefined, labels };
      const lacking = unmetNeed(set.needs, available);
      if (lacking !== undefined) {
        throw new ArtifactNeedError(`make ${set.name} of ${source.id}`, lacking, available);
      }
      const times = set === CLEAN_SET ? 1 : repeats;
      for (let repeat = 1; repeat <= times; repeat++) {
        items.push({
          source,
          ...set.needs.includes("otherFrame") && other ? { otherFrame: other } : {},
          set,
          repeat,
          preparation: suite.preparation,
          rng: root.stream(set.stream, source.id, repeat),
        });
      }
    }
  }
  return items;
}

/**
 * Makes all volumes of a suite, case by case, so that each case is read once.
 *
 * @throws {TypeError | RangeError} If a volume cannot bear an artifact; the text names the case.
 */
export async function* makeSuite(
  suite: SuiteDefinition,
  sources: readonly SuiteSource[],
  options: SuiteOptions,
): AsyncGenerator<SuiteVolume> {
  const load = lastLoaded(options.labels);
  for (const item of planSuite(suite, sources, options)) {
    yield makeSuiteVolume(item, await load(item.source, item.otherFrame));
  }
}

/** The manifest of volumes that were made. */
export function suiteManifest(
  suite: SuiteDefinition,
  options: SuiteOptions,
  madeBy: string,
  volumes: readonly SuiteEntry[],
): SuiteManifest {
  return {
    schema: "tandem-artifact-suite/2",
    suite: suite.name,
    suiteVersion: suite.version,
    madeBy,
    seed: options.seed,
    repeats: options.repeats ?? suite.repeats,
    volumes: [...volumes],
  };
}

/** Draws and makes one volume of a suite. */
export function makeSuiteVolume(item: SuiteItem, input: SuiteInput): Promise<SuiteVolume> {
  const { set, repeat, preparation, source } = item;
  const steps = drawSteps(item, input);
  const identity = set.severity === undefined ? {} : { severity: set.severity };
  const channel = input.channel ? { channel: input.channel } : {};
  return corrupt(
    { set: set.name, case: source.id, repeat, ...channel, ...identity, preparation, steps },
    input,
  );
}

/** Draws and makes one volume of a suite without its record, which takes most of the time. */
export function makeUnrecorded(item: SuiteItem, input: SuiteInput): Corrupted {
  const { preparation, source } = item;
  const { result, moved } = applied(preparation, drawSteps(item, input), input, source.id);
  return moved ? { volume: result, label: moved } : { volume: result };
}

function drawSteps(
  { set, preparation, rng }: SuiteItem,
  { volume, channel = 0 }: SuiteInput,
): ArtifactStep[] {
  const grid = preparation === "none"
    ? volume
    : chen2021Grid(stackedGrid(volume, artifactAxis(volume)));
  return stepsOfChannel(sampleRecipe(set.recipe, rng, grid, channel + 1), channel);
}

/** Steps between a suite's preparation and its end. */
function applied(
  preparation: SuitePreparation,
  steps: readonly ArtifactStep[],
  { volume, context }: SuiteInput,
  caseId: string,
) {
  const chen = preparation === "chen2021";
  const axis = artifactAxis(volume), stacked = chen ? stackAlong(volume, axis) : volume;
  const finished = (stack: Volume) => unstackFrom(finishChen2021(stack, stacked), axis);
  const prepared = chen ? prepareChen2021(stacked) : volume;
  // the prepared array lies on another grid than the label, and no step of that suite reads one
  const made = named(caseId, () => applySteps(prepared, steps, chen ? {} : context));
  return {
    clean: () => chen ? finished(prepared) : volume,
    result: chen ? finished(made.volume) : made.volume,
    moved: chen ? context.label : made.label,
  };
}

/** Applies steps between a suite's preparation and its end, and records it all. */
export async function corrupt(
  identity: Pick<
    SuiteEntry,
    "set" | "case" | "repeat" | "channel" | "severity" | "preparation" | "steps"
  >,
  input: SuiteInput,
): Promise<SuiteVolume> {
  const { preparation } = identity, { volume, context: { label, otherFrame } } = input;
  const { steps } = identity;
  const { result, moved, ...made } = applied(preparation, steps, input, identity.case);
  const clean = made.clean(), axis = artifactAxis(clean), slices = stackedGrid(clean, axis).shape;
  const comparable = result.shape.join() === clean.shape.join();
  const decibels = comparable ? psnr(result.data, clean.data) : NaN;
  const whole = comparable && slices[0] >= 7 && slices[1] >= 7;
  const entry: SuiteEntry = {
    ...identity,
    input: {
      image: await fingerprint(volume),
      ...label && { label: await fingerprint(label) },
      ...otherFrame && { otherFrame: await fingerprint(otherFrame) },
    },
    output: {
      image: await fingerprint(result),
      ...moved && { label: await fingerprint(moved) },
    },
    psnr: Number.isFinite(decibels) ? decibels : null,
    ssim: whole ? ssim(stackAlong(result, axis), stackAlong(clean, axis)) : null,
    intensity: { before: intensityRange(volume.data), after: intensityRange(result.data) },
  };
  return moved ? { entry, volume: result, clean, label: moved } : { entry, volume: result, clean };
}

/**
 * Reads cases as float32, keeping the last one, since many items share it.
 *
 * @param labels What the classes of the label maps are.
 * @param channel Which channel of the images is meant, from 0.
 */
export function lastLoaded(labels?: readonly RoleLabel[], channel = 0): (
  source: SuiteSource,
  otherFrame?: SuiteSource,
) => Promise<SuiteInput> {
  const kept = new Map<string, Awaited<ReturnType<SuiteSource["load"]>>>();
  const get = async (source: SuiteSource) => {
    const known = kept.get(source.id);
    if (known) return known;
    const loaded = await source.load();
    // a case and its other frame: two are all that neighbouring items need
    if (kept.size > 1) kept.delete(kept.keys().next().value!);
    kept.set(source.id, loaded);
    return loaded;
  };
  return async (source, otherFrame) => {
    const { images, label } = await get(source);
    const other = otherFrame && (await get(otherFrame)).images[channel];
    return {
      volume: asFloat32(images[channel]!.volume),
      channel,
      context: {
        ...label && { label },
        ...labels && { labels },
        ...other && { otherFrame: asFloat32(other.volume) },
      },
    };
  };
}

function asFloat32(volume: Volume<Voxels>): Volume {
  return { ...volume, data: Float32Array.from(volume.data) };
}

function named<T>(caseId: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error) error.message = `Case ${caseId}: ${error.message}`;
    throw error;
  }
}
