import { withoutOlderSettings } from "../../../base/config/older_settings.ts";
import { parseConfig } from "../../../base/config/parse_config.ts";
import { messageOf } from "../../../base/text/message_of.ts";
import { readJson } from "../../../formats/files/read_json.ts";
import { join } from "../../../base/deps/std.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";
import { exists } from "../../../formats/files/exists.ts";
import {
  makeNextRunDir,
  nextRunDir,
  type RunFolder,
  runFolder,
} from "../../../formats/run_folder/run_folder.ts";
import { StudyError } from "./study_error.ts";
import { planText, studyFileSchema, type StudyJob, type StudyPlan } from "./study_plan.ts";

/** The names of what a study's folder holds. */
export interface StudyFolder {
  /** The folder itself. */
  readonly dir: string;
  /** The plan; its presence makes a folder a study's. */
  readonly plan: string;
  /** What the runs say together. */
  readonly summary: string;
  /** Holds the run folders. */
  readonly runs: string;
  /** The run folder of a job. */
  run(job: Pick<StudyJob, "id">): RunFolder;
  /** Says why a job failed, until it is tried again. */
  failure(job: Pick<StudyJob, "id">): string;
  /** Slices that the page shows of a job. */
  cases(job: Pick<StudyJob, "id">): string;
}

/** The paths in a study's folder; touches no disk. */
export function studyFolder(dir: string): StudyFolder {
  return {
    dir,
    plan: join(dir, "study.json"),
    summary: join(dir, "summary.json"),
    runs: join(dir, "runs"),
    run: ({ id }) => runFolder(join(dir, "runs", id)),
    failure: ({ id }) => join(dir, "runs", `${id}.failed.txt`),
    cases: ({ id }) => join(dir, "runs", id, "cases.json"),
  };
}

/** The first of `studies/001`, `studies/002`, … that does not exist. */
export function nextStudyDir(): Promise<string> {
  return nextRunDir("studies");
}

/** Makes the folder that {@linkcode nextStudyDir} gives; no other process gets the same. */
export function makeNextStudyDir(): Promise<string> {
  return makeNextRunDir("studies");
}

/**
 * Saves a plan as JSON, atomically.
 *
 * @throws {WriteError} If the disk refuses.
 */
export async function savePlan({ plan: path }: StudyFolder, plan: StudyPlan): Promise<void> {
  await writeAtomically(path, planText(plan));
}

/**
 * The plan that a folder holds; undefined where it holds none.
 *
 * @throws {StudyError} If there is one that cannot be read; the message names the key.
 */
export async function loadPlan({ plan: path }: StudyFolder): Promise<StudyPlan | undefined> {
  if (!await exists(path)) return undefined;
  const { format: _, ...saved } = await readJson(path, studyFileSchema, StudyError);
  const plan = { ...saved, settings: withoutOlderSettings(saved.settings) };
  try {
    parseConfig(plan.settings, `settings of ${path}`);
  } catch (cause) {
    throw new StudyError(messageOf(cause), { cause });
  }
  return plan;
}

/**
 * The plan of the study in a folder.
 *
 * @throws {StudyError} If it holds none, or one that cannot be read.
 */
export async function readPlan(dir: string): Promise<StudyPlan> {
  const plan = await loadPlan(studyFolder(dir));
  if (plan === undefined) throw new StudyError(`Cannot open study ${dir}: it holds no study.json`);
  return plan;
}
