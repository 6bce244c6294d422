/** Whole suites as files: made, and made again. */
import type { LayoutName, SuiteName } from "../../names.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { unknownName } from "../../base/text/unknown_name.ts";
import project from "../../../deno.json" with { type: "json" };
import { lackText, unmetNeed } from "../../imaging/artifacts/needs.ts";
import type { Severity } from "../../imaging/artifacts/artifact.ts";
import {
  parseSuiteManifest,
  type SuiteEntry,
  type SuiteManifest,
  SuiteManifestError,
  suiteManifestSchema,
  type SuiteOrigin,
} from "../../imaging/artifacts/suites/manifest.ts";
import {
  planSuite,
  suiteManifest,
  type SuiteOptions,
} from "../../imaging/artifacts/suites/make_suite.ts";
import { SUITES, type SuiteSet } from "../../imaging/artifacts/suites/suite_definition.ts";
import { join } from "../../base/deps/std.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import type { CaseTask, MadeVolume, SuiteJob } from "./case_task.ts";
import { runCaseTasks } from "./case_workers.ts";
import { contactSheet } from "./contact_sheet.ts";
import { defaultOrigin, type OpenedOrigin, openOrigin } from "./origin.ts";
import { fillFolder, MANIFEST_NAME } from "./output_folder.ts";
import { ArtifactRequestError, requested } from "./request_error.ts";
import { PICTURES, suitePage } from "./suite_page.ts";
import { volumePaths, writeSetFiles } from "./suite_paths.ts";

/** Pairs of a clean and a corrupted picture that the page of a suite shows at most. */
const MAX_PICTURES = 240;

/** The version of the volumes' maker, as manifests name it. */
const MAKER = `tandem ${project.version}`;

/** How to make a suite. */
export interface WriteSuiteOptions {
  /** Where the clean volumes come from; the phantom's test subjects by default. */
  readonly origin?: SuiteOrigin;
  /** The folder to write, which must be empty unless `overwrite`. */
  readonly output: string;
  /** `chen2021` by default. */
  readonly suite?: SuiteName;
  /** The layout that the sets are written in; that of the input by default. */
  readonly layout?: LayoutName;
  /** Also write the clean volumes, after the same preparation, as a set `clean`; not by default. */
  readonly clean?: boolean;
  /** Only this severity, in suites that have severities; all by default. */
  readonly severity?: Severity;
  /** Volumes of each case and set; the suite's own number by default. */
  readonly repeats?: number;
  /** Seed of all draws, a whole number from 0; 0 by default. */
  readonly seed?: number;
  /** 1 to 64, all cores by default; changes no byte. */
  readonly threads?: number;
  /** Replace what an earlier suite left in the folder. */
  readonly overwrite?: boolean;
  /** Is told how many volumes are done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Is told what a person should know, a line each. */
  readonly onNotice?: (line: string) => void;
  /** Aborted to end the work at once; the folder stays as it was. */
  readonly stop?: AbortSignal;
}

/** The files of a suite. */
export interface WrittenSuite {
  /** The record of every volume, as it was written to `manifestPath`. */
  readonly manifest: SuiteManifest;
  /** The suite's folder, which holds a folder for each set. */
  readonly folder: string;
  /** The page that shows clean beside corrupted volumes. */
  readonly page: string;
  /** The picture of clean beside corrupted slices, a PNG. */
  readonly contactSheet: string;
  /** The manifest's file, JSON, which `replayManifest` takes. */
  readonly manifestPath: string;
}

/**
 * Makes the volumes of a suite and writes each set as a data set in the layout of the input, or another,
 * with a manifest, a contact sheet and a page. The folder is filled at the end: after an error it is as it
 * was.
 *
 * @throws {ArtifactRequestError} If the wish cannot be met as it stands.
 * @throws {DatasetError | NiftiError} If the data set cannot be used or a file not be written.
 * @throws {ClaimError} If another process is just filling the folder.
 * @throws {DOMException} "AbortError", where `stop` is aborted.
 */
