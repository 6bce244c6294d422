import { ConfigError } from "../../base/config/config_error.ts";
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { parseConfig } from "../../base/config/parse_config.ts";
import { join, relative, resolve } from "../../base/deps/std.ts";
import { claimRun } from "./claim_run.ts";
import { continueRun } from "./continue_run.ts";
import type { RunHooks, RunResult } from "./run_hooks.ts";
import { openRunFolder } from "./open_run_folder.ts";
import { findStart } from "./sitting.ts";

/** The settings of `training` that a resumed run may change: what ends it, and what computes it. */
const RESUMABLE = ["epochs", "maxSteps", "maxTime", "patience", "threads", "device"] satisfies (
  keyof NonNullable<ResumeChanges["training"]>
)[];

/** Settings of other sections that a resumed run may change. */
const OTHERS = ["optimizer.decaySteps", "data.dir", "tracking.mlflow"];

/** What a resumed run may change; all else stays as the run began. */
export interface ResumeChanges {
  /** The steps over which the learning rate decays. */
  readonly optimizer?: Partial<Pick<ResolvedConfig["optimizer"], "decaySteps">>;
  /** Where the data set has moved: the same subjects, with the same voxels. */
  readonly data?: { readonly dir?: string | null };
  /** What ends the training, and what computes it. */
  readonly training?: Partial<
    Pick<
      ResolvedConfig["training"],
      "epochs" | "maxSteps" | "maxTime" | "patience" | "threads" | "device"
    >
  >;
  /** An MLflow store that is told of the run from here on; null: none. */
  readonly tracking?: { readonly mlflow?: string | null };
}

/**
 * Goes on with a run from its last checkpoint, with the numbers it would have had.
 *
 * @param changes Settings to change; they are saved once the run is found fit to go on.
 * @throws {ConfigError} If `changes` has any other key, or a bad value.
 * @throws {RunFolderError} If `dir` holds no run, or the data set has other subjects or voxels by now.
 * @throws {DatasetError} If the data set is not there any more.
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
  const { stop = new AbortController(), onNotice } = hooks;
  const onLost = () => stop.abort("interrupted");
  using claim = await claimRun(dir, { task: `resume ${dir}`, onNotice, onLost });
  const { folder, config: before } = await openRunFolder(dir);
  const config = parseConfig({
    ...before,
    data: movedData(before.data, changes.data?.dir),
    optimizer: { ...before.optimizer, ...changes.optimizer },
    training: { ...before.training, ...changes.training },
    tracking: {
      ...before.tracking,
      ...changes.tracking?.mlflow !== undefined && {
        mlflow: changes.tracking.mlflow && resolve(changes.tracking.mlflow),
      },
    },
  });
  const start = await findStart(folder, config), { device } = config.training;
  if (device !== before.training.device && start.checkpoint !== undefined) {
    hooks.onNotice?.(
      `begun with training.device ${before.training.device}, going on with ${device}: devices round ` +
        "differently, so that the numbers are those of neither alone",
    );
  }
  return await continueRun(folder, config, start, { ...hooks, stop }, claim);
}

/** The data of a run whose folder has moved, with what lies in it. */
function movedData(
  data: ResolvedConfig["data"],
  moved: string | null | undefined,
): ResolvedConfig["data"] {
  if (moved === undefined || moved === null) return data;
  if (data.dir === null) {
    throw new ConfigError(
      "data.dir",
      `Cannot resume a run with data.dir ${moved}: it was begun on the phantom`,
    );
  }
  const dir = resolve(moved), { splitFile } = data;
  const inside = splitFile === null ? ".." : relative(resolve(data.dir), resolve(splitFile));
  return {
    ...data,
    dir,
    splitFile: inside.startsWith("..") ? splitFile : join(dir, inside),
  };
}

/** A section without keys changes nothing, so it is let pass. */
function refuseOtherChanges(changes: ResumeChanges): void {
  const allowed: readonly string[] = [
    ...RESUMABLE.map((key) => `training.${key}`),
    ...OTHERS,
  ];
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
