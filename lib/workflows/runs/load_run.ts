import type { LayoutName } from "../../names.ts";
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { openDataset } from "../../imaging/data/cases/open_dataset.ts";
import { resolve } from "../../base/deps/std.ts";
import { RandomStream } from "../../base/random/random_stream.ts";
import { artifactSets } from "../../learning/evaluation/artifact_sets.ts";
import { loadCheckpoint, restoreStepper } from "../../formats/run_folder/checkpoint.ts";
import { evaluateSets, type Evaluation, type TestSet } from "../../learning/evaluation/evaluate.ts";
import { byDomain } from "../../imaging/data/cases/run_cases.ts";
import { exists } from "../../formats/files/exists.ts";
import { openRunFolder } from "../../formats/run_folder/run_folder.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
import type { CreateStepper } from "./start_run.ts";
import type { Stepper } from "../../learning/training/stepper.ts";

/** A trained network with the configuration of its run. */
export interface LoadedRun {
  readonly config: ResolvedConfig;
  readonly stepper: Stepper;
}

/** How to load a run. */
export interface LoadRunOptions {
  /** Threads of the backend; all cores by default. */
  readonly threads?: number;
  /** Is told what a person should know, a line each. */
  readonly onNotice?: (line: string) => void;
  /** Makes the network; the cooperative networks on the WASM backend by default. */
  readonly createStepper?: CreateStepper;
}

/**
 * Loads the best network of a run, or the last where nothing was validated.
 *
 * @throws {RunFolderError} If the folder holds no run, or a run without a checkpoint.
 * @throws {CheckpointError | SafetensorsError} If the checkpoint cannot be used.
 */
export async function loadRun(dir: string, options: LoadRunOptions = {}): Promise<LoadedRun> {
  const { folder, config: saved } = await openRunFolder(dir);
  const threads = options.threads ?? null;
  const config = { ...saved, training: { ...saved.training, threads } };
  const path = await exists(folder.best) ? folder.best : folder.last;
  if (!await exists(path)) {
    throw new RunFolderError(`Cannot load run ${dir}: it holds no checkpoint yet`);
  }
  const checkpoint = await loadCheckpoint(path, config.model);
  const createStepper = options.createStepper ??
    (await import("../../learning/cooperative/cooperative_stepper.ts")).createStepper;
  const stepper = await createStepper(config, RandomStream.fromSeed(0));
  try {
    restoreStepper(stepper, path, checkpoint);
  } catch (error) {
    stepper.dispose();
    throw error;
  }
  return { config, stepper };
}

/** A data set to evaluate a run on. */
export interface EvaluateRunOptions extends LoadRunOptions {
  /** The folder of the data set. */
  readonly data: string;
  readonly layout: LayoutName;
  /** Whether artifact sets are made of it too; as the run's configuration says by default. */
  readonly artifacts?: boolean;
}

/**
 * Evaluates a run on all cases of a data set, a set a domain, and on the artifact sets made of them
 * where `artifacts` or else the run's `evaluation.artifacts` says so.
 *
 * @throws {DatasetError | NiftiError} If the data set cannot be used.
 * @throws {RunFolderError | CheckpointError | SafetensorsError} As {@linkcode loadRun}.
 */
export async function evaluateRun(dir: string, options: EvaluateRunOptions): Promise<Evaluation> {
  const { cases } = await openDataset(options.data, options.layout);
  const { config, stepper } = await loadRun(dir, options);
  try {
    const kind = config.data.dir === resolve(options.data) ? "intra" : "cross";
    const sets = new Map<string, TestSet>();
    for (const [domain, own] of byDomain(cases)) sets.set(domain, { kind, cases: own });
    const corrupted = options.artifacts ?? config.evaluation.artifacts ? artifactSets(cases) : [];
    for (const [name, own] of corrupted) sets.set(name, { kind: "corrupted", cases: own });
    return await evaluateSets(stepper, sets, config, { onNotice: options.onNotice });
  } finally {
    stepper.dispose();
  }
}
