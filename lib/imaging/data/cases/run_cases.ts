/** The cases of a run: which subjects train, validate and test. */
import type { LayoutName, SiteName } from "../../../names.ts";
import { messageOf } from "../../../base/text/message_of.ts";
import { ConfigError } from "../../../base/config/config_error.ts";
import type { GeometryChoice } from "../../../formats/nifti/geometry.ts";
import type { CaseSource, Dataset, FileCase } from "./case_source.ts";
import { type CaseOrigin, openOrigin } from "./open_cases.ts";
import { type Task, taskSchema } from "../../../base/task/task.ts";
import type { OpenDatasetOptions } from "../layouts/layout.ts";
import { phantomCases } from "./phantom_cases.ts";
import { selectSubjects, type Split } from "../splits/split.ts";
import { SITES } from "../../phantom/sites.ts";
import { chooseSplit, type SplitOptions } from "../splits/choose_split.ts";

/** Which subjects a run trains, validates and tests on; plain JSON. */
export interface SubjectDivision extends Split {
  /** The data set, or the phantom. */
  readonly source: string;
  /** Subjects of other domains, all for the test, by domain. */
  readonly others: Readonly<Record<string, readonly string[]>>;
}

/** The cases of a run by what they are for; no voxel is read yet. */
export interface RunCases {
  /** What is segmented, with the codes of the data set. */
  readonly task: Task;
  /** Name of the layout that read it. */
  readonly layout: string;
  /** What of NIfTI headers says where voxels lie. */
  readonly geometry: GeometryChoice;
  /** Gives the same cases again, to a worker. */
  readonly origin: CaseOrigin;
  /** Which subjects are for what. */
  readonly division: SubjectDivision;
  /** Cases that networks learn from. */
  readonly train: readonly CaseSource[];
  /** Cases by which the best checkpoint is chosen. */
  readonly validation: readonly CaseSource[];
  /** Test sets by name. */
  readonly test: ReadonlyMap<string, readonly CaseSource[]>;
}

/** Where the cases of a run come from. */
export interface CaseOptions {
  readonly data: {
    /** The data set's folder; null = the phantom, made in memory. */
    readonly dir: string | null;
    readonly layout: LayoutName | "auto";
    /** Labels, channels and the ignored code in place of the layout's own; null = the layout's. */
    readonly labels: Task["labels"] | null;
    readonly channels: Task["channels"] | null;
    readonly ignore: number | null;
    readonly bids: OpenDatasetOptions["bids"] | null;
    readonly geometry: GeometryChoice;
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

/** Where they come from, and how they are divided. */
export interface RunCaseOptions extends CaseOptions {
  readonly data: CaseOptions["data"] & SplitOptions;
  readonly phantom: CaseOptions["phantom"] & {
    /** Subjects of each other site, all for the test. */
    readonly otherSubjects: number;
  };
}

/**
 * Finds the cases of a run and divides their subjects. Images without a label are passed over, told.
 * Where the data set marks labelled images as those to test on (nnU-Net's `imagesTs`), they are the
 * test, and the others are divided into training and validation.
 *
 * @param onNotice Is told what a person should know, a line each.
 * @throws {ConfigError} If the settings give no division, as {@linkcode chooseSplit}, or no task.
 * @throws {DatasetError} If the data set cannot be used, or as {@linkcode chooseSplit}.
 */
export async function openRunCases(
  config: RunCaseOptions,
  onNotice: (line: string) => void = () => {},
): Promise<RunCases> {
  const { data, phantom } = config;
  const { dataset, origin } = await openSettled(caseOrigin(config), data);
  dataset.notices.forEach(onNotice);
  const { cases } = dataset;
  const others = new Map<string, readonly CaseSource[]>();
  if (data.dir === null) {
    for (const site of Object.keys(SITES) as (keyof typeof SITES)[]) {
      if (phantom.trainingSites.includes(site) || phantom.otherSubjects === 0) continue;
      const sources = phantomCases(site, phantom.otherSubjects, phantom.seed);
      others.set(sources[0]!.domain, sources);
    }
  }
  const { splitFile = null } = data;
  const splitText = splitFile === null ? "" : await readSplitFile(splitFile);
  const split = chooseSplit(data, subjectsOf(cases), onNotice, { cases, splitText });
  const test = new Map([...byDomain(selectSubjects(cases, split.test)), ...others]);
  return {
    task: dataset.task,
    layout: dataset.layout,
    geometry: dataset.geometry ?? "auto",
    origin,
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
  if (data.dir !== null) {
    return {
      kind: "dataset",
      dir: data.dir,
      layout: data.layout,
      options: {
        ...data.geometry !== "auto" && { geometry: data.geometry },
        ...data.bids !== null && { bids: data.bids as NonNullable<OpenDatasetOptions["bids"]> },
      },
    };
  }
  const { trainingSites: sites, subjects, seed } = phantom;
  return { kind: "phantom", sites, subjects, seed };
}

async function readSplitFile(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    throw new ConfigError(
      "data.splitFile",
      `Cannot open data.splitFile ${path}: ${messageOf(cause)}`,
      { cause },
    );
  }
}

/** The data set with the task that the settings make of it, and the origin that gives it again. */
async function openSettled(
  origin: CaseOrigin,
  { labels, channels, ignore }: CaseOptions["data"],
): Promise<{ dataset: Dataset<CaseSource & Partial<FileCase>>; origin: CaseOrigin }> {
  const given = labels !== null || channels !== null || ignore !== null;
  if (origin.kind === "phantom") {
    if (given) {
      throw new ConfigError(
        "data.labels",
        "Cannot use data.labels, data.channels or data.ignore without a data set: the phantom has " +
          "its own",
      );
    }
    return { dataset: await openOrigin(origin), origin };
  }
  const fallback = labels && { labels, channels: channels ?? [{ name: "image" }] };
  const options = { ...origin.options, ...fallback && { fallback } };
  const dataset = await openOrigin({ ...origin, options });
  const layout = dataset.layout as LayoutName;
  if (!given) return { dataset, origin: { ...origin, layout, options } };
  const regions = regionsOf(dataset.task, labels);
  const parsed = taskSchema.safeParse({
    labels: labels ?? dataset.task.labels,
    channels: channels ?? dataset.task.channels,
    ignore: ignore ?? dataset.task.ignore,
    ...regions && { regions },
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(
      "data.labels",
      `Cannot use the labels of ${origin.dir}: ${issue!.message}`,
    );
  }
  const settled: CaseOrigin = { ...origin, layout, options: { ...options, task: parsed.data } };
  return { dataset: await openOrigin(settled), origin: settled };
}

/** The regions of a data set, which are made of classes by their places: none where these are others. */
function regionsOf(task: Task, labels: Task["labels"] | null): Task["regions"] {
  const codes = (of: Task["labels"]) => of.map((label) => label.codes.join()).join(";");
  return labels === null || codes(labels) === codes(task.labels) ? task.regions : undefined;
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

/** The names of the subjects of cases, each once, in order. */
export function subjectsOf(cases: readonly CaseSource[]): string[] {
  return [...new Set(cases.map(({ subject }) => subject))].sort();
}
