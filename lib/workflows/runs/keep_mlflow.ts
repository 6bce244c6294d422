import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { basename, resolve } from "../../base/deps/std.ts";
import { NETWORKS } from "../../names.ts";
import { WriteError } from "../../formats/files/write_atomically.ts";
import { MlflowError } from "../../formats/mlflow/mlflow_error.ts";
import { MlflowRun, type MlflowStatus } from "../../formats/mlflow/mlflow_run.ts";
import type { Evaluation } from "../../formats/run_folder/evaluation.ts";
import type { RunFolder } from "../../formats/run_folder/run_folder.ts";
import type { TrainingEvents } from "../../learning/training/events.ts";
import { runScalars } from "./run_scalars.ts";
import { thisVersion } from "./this_version.ts";

/** What is told of a run. */
export interface MlflowTarget {
  readonly folder: RunFolder;
  readonly config: ResolvedConfig;
  /** Steps done in earlier sittings. */
  readonly firstStep: number;
  /** Seconds since 1970; the system's clock by default. */
  readonly clock?: (() => number) | undefined;
  /** Is told if the store cannot be told any longer, in one line. */
  readonly onNotice?: ((line: string) => void) | undefined;
}

/** A run that MLflow is told of. */
export interface KeptMlflow {
  /** Tells how it ended, once; further calls do nothing. */
  end(status: Exclude<MlflowStatus, "running">, evaluation?: Evaluation): Promise<void>;
}

/**
 * Tells MLflow's file store of a run where `tracking.mlflow` names one: settings as parameters, of each
 * step and validation the numbers of TensorBoard's file, of the evaluation the mean Dice of each test
 * set, and at the end the pictures as artifacts. A run that goes on is gone on with there.
 *
 * A store that the disk refuses later on ends no run: the run folder holds the same numbers.
 *
 * @returns Nothing where no store is named, or one that cannot be gone on with.
 * @throws {WriteError | MlflowError} If a new run cannot be begun there.
 */
export async function keepMlflow(
  events: TrainingEvents,
  { folder, config, firstStep, clock = systemClock, onNotice }: MlflowTarget,
): Promise<KeptMlflow | undefined> {
  const { mlflow: store, experiment } = config.tracking;
  if (store === null) return undefined;
  const now = () => Math.round(clock() * 1000);
  let run: MlflowRun | undefined;
  let lastStep = firstStep;
  const giveUp = (error: unknown) => {
    if (!(error instanceof WriteError || error instanceof MlflowError)) throw error;
    run?.close();
    run = undefined;
    onNotice?.(`${error.message}; the run goes on without MLflow`);
  };
  const attempt = async (tell: (run: MlflowRun) => Promise<void>) => {
    try {
      if (run !== undefined) await tell(run);
    } catch (error) {
      giveUp(error);
    }
  };
  try {
    const opened = await MlflowRun.open({
      ...{ store, experiment: experiment ?? "tandem", name: basename(resolve(folder.dir)) },
      ...{ record: folder.mlflow, step: firstStep, now: now() },
    });
    run = opened.run;
    await run.setParams(paramsOf(config));
    await run.setTags(await tagsOf(folder));
    onNotice?.(`MLflow: ${opened.isKnown ? "going on with " : ""}run ${run.dir}`);
  } catch (error) {
    if (firstStep === 0) {
      run?.close();
      throw error;
    }
    giveUp(error);
    return undefined;
  }
  const tell = (values: Readonly<Record<string, number>>, step: number) => {
    lastStep = step;
    return attempt((run) => run.append(values, step, now()));
  };
  events
    .on("step", (event) => tell(runScalars(event), event.position.step))
    .on("validation", (event) => tell(runScalars(event), event.position.step))
    // An evaluation that follows may be ended with its process: the training is told of before.
    .on("done", ({ reason }) => {
      const status = reason === "interrupted" ? "killed" : "finished";
      return attempt((run) => run.setStatus(status, now()));
    });
  return {
    async end(status, evaluation) {
      await attempt(async (run) => {
        if (evaluation !== undefined) await run.append(scoresOf(evaluation), lastStep, now());
        const { config, evaluation: path, lossCurves, slices, severityCurves } = folder;
        await run.addArtifacts([config, path, lossCurves, slices, severityCurves]);
        await run.setStatus(status, now());
        run.close();
      });
      run = undefined;
    },
  };
}

/** All settings by their paths; a list is one. */
function paramsOf(section: object, above = ""): Record<string, string> {
  const entries = Object.entries(section).map(([key, value]) => {
    const name = above === "" ? key : `${above}.${key}`;
    return value !== null && typeof value === "object" && !Array.isArray(value)
      ? paramsOf(value, name)
      : { [name]: typeof value === "string" ? value : JSON.stringify(value) };
  });
  return Object.assign({}, ...entries);
}

async function tagsOf({ dir }: RunFolder): Promise<Record<string, string>> {
  const { tandem, commit } = await thisVersion();
  return {
    "mlflow.source.name": "tandem",
    "mlflow.source.type": "LOCAL",
    ...commit !== null && { "mlflow.source.git.commit": commit },
    "tandem.version": tandem,
    "tandem.folder": resolve(dir),
  };
}

/** The mean Dice of each set and network, and that of each label. */
function scoresOf({ sets }: Evaluation): Record<string, number> {
  const scores: Record<string, number> = {};
  for (const [name, set] of Object.entries(sets)) {
    for (const network of NETWORKS) {
      const at = `test/${name.replaceAll("/", "_")}/${network}Dice`, dice = set[network];
      if (dice === undefined) continue;
      if (dice.mean !== null) scores[at] = dice.mean;
      for (const [label, value] of Object.entries(dice.byLabel)) {
        if (value !== null) scores[`${at} ${label.replaceAll("/", "_")}`] = value;
      }
    }
  }
  return scores;
}

function systemClock(): number {
  return (performance.timeOrigin + performance.now()) / 1000;
}
