/** The cases of a run: which subjects train, validate and test. */
import type { LayoutName, SiteName } from "../../../names.ts";
import { ConfigError } from "../../../base/config/config_error.ts";
import type { CaseSource } from "./case_source.ts";
import { CLASS_NAMES } from "./label_codes.ts";
import { type CaseOrigin, openCases } from "./open_cases.ts";
import { phantomCases } from "./phantom_cases.ts";
import { selectSubjects, type Split } from "../splits/split.ts";
import { SITES } from "../../phantom/sites.ts";
import { chooseSplit, type SplitOptions } from "../splits/choose_split.ts";

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

/** Where the cases of a run come from. */
export interface CaseOptions {
  readonly data: {
    /** The data set's folder; null = the phantom, made in memory. */
    readonly dir: string | null;
    readonly layout: LayoutName;
  };
  readonly phantom: {
    /** Sites whose subjects are divided into training, validation and test. */
    readonly trainingSites: readonly SiteName[];
    /** Subjects of each training site. */
    readonly subjects: number;
    /** Seed of the anatomies and scans. */
    readonly seed: number;
  };
}

/** Where they come from, how they are divided, and what the network is made for. */
export interface RunCaseOptions extends CaseOptions {
  readonly data: CaseOptions["data"] & SplitOptions;
  readonly phantom: CaseOptions["phantom"] & {
    /** Subjects of each other site, all for the test. */
    readonly otherSubjects: number;
  };
  readonly model: { readonly classes: number; readonly inputChannels: number };
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
  config: RunCaseOptions,
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
export function caseOrigin({ data, phantom }: CaseOptions): CaseOrigin {
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

function subjectsOf(cases: readonly CaseSource[]): string[] {
  return [...new Set(cases.map(({ subject }) => subject))].sort();
}

/** The labels have four classes and the images one channel, whatever the network would allow. */
function checkNetwork({ classes, inputChannels }: RunCaseOptions["model"]): void {
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
