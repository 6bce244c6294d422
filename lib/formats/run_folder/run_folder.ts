import { shellWord } from "../../base/text/shell_word.ts";
import { basename, join } from "../../base/deps/std.ts";
import { exists } from "../files/exists.ts";
import { makeFolder } from "../files/make_folder.ts";
import { writeAtomically, writeNew } from "../files/write_atomically.ts";
import { RunExistsError, RunFolderError } from "./run_folder_error.ts";

/** What makes a folder that of a study, in which no run is started. */
const STUDY_NAME = "study.json";

/** The names of what a run folder holds. */
export interface RunFolder {
  /** The folder itself. */
  readonly dir: string;
  /** The resolved configuration; its presence makes a folder a run folder. */
  readonly config: string;
  /** What is segmented and how it is prepared. */
  readonly data: string;
  /** Which subjects train, validate and test. */
  readonly division: string;
  /** By what the voxels of its cases are known again. */
  readonly contents: string;
  /** Which versions of the code trained it. */
  readonly versions: string;
  /** One JSON object a step. */
  readonly log: string;
  /** One row a validation. */
  readonly metrics: string;
  /** The same numbers for TensorBoard. */
  readonly scalars: string;
  /** Which run of an MLflow store it is. */
  readonly mlflow: string;
  /** The state to go on from. */
  readonly last: string;
  /** The state with the best validation score. */
  readonly best: string;
  /** Dice of the test sets. */
  readonly evaluation: string;
  /** What the validation subjects say of predictions. */
  readonly postprocessing: string;
  /** Hard examples as training goes on, where they are kept. */
  readonly hardExamples: string;
  /** The losses by step, as a picture. */
  readonly lossCurves: string;
  /** Slices with labels and predictions, as a picture. */
  readonly slices: string;
  /** Dice against the severity of artifacts. */
  readonly severityCurves: string;
}

/** The paths in a run folder; touches no disk. */
export function runFolder(dir: string): RunFolder {
  return {
    dir,
    config: join(dir, "config.json"),
    data: join(dir, "data.json"),
    division: join(dir, "division.json"),
    contents: join(dir, "contents.json"),
    versions: join(dir, "versions.json"),
    log: join(dir, "log.jsonl"),
    metrics: join(dir, "metrics.csv"),
    scalars: join(dir, "events.out.tfevents.tandem"),
    mlflow: join(dir, "mlflow.json"),
    last: join(dir, "last.safetensors"),
    best: join(dir, "best.safetensors"),
    evaluation: join(dir, "evaluation.json"),
    postprocessing: join(dir, "postprocessing.json"),
    hardExamples: join(dir, "hard_examples"),
    lossCurves: join(dir, "loss_curves.png"),
    slices: join(dir, "slices.png"),
    severityCurves: join(dir, "severity_curves.png"),
  };
}

/** The first of `runs/001`, `runs/002`, … under `parent` that does not exist. */
export async function nextRunDir(parent = "runs"): Promise<string> {
  for (let number = 1;; number++) {
    const dir = join(parent, String(number).padStart(3, "0"));
    if (!await exists(dir)) return dir;
  }
}

/**
 * Makes the folder that {@linkcode nextRunDir} gives. Of several processes that ask at once, each
 * gets a number of its own.
 *
 * @throws {WriteError} If it cannot be made.
 */
export async function makeNextRunDir(parent = "runs"): Promise<string> {
  for (;;) {
    const dir = await nextRunDir(parent);
    if (await makeFolder(dir)) return dir;
  }
}

/**
 * Makes a run folder and saves the configuration in it; a new folder that cannot take it is removed.
 * Of several processes that ask for one folder at once, one gets it.
 *
 * @throws {RunExistsError} If it holds a run or a study already, or files that a run would replace.
 * @throws {WriteError} If it cannot be made, or the disk refuses.
 */
export async function createRunFolder(dir: string, config: object): Promise<RunFolder> {
  const folder = runFolder(dir);
  const isNew = await makeFolder(dir);
  try {
    const { dir: _, config: path, ...others } = folder;
    if (await exists(join(dir, STUDY_NAME))) throw holdsStudy(dir);
    if (await exists(path)) throw holdsRun(dir);
    await checkFree(Object.values(others), dir);
    if (!await writeNew(path, configText(config))) throw holdsRun(dir);
  } catch (error) {
    // only while it is empty: nobody removes what another made
    if (isNew) await Deno.remove(dir).catch(() => {});
    throw error;
  }
  return folder;
}

async function checkFree(paths: readonly string[], dir: string): Promise<void> {
  const taken: string[] = [];
  for (const path of paths) if (await exists(path)) taken.push(basename(path));
  if (taken.length === 0) return;
  throw new RunExistsError(
    `Cannot start a run in ${dir}: it holds ${taken.join(", ")}, which a run would replace; ` +
      "choose another --out",
  );
}

function holdsRun(dir: string): RunExistsError {
  return new RunExistsError(
    `Cannot start a run in ${dir}: it holds one already; ` +
      `go on with --resume ${shellWord(dir)}, or choose another --out`,
  );
}

function holdsStudy(dir: string): RunExistsError {
  return new RunExistsError(
    `Cannot start a run in ${dir}: it holds a study; go on with it by study --resume ${
      shellWord(dir)
    }, ` +
      "or choose another --out",
  );
}

function configText(config: object): string {
  return JSON.stringify(config, null, 2) + "\n";
}

/** Saves the configuration of a run; throws WriteError if the disk refuses. */
export async function saveConfig(folder: RunFolder, config: object): Promise<void> {
  await writeAtomically(folder.config, configText(config));
}

/**
 * The configuration of a run as it was saved; whoever wants it checks it.
 *
 * @throws {RunFolderError} If there is none, or it is no JSON.
 */
export async function readSavedConfig({ dir, config }: RunFolder): Promise<unknown> {
  try {
    return JSON.parse(await Deno.readTextFile(config));
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new RunFolderError(`Cannot open run ${dir}: ${config}: ${detail}`, { cause });
  }
}
