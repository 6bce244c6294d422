import { resolve } from "../../base/deps/std.ts";
import { messageOf } from "../../base/text/message_of.ts";
import {
  parseSuiteManifest,
  type SuiteEntry,
  type SuiteManifest,
  SuiteManifestError,
  suiteManifestSchema,
  type SuiteOrigin,
} from "../../imaging/artifacts/suites/manifest.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import type { CaseTask, MadeVolume, SuiteJob } from "./case_task.ts";
import { runCaseTasks } from "./case_workers.ts";
import { openOrigin } from "./origin.ts";
import { fillFolder } from "./output_folder.ts";
import { ArtifactRequestError } from "./request_error.ts";
import { volumePaths } from "./suite_paths.ts";
import {
  checkPaths,
  isFirstChannel,
  pathsOf,
  writeAround,
  type WrittenSuite,
} from "./suite_files.ts";
import { counter, inputOf, MAX_PICTURES, threadsOf } from "./suite_work.ts";

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
    const manifest = suiteManifestSchema.parse({ ...recorded, origin, volumes });
    if (folder !== null) await writeAround(folder, manifest, made, opened);
    const changed = made.filter(({ identical }) => !identical).map(({ entry }) => entry);
    return { manifest, changed };
  };
  if (options.output === undefined) return await remake(null);
  const { output: dir, overwrite = false, onNotice } = options;
  const result = await fillFolder({ dir, overwrite, input: inputOf(origin), onNotice }, remake);
  return { ...result, written: { manifest: result.manifest, ...pathsOf(options.output) } };
}

function movedOrigin(origin: SuiteOrigin, input: string | undefined): SuiteOrigin {
  if (input === undefined) return origin;
  if (origin.kind === "dataset") return { ...origin, path: resolve(input) };
  throw new ArtifactRequestError(
    "Cannot replay with another input: the manifest's volumes come from the phantom",
  );
}
