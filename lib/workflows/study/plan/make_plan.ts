import type { StudyPresetName } from "../../../names.ts";
import { recogniseLayout } from "../../../imaging/data/cases/open_dataset.ts";
import { findMethod, METHODS } from "../../../learning/baselines/registry.ts";
import { ConfigError } from "../../../base/config/config_error.ts";
import type { PartialConfig, ResolvedConfig } from "../../../base/config/config_schema.ts";
import { parseConfig } from "../../../base/config/parse_config.ts";
import { resolveConfig } from "../../../formats/files/resolve_config.ts";
import { withWholePaths } from "../../../formats/files/with_whole_paths.ts";
import { resolve } from "../../../base/deps/std.ts";
import { unknownName } from "../../../base/text/unknown_name.ts";
import { configOf } from "./config_of.ts";
import { jobsOf } from "./jobs_of.ts";
import { DEFAULT_STUDY_PRESET, STUDY_PRESETS, type StudyPreset } from "./presets.ts";
import {
  type GivenTest,
  MOST_RUNS,
  type Replicate,
  runsOf,
  type StudyPlan,
  type StudyTest,
} from "./study_plan.ts";

/** Parts that subjects are dealt to at the most. */
const MOST_FOLDS = 1000;

/** What of a study differs from its preset. */
export interface PlanOptions {
  /** A study's preset; `table1` where none is named. */
  readonly preset?: string;
  /** Names of methods, the first being what the others are tested against. */
  readonly methods?: readonly string[];
  /** Seeds of the training, each 0 or more, one replicate each; the preset's by default. */
  readonly seeds?: readonly number[];
  /**
   * Published splits, as `acdc-10/cval0`; with several seeds as many, paired by place; without `seeds`,
   * all with the preset's first.
   */
  readonly splits?: readonly string[];
  /**
   * Cross-validation in so many parts, 2 to 1000, all of them with every seed; without `seeds`, with the
   * preset's first alone. Not with `splits`. Where `data.splitFile` is set, the first so many of its
   * divisions instead, as the five of nnU-Net's `splits_final.json`.
   */
  readonly folds?: number;
  /** Numbers of training subjects; null = all. */
  readonly trainingSubjects?: readonly (number | null)[];
  /** Steps of each run, 1 or more. */
  readonly maxSteps?: number;
  /** Further data sets to test on. */
  readonly tests?: readonly GivenTest[];
  /**
   * The configuration's preset; by default `quick` on the phantom; on data the study's own
   * where `preset` names one, else `auto`.
   */
  readonly configPreset?: string;
  /**
   * Single settings, as `training.batchSize=8`; not `training.seed` nor `data.trainingSubjects`, of which
   * each run has its own. A method's own settings come above them.
   */
  readonly set?: readonly string[];
  /** Settings that come as an object. */
  readonly settings?: PartialConfig;
}

/**
 * The plan of a study: its preset, with what the options change.
 *
 * @throws {ConfigError} For an unknown preset, method or key, or a value out of range.
 * @throws {DatasetError} If a layout is to be recognised, and none fits.
 */
export async function makePlan(options: PlanOptions = {}): Promise<StudyPlan> {
  const name = options.preset ?? DEFAULT_STUDY_PRESET;
  const preset = findPreset(name);
  const methods = some("methods", options.methods ?? preset.methods);
  methods.forEach(checkMethod);
  const plan = {
    preset: name,
    methods,
    replicates: replicatesOf(options, preset),
    trainingSubjects: some(
      "training subjects",
      options.trainingSubjects ?? preset.trainingSubjects,
    ).toSorted((a, b) => (a ?? Infinity) - (b ?? Infinity)),
    tests: await Promise.all((options.tests ?? []).map(settledTest)),
    settings: await settingsOf(options, preset),
  };
  distinct("names of tests", plan.tests.map((test) => test.name));
  const runs = runsOf(plan);
  if (runs > MOST_RUNS) {
    throw new ConfigError(
      "runs",
      `Cannot plan a study of ${runs} runs, wanted at most ${MOST_RUNS}`,
    );
  }
  // A bad value shall be told before the first job, not at the one that has it.
  jobsOf(plan).forEach((job) => configOf(plan, job));
  return plan;
}

/** A test with its place and layout, so that it stays what it is wherever the study goes on. */
async function settledTest({ name, dir, layout = "auto" }: GivenTest): Promise<StudyTest> {
  const place = resolve(dir);
  const known = layout === "auto" ? (await recogniseLayout(place)).layout : layout;
  return { name, dir: place, layout: known };
}

function findPreset(name: string): StudyPreset {
  if (Object.hasOwn(STUDY_PRESETS, name)) return STUDY_PRESETS[name as StudyPresetName];
  const names = Object.keys(STUDY_PRESETS);
  throw new ConfigError("preset", `Cannot plan a study: ${unknownName("preset", name, names)}`);
}

function checkMethod(name: string): void {
  try {
    findMethod(name);
  } catch (cause) {
    throw new ConfigError("methods", (cause as Error).message, { cause });
  }
}

