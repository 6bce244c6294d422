/**
 * Whole runs: from a configuration to a folder with a trained network, its evaluation and its
 * pictures.
 */
import { ConfigError } from "../../base/config/config_error.ts";
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import {
  createRunFolder,
  makeNextRunDir,
  type RunFolder,
} from "../../formats/run_folder/run_folder.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { exists } from "../../formats/files/exists.ts";
import { withWholePaths } from "../../formats/files/with_whole_paths.ts";
import { continueRun } from "./continue_run.ts";
import type { RunHooks, RunResult } from "./run_hooks.ts";
import { claimRun } from "./claim_run.ts";
import { findStart } from "./sitting.ts";

/**
 * Starts a run in a new folder and trains to its end.
 *
 * @throws {RunExistsError} If `output.dir` holds a run already.
 * @throws {ClaimError} If another process is just using it.
 * @throws {ConfigError | DatasetError | NiftiError} If configuration or data cannot be used; then
 * no folder is left behind.
 * @throws {RunFolderError | CheckpointError | SafetensorsError} If the run that `training.init` names
 * cannot be begun with; the same holds.
 * @throws {WriteError} If the disk refuses; the last good checkpoint stays.
 */
export async function startRun(config: ResolvedConfig, hooks: RunHooks = {}): Promise<RunResult> {
  if (/^~([\\/]|$)/.test(config.output.dir ?? "")) {
    throw new ConfigError(
      "output.dir",
      `Cannot use configuration: output.dir is ${config.output.dir}, wanted a whole path: ` +
        "a shell alone knows what ~ means",
    );
  }
  const { stop = new AbortController() } = hooks;
  const numbered = config.output.dir === null;
  const dir = config.output.dir ?? await makeNextRunDir();
  const isNew = await makeFolder(dir) || numbered;
  const settled = { ...withWholePaths(config), output: { ...config.output, dir } };
  try {
    using claim = await claimRun(dir, {
      task: `start a run in ${dir}`,
      onNotice: hooks.onNotice,
      onLost: () => stop.abort("interrupted"),
    });
    // First of all, so that a run killed while it still prepares its data can be resumed.
    const folder = await createRunFolder(dir, settled);
    try {
      const own = { ...hooks, stop };
      return await continueRun(folder, settled, await findStart(folder, settled), own, claim);
    } catch (error) {
      if (!await exists(folder.log)) await removeUnstarted(folder);
      throw error;
    }
  } catch (error) {
    // only while it is empty: nobody removes what another made
    if (isNew) await Deno.remove(dir).catch(() => {});
    throw error;
  }
}

/** Takes back what was made for a run that never took a step. */
async function removeUnstarted(
  { config, data, division, contents, versions, mlflow }: RunFolder,
): Promise<void> {
  for (const path of [config, data, division, contents, versions, mlflow]) {
    await Deno.remove(path).catch(() => {});
  }
}