export async function writeSuite(options: WriteSuiteOptions): Promise<WrittenSuite> {
  const { suite = "chen2021", severity, seed = 0, overwrite = false, onNotice, layout, clean } =
    options;
  const definition = SUITES[suite];
  if (definition === undefined) {
    const problem = unknownName("suite", suite, Object.keys(SUITES));
    throw new ArtifactRequestError(`Cannot make a suite: ${problem}`);
  }
  if (severity !== undefined && !definition.sets([1]).some((set) => set.severity !== undefined)) {
    throw new ArtifactRequestError(`Cannot make the suite ${suite}: it has no severities`);
  }
  const origin = options.origin ?? await defaultOrigin();
  const place = { dir: options.output, overwrite, input: inputOf(origin), onNotice };
  return await fillFolder(place, async (folder) => {
    const opened = await openOrigin(origin, layout);
    const asked: SuiteOptions = {
      seed,
      ...clean && { clean },
      labels: opened.task.labels,
      ...options.repeats === undefined ? {} : { repeats: options.repeats },
      ...severity === undefined ? {} : { severities: [severity] },
    };
    const only = possibleSets(suite, opened, asked, onNotice);
    const settled = only === undefined ? asked : { ...asked, only };
    const plan = requested(() => planSuite(definition, opened.cases, settled));
    const repeats = options.repeats ?? definition.repeats;
    checkPaths(
      plan.map(({ set, source, repeat }) =>
        volumePaths(opened, { set: set.name, case: source.id, repeat }, repeats).images[0]
      ),
    );
    const perCase = plan.length / opened.cases.length;
    const tasks = opened.cases.map(({ id }, n): CaseTask => ({
      case: id,
      entries: [],
      pictures: n === 0 || (n + 1) * perCase <= MAX_PICTURES,
    }));
    const written = layout === undefined ? {} : { layout };
    const job: SuiteJob = {
      ...{ origin, repeats, folder, ...written },
      make: { suite, options: settled },
    };
    const { onProgress, stop } = options;
    const onDone = counter(plan.length * opened.task.channels.length, onProgress);
    const how = { threads: threadsOf(options), onDone, stop };
    const made = (await runCaseTasks(job, tasks, opened, how)).flat();
    const entries = made.map(({ entry }) => entry);
    // through the schema, so that its keys stand as they do when it is read and written again
    const manifest = suiteManifestSchema.parse({
      ...suiteManifest(definition, settled, MAKER, entries),
      origin,
      ...written,
    });
    await writeAround(folder, manifest, made, opened);
    return { manifest, ...pathsOf(options.output) };
  });
}

/** How to make a suite again. */
export interface ReplaySuiteOptions {
  /** The folder to write; absent: volumes are made and compared, and nothing is written. */
  readonly output?: string;
  /** The data set's folder, where it lies elsewhere than the manifest says. */
  readonly input?: string;
  /** 1 to 64, all cores by default; changes no byte. */
  readonly threads?: number;
  /** Replace what an earlier suite left in the folder. */
  readonly overwrite?: boolean;
  /** Is told how many volumes are done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Is told what a person should know, a line each. */
  readonly onNotice?: (line: string) => void;
  /** Aborted to end the work at once; the folder stays as it was. */
  readonly stop?: AbortSignal;
}

/** A suite that was made again. */
export interface ReplayedSuite {
  /** The record of the volumes as they were made now. */
  readonly manifest: SuiteManifest;
  /** The volumes whose hashes are not those of the manifest: its parameters were edited. */
  readonly changed: readonly SuiteEntry[];
  /** The files, where any were written. */
  readonly written?: WrittenSuite;
}

/**
 * Makes the volumes of a manifest again, byte for byte; a volume whose parameters were edited comes
 * out changed, and no other.
 *
 * @throws {SuiteManifestError} If the manifest cannot be used, or an input has changed.
 * @throws {ArtifactRequestError} If the folder is not empty.
 * @throws {ClaimError} If another process is just filling it.
 * @throws {DOMException} "AbortError", where `stop` is aborted.
 */
export async function replayManifest(
  path: string,
  options: ReplaySuiteOptions = {},
): Promise<ReplayedSuite> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    throw new SuiteManifestError(`Cannot open ${path}: ${(cause as Error).message}`, { cause });
  }
  const recorded = parseSuiteManifest(text, path);
  if (recorded.origin === undefined) {
    throw new SuiteManifestError(`Cannot replay ${path}: it does not say where its input lies`);
  }
  const origin = movedOrigin(recorded.origin, options.input), { layout } = recorded;
  const opened = await openOrigin(origin, layout).catch((cause) => {
    if (!(cause instanceof DatasetError)) throw cause;
    throw new DatasetError(`Cannot replay ${path}: ${messageOf(cause)}`, { cause });
  });
  const byCase = Map.groupBy(recorded.volumes.map((entry, n) => ({ entry, n })), ({ entry }) => {
    if (opened.cases.some(({ id }) => id === entry.case)) return entry.case;
    throw new SuiteManifestError(
      `Cannot replay ${path}: there is no case ${entry.case} in the data set`,
    );
  });
  const firsts = recorded.volumes.filter(isFirstChannel);
  checkPaths(firsts.map((entry) => volumePaths(opened, entry, recorded.repeats).images[0]));
  let pictured = 0;
  const tasks = [...byCase].map(([id, own]): CaseTask => ({
    case: id,
    entries: own.map(({ entry }) => entry),
    pictures: options.output !== undefined &&
      ((pictured += own.length) <= MAX_PICTURES || pictured === own.length),
  }));
  const remake = async (folder: string | null) => {
    const job: SuiteJob = {
      ...{ origin, repeats: recorded.repeats, folder },
      ...layout !== undefined && { layout },
    };
    const count = counter(recorded.volumes.length, options.onProgress);
    const how = { threads: threadsOf(options), onDone: count, stop: options.stop };
    const done = await runCaseTasks(job, tasks, opened, how).catch((cause) => {
      // What is wrong with parameters is told as of an artifact; here a file has them.
      if (cause?.name !== "TypeError" && cause?.name !== "RangeError") throw cause;
      throw new SuiteManifestError(`Cannot replay ${path}: ${messageOf(cause)}`, { cause });
    });
    const made: MadeVolume[] = [];
    [...byCase.values()].forEach((own, c) => own.forEach(({ n }, v) => made[n] = done[c]![v]!));
    const volumes = made.map(({ entry }) => entry);
    const manifest = suiteManifestSchema.parse({ ...recorded, volumes });
    if (folder !== null) await writeAround(folder, manifest, made, opened);
    const changed = made.filter(({ identical }) => !identical).map(({ entry }) => entry);
    return { manifest, changed };
  };
  if (options.output === undefined) return await remake(null);
  const { output: dir, overwrite = false, onNotice } = options;
  const result = await fillFolder({ dir, overwrite, input: inputOf(origin), onNotice }, remake);
  return { ...result, written: { manifest: result.manifest, ...pathsOf(options.output) } };
}