function replicatesOf(options: PlanOptions, preset: StudyPreset): Replicate[] {
  const { splits, folds } = options;
  if (splits !== undefined && folds !== undefined) {
    throw new ConfigError("folds", "Cannot plan a study with both splits and folds");
  }
  // A division of its own is a replicate already.
  const byDivision = splits !== undefined || folds !== undefined;
  const given = options.seeds ?? (byDivision ? preset.seeds.slice(0, 1) : preset.seeds);
  const seeds = some("seeds", given);
  if (folds !== undefined && !(Number.isInteger(folds) && folds >= 2 && folds <= MOST_FOLDS)) {
    throw new ConfigError(
      "folds",
      `Cannot plan a study: folds is ${folds}, wanted a whole number from 2 to ${MOST_FOLDS}`,
    );
  }
  if (folds !== undefined) {
    return seeds.flatMap((seed) =>
      Array.from({ length: folds }, (_, fold) => ({ seed, split: null, fold }))
    );
  }
  if (splits === undefined) return seeds.map((seed) => ({ seed, split: null, fold: null }));
  some("splits", splits);
  if (seeds.length > 1 && seeds.length !== splits.length) {
    throw new ConfigError(
      "seeds",
      `Cannot pair ${splits.length} splits with ${seeds.length} seeds: wanted one seed, or as many`,
    );
  }
  return splits.map((split, n) => ({ seed: seeds[n] ?? seeds[0]!, split, fold: null }));
}

/** The settings that all runs share, whole, so that a later version's defaults change nothing. */
async function settingsOf(options: PlanOptions, preset: StudyPreset): Promise<ResolvedConfig> {
  const { configPreset, set = [], settings = {}, folds, maxSteps } = options;
  const { data } = await resolveConfig({ set, flags: settings });
  const onPhantom = data.dir === null;
  const dealt = folds === undefined || data.splitFile !== null ? {} : { folds };
  // The published schedule is one of an organ: it is taken where somebody names it.
  const onData = options.preset === undefined ? "auto" : preset.dataConfig;
  const shared = await resolveConfig({
    preset: configPreset ?? (onPhantom ? "quick" : onData),
    set: [
      ...assignments(preset.settings),
      ...(onPhantom ? assignments(preset.phantom) : []),
      ...(maxSteps === undefined ? [] : assignments({ training: { maxSteps } })),
      ...set,
    ],
    flags: { ...settings, data: { ...settings.data, ...dealt } },
  });
  refuseReplicated(shared);
  refuseSwitches(shared.method);
  const placed = withWholePaths(shared);
  // These belong to a machine or to a single run.
  return {
    ...placed,
    training: { ...placed.training, threads: null },
    output: { ...placed.output, dir: null },
  };
}

/** Refuses settings of which each run has its own, since they would be passed over. */
function refuseReplicated({ data, training }: ResolvedConfig): void {
  if (data.trainingSubjects !== null) {
    throw new ConfigError(
      "data.trainingSubjects",
      `Cannot plan a study with data.trainingSubjects=${data.trainingSubjects} among its settings: ` +
        "each run has its own, wanted trainingSubjects (--training-subjects)",
    );
  }
  if (training.seed !== 0) {
    throw new ConfigError(
      "training.seed",
      `Cannot plan a study with training.seed=${training.seed} among its settings: each run has ` +
        "its own, wanted seeds (--seeds)",
    );
  }
}

/** Refuses settings by which methods differ: one would run under the name of another. */
function refuseSwitches(method: ResolvedConfig["method"]): void {
  const known = parseConfig({}).method;
  const switches = new Set(METHODS.flatMap(({ settings }) => Object.keys(settings)));
  for (const name of switches) {
    const key = name as keyof ResolvedConfig["method"];
    const mask = key === "imageMask" || key === "shapeMask";
    const [path, value, wanted] = mask
      ? [`method.${key}.scheme`, method[key].scheme, known[key].scheme]
      : [`method.${key}`, method[key], known[key]];
    if (JSON.stringify(value) === JSON.stringify(wanted)) continue;
    throw new ConfigError(
      path,
      `Cannot plan a study with ${path}=${value} among its settings: methods differ by it, wanted ` +
        "methods (--methods)",
    );
  }
}

/** Settings as single assignments, so that they come before others. */
function assignments(settings: PartialConfig): string[] {
  return Object.entries(settings).flatMap(([section, values]) =>
    Object.entries(values ?? {}).map(([key, value]) => `${section}.${key}=${JSON.stringify(value)}`)
  );
}

/** Some values, none of them twice. */
function some<T>(what: string, values: readonly T[]): T[] {
  if (values.length === 0) throw new ConfigError(what, `Cannot plan a study without ${what}`);
  return distinct(what, values);
}

function distinct<T>(what: string, values: readonly T[]): T[] {
  const seen = new Set<T>();
  const twice = values.find((value) => seen.size === seen.add(value).size);
  if (twice !== undefined) {
    throw new ConfigError(what, `Cannot plan a study: ${twice} is twice among the ${what}`);
  }
  return [...values];
}
