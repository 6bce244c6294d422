import { ConfigError } from "../../base/config/config_error.ts";
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { parseConfig } from "../../base/config/parse_config.ts";
import { claimFolder } from "../../formats/files/claim_folder.ts";
import { saveConfig } from "../../formats/run_folder/run_folder.ts";
import { continueRun, type RunHooks, type RunResult } from "./continue_run.ts";
import { openRunFolder } from "./open_run_folder.ts";
import { findStart } from "./sitting.ts";

/** The settings of `training` that a resumed run may change: what ends it, and its threads. */
const RESUMABLE = ["epochs", "maxSteps", "maxTime", "patience", "threads"] as const;

/** What a resumed run may change; all else stays as the run began. */
export interface ResumeChanges {
  readonly training?: Partial<Pick<ResolvedConfig["training"], typeof RESUMABLE[number]>>;
}

/**
 * Goes on with a run from its last checkpoint, with the numbers it would have had.
 *
 * @param changes Settings to change; they are saved once the run is found fit to go on.
 * @throws {ConfigError} If `changes` has any other key, or a bad value.
 * @throws {RunFolderError} If `dir` holds no run, or the data set has other subjects by now.
 * @throws {ClaimError} If another process is just training it.
 * @throws {CheckpointError | SafetensorsError} If the checkpoint cannot be used.
 */
export async function resumeRun(
  dir: string,
  changes: ResumeChanges = {},
  hooks: RunHooks = {},
): Promise<RunResult> {
  refuseOtherChanges(changes);
  await openRunFolder(dir);
  using _claim = await claimFolder(dir, { task: `resume ${dir}`, onNotice: hooks.onNotice });
  const { folder, config: before } = await openRunFolder(dir);
  const config = parseConfig({ ...before, training: { ...before.training, ...changes.training } });
  const start = await findStart(folder, config);
  await saveConfig(folder, config);
  return await continueRun(folder, config, start, hooks);
}

/** A section without keys changes nothing, so it is let pass. */
function refuseOtherChanges(changes: ResumeChanges): void {
  const allowed: readonly string[] = RESUMABLE.map((key) => `training.${key}`);
  for (const [section, settings] of Object.entries(changes)) {
    for (const key of Object.keys(settings ?? {})) {
      const path = `${section}.${key}`;
      if (allowed.includes(path)) continue;
      throw new ConfigError(
        path,
        `Cannot resume a run with another ${path}: it keeps its settings, wanted only ${
          allowed.join(", ")
        }`,
      );
    }
  }
}
