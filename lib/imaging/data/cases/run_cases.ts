/** The cases of a run: which subjects train, validate and test, and the batches of the first. */
import type { ResolvedConfig } from "../../../base/config/config_schema.ts";
import { ConfigError } from "../../../base/config/config_error.ts";
import { AUGMENTATION_POLICIES } from "../augmentation/policy.ts";
import { applySteps, type Recipe, recipeNeeds, sampleRecipe } from "../../artifacts/compose.ts";
import { ArtifactNeedError, type RoleLabel, unmetNeed } from "../../artifacts/needs.ts";
import { scalingAffine } from "../../../base/volume/affine.ts";
import { BatchSampler, type PendingCase } from "../batches/batch_sampler.ts";
import type { CaseSource } from "./case_source.ts";
import { CLASS_LABELS, CLASS_NAMES } from "./label_codes.ts";
import { type CaseOrigin, openCases } from "./open_cases.ts";
import { phantomCases } from "./phantom_cases.ts";
import type { PreparedCase } from "../preparation/prepare_case.ts";
import { selectSubjects, type Split } from "../splits/split.ts";
import { RandomStream } from "../../../base/random/random_stream.ts";
import { SITES } from "../../phantom/sites.ts";
import { chooseSplit } from "../splits/choose_split.ts";

/** Which subjects a run trains, validates and tests on; plain JSON. */
export interface Division extends Split {
  /** The data set, or the phantom. */
  readonly source: string;
  /** Subjects of other domains, all for the test, by domain. */
  readonly others: Readonly<Record<string, readonly string[]>>;
}

/** The cases of a run by what they are for; no voxel is read yet. */
export interface RunCases {
  readonly division: Division;
  readonly train: readonly CaseSource[];
  readonly validation: readonly CaseSource[];
  /** Test sets by name. */
  readonly test: ReadonlyMap<string, readonly CaseSource[]>;
}

/**
 * Finds the cases of a run and divides their subjects.
 *
 * @param onNotice Is told what a person should know, a line each.
 * @throws {ConfigError} If the settings give no division, as {@linkcode chooseSplit}, or the network
 * does not fit the data.
 * @throws {DatasetError} If the data set cannot be used, or as {@linkcode chooseSplit}.
 */
export async function openRunCases(
  config: ResolvedConfig,
  onNotice: (line: string) => void = () => {},
): Promise<RunCases> {
  checkNetwork(config.model);
  const { data, phantom } = config;
  const cases = await openCases(caseOrigin(config));
  const others = new Map<string, readonly CaseSource[]>();
  if (data.dir === null) {
    for (const site of Object.keys(SITES) as (keyof typeof SITES)[]) {
      if (phantom.trainingSites.includes(site) || phantom.otherSubjects === 0) continue;
      const sources = phantomCases(site, phantom.otherSubjects, phantom.seed);
      others.set(sources[0]!.domain, sources);
    }
  }
  const split = chooseSplit(data, subjectsOf(cases), onNotice);
  const test = new Map([...byDomain(selectSubjects(cases, split.test)), ...others]);
  return {
    division: {
      source: data.dir ?? "phantom",
      ...split,
      others: Object.fromEntries(
        [...others].map(([name, sources]) => [name, subjectsOf(sources)]),
      ),
    },
    train: selectSubjects(cases, split.train),
    validation: selectSubjects(cases, split.validation),
    test,
  };
}

/** Where the cases of a run come from, those of other domains left out. */
export function caseOrigin({ data, phantom }: ResolvedConfig): CaseOrigin {
  if (data.dir !== null) return { kind: "dataset", dir: data.dir, layout: data.layout };
  const { trainingSites: sites, subjects, seed } = phantom;
  return { kind: "phantom", sites, subjects, seed };
}

/** Cases by domain, in the order in which domains first occur. */
export function byDomain<C extends CaseSource>(cases: readonly C[]): Map<string, C[]> {
  const sets = new Map<string, C[]>();
  for (const source of cases) {
    const set = sets.get(source.domain) ?? [];
    sets.set(source.domain, [...set, source]);
  }
  return sets;
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

/**
 * The batches of a run.
 *
 * @param rng The run's own stream; batches take its child `batches`.
 */
export function runBatches(
  cases: readonly (PreparedCase | PendingCase)[],
  { data, training }: ResolvedConfig,
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

function subjectsOf(cases: readonly CaseSource[]): string[] {
  return [...new Set(cases.map(({ subject }) => subject))].sort();
}

/** The labels have four classes and the images one channel, whatever the network would allow. */
function checkNetwork({ classes, inputChannels }: ResolvedConfig["model"]): void {
  const wanted = CLASS_NAMES.length;
  if (classes !== wanted) {
    throw new ConfigError(
      "model.classes",
      `Cannot train: model.classes is ${classes}, but labels have ${wanted} classes`,
    );
  }
  if (inputChannels !== 1) {
    throw new ConfigError(
      "model.inputChannels",
      `Cannot train: model.inputChannels is ${inputChannels}, but images have 1 channel`,
    );
  }
}