/** Writes what stands beside the volumes: the manifest, what makes sets data sets, the pictures. */
async function writeAround(
  folder: string,
  manifest: SuiteManifest,
  made: readonly MadeVolume[],
  opened: OpenedOrigin,
): Promise<void> {
  // Further channels lie beside the first ones, or in the same files.
  const volumes = manifest.volumes.filter(isFirstChannel);
  for (const [set, entries] of Map.groupBy(volumes, ({ set }) => set)) {
    await writeSetFiles(folder, set, entries, opened, manifest.repeats);
  }
  const at = pathsOf(folder), { task: { labels, channels } } = opened;
  const shown = made.filter(({ entry }) => isFirstChannel(entry));
  await writeAtomically(at.contactSheet, await contactSheet(manifest, shown, labels));
  const { html, pictures } = suitePage({ ...manifest, volumes }, shown, { labels, channels });
  await makeFolder(join(folder, PICTURES));
  for (const [path, png] of pictures) await writeAtomically(join(folder, path), png);
  await writeAtomically(at.page, html);
  await writeAtomically(at.manifestPath, JSON.stringify(manifest, null, 2) + "\n");
}

function pathsOf(folder: string) {
  return {
    folder,
    page: join(folder, "index.html"),
    contactSheet: join(folder, "contact_sheet.png"),
    manifestPath: join(folder, MANIFEST_NAME),
  };
}

/** The sets that every case allows, or undefined for all of them. */
function possibleSets(
  suite: SuiteName,
  { cases, task: { labels } }: OpenedOrigin,
  { severities = [1, 2, 3, 4, 5] }: SuiteOptions,
  onNotice: (line: string) => void = () => {},
): string[] | undefined {
  const alone = cases.find((source) =>
    !cases.some((other) => other.subject === source.subject && other.frame !== source.frame)
  );
  const available = { label: true, otherFrame: alone === undefined, labels };
  const sets = SUITES[suite].sets(severities);
  const lacking = (set: SuiteSet) => unmetNeed(set.needs, available);
  const leftOut = sets.filter((set) => lacking(set) !== undefined);
  if (leftOut.length === 0) return undefined;
  for (const [need, group] of Map.groupBy(leftOut, (set) => lacking(set)!)) {
    const names = new Set(group.map(({ stream }) => stream));
    const why = need === "otherFrame"
      ? `${alone!.subject} has one frame only`
      : `wanted ${lackText(need, available)}`;
    onNotice(`left out ${[...names].join(", ")}: ${why}`);
  }
  return sets.filter((set) => !leftOut.includes(set)).map(({ name }) => name);
}

/** Whether a record is the first of its image: further channels have records of their own. */
function isFirstChannel({ channel }: SuiteEntry): boolean {
  return channel === undefined;
}

function checkPaths(paths: readonly string[]): void {
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.has(path)) {
      throw new ArtifactRequestError(`Cannot write the suite: two volumes would be ${path}`);
    }
    seen.add(path);
  }
}

/** The folder or list that a suite is made from, where it is one. */
function inputOf(origin: SuiteOrigin): string | undefined {
  return origin.kind === "dataset" ? origin.path : undefined;
}

function movedOrigin(origin: SuiteOrigin, input: string | undefined): SuiteOrigin {
  if (input === undefined) return origin;
  if (origin.kind === "dataset") return { ...origin, path: input };
  throw new ArtifactRequestError(
    "Cannot replay with another input: the manifest's volumes come from the phantom",
  );
}

function threadsOf({ threads }: { readonly threads?: number }): number {
  const wanted = threads ?? Math.min(64, navigator.hardwareConcurrency);
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= 64) return wanted;
  throw new ArtifactRequestError(`Cannot make a suite: threads is ${wanted}, wanted 1 to 64`);
}

function counter(
  total: number,
  onProgress: (done: number, total: number) => void = () => {},
): (volumes: number) => void {
  let done = 0;
  return (volumes) => onProgress(done += volumes, total);
}
