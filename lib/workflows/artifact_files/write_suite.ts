import { listed } from "../../imaging/data/layouts/read_list.ts";
import type { LayoutName, SuiteName } from "../../names.ts";
import { unknownName } from "../../base/text/unknown_name.ts";
import project from "../../../deno.json" with { type: "json" };
import { lackText, unmetNeed } from "../../imaging/artifacts/needs.ts";
import type { Severity } from "../../imaging/artifacts/artifact.ts";
import { suiteManifestSchema, type SuiteOrigin } from "../../imaging/artifacts/suites/manifest.ts";
import {
  planSuite,
  suiteManifest,
  type SuiteOptions,
} from "../../imaging/artifacts/suites/make_suite.ts";
import { SUITES, type SuiteSet } from "../../imaging/artifacts/suites/suite_definition.ts";
import type { CaseTask, SuiteJob } from "./case_task.ts";
import { runCaseTasks } from "./case_workers.ts";
import { defaultOrigin, type OpenedOrigin, openOrigin } from "./origin.ts";
import { fillFolder } from "./output_folder.ts";
import { ArtifactRequestError, requested } from "./request_error.ts";
import { volumePaths } from "./suite_paths.ts";
import { checkPaths, pathsOf, writeAround, type WrittenSuite } from "./suite_files.ts";
import { counter, inputOf, MAX_PICTURES, threadsOf } from "./suite_work.ts";

/** How a warning begins: the file that it is about. */
const PLACE = /^.*?\.(nii(\.gz)?|hdr|img): /i;

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
    const warned = made.flatMap(({ entry, warnings = [] }) =>
      // told once of all files, by their cases in the place of their paths
      warnings.map((text) => ({ text: text.replace(PLACE, ""), case: entry.case }))
    );
    for (const [text, own] of Map.groupBy(warned, ({ text }) => text)) {
      onNotice?.(`${text}: ${listed([...new Set(own.map((one) => one.case))], ", ")}`);
    }
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
