/**
 * Whole runs: from a configuration to a folder with a trained network, its evaluation and its
 * pictures.
 */
import { ConfigError } from "../../base/config/config_error.ts";
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { parseConfig } from "../../base/config/parse_config.ts";
import { resolve } from "../../base/deps/std.ts";
import { CasePreparation } from "../../imaging/data/preparation/case_preparation.ts";
import type { PreparedCase } from "../../imaging/data/preparation/prepare_case.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import { loadCheckpoint, restoreStepper } from "../../formats/run_folder/checkpoint.ts";
import { type Evaluation, saveEvaluation } from "../../learning/evaluation/evaluate.ts";
import { type StopReason, TrainingEvents } from "../../learning/training/events.ts";
import { keepHardExamples } from "../../learning/training/keep_hard_examples.ts";
import { caseOrigin, type Division, openRunCases } from "../../imaging/data/cases/run_cases.ts";
import { exists } from "../../formats/files/exists.ts";
import { createRunFolder, nextRunDir, openRunFolder, type RunFolder, saveConfig } from "../../formats/run_folder/run_folder.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
import { drawRun } from "./run_pictures.ts";
import { beginPreparation } from "./run_preparation.ts";
import { findStart, type RunStart, runTraining } from "../../learning/training/sitting.ts";
import { evaluateTrained, type TrainedRun } from "../../learning/evaluation/evaluate_trained.ts";
import { severityCurves } from "../../learning/evaluation/severity_curves.ts";
import { chosenScore, scoreValidation } from "../../learning/evaluation/score_validation.ts";
import type { Stepper } from "../../learning/training/stepper.ts";

/** Makes the network of a run; its first weights come from `rng`. */
export type CreateStepper = (config: ResolvedConfig, rng: RandomStream) => Promise<Stepper>;

/** Where a run's life shows and how it is ended. */
export interface RunHooks {
  readonly events?: TrainingEvents;
  /** Abort it with a {@linkcode StopReason} to end the run after the step under way. */
  readonly stop?: AbortController;
  /** Is told what a person should know, a line each. */
  readonly onNotice?: (line: string) => void;
  /** Is told, once the network and the first data are ready, where the run is and how far. */
  readonly onStart?: (start: RunStarted) => void;
  /** Seconds since 1970, for the times in TensorBoard's file; the system's clock by default. */
  readonly clock?: () => number;
  /** Makes the network; the cooperative networks on the WASM backend by default. */
  readonly createStepper?: CreateStepper;
  /** Keeps hard examples of the same slices as training goes on; false by default. */
  readonly keepHardExamples?: boolean;
  /** Evaluates the trained run in place of `evaluateTrained`; saved as `evaluation.json`. */
  readonly evaluate?: (trained: TrainedRun) => Promise<Evaluation>;
}

/** A run that is about to take its first step. */
export interface RunStarted {
  readonly dir: string;
  /** Steps done in earlier sittings. */
  readonly firstStep: number;
  /** Seconds after which this sitting ends; null where there is no limit. */
  readonly maxTime: number | null;
}

/** How a run ended. */
export interface RunResult {
  readonly dir: string;
  readonly reason: StopReason;
  /** Dice on the test sets; left out where the run was interrupted or there are none. */
  readonly evaluation?: Evaluation;
}

/**
 * Starts a run in a new folder and trains to its end.
 *
 * @throws {RunExistsError} If `output.dir` holds a run already.
 * @throws {ConfigError | DatasetError | NiftiError} If configuration or data cannot be used; then
 * no folder is left behind.
 * @throws {WriteError} If the disk refuses; the last good checkpoint stays.
 */
export async function startRun(config: ResolvedConfig, hooks: RunHooks = {}): Promise<RunResult> {
  const dir = config.output.dir ?? await nextRunDir();
  const isNew = !await exists(dir);
  // A run can be resumed from any working folder.
  const dataDir = config.data.dir === null ? null : resolve(config.data.dir);
  const settled = {
    ...config,
    data: { ...config.data, dir: dataDir },
    output: { ...config.output, dir },
  };
  // First of all, so that a run killed while it still prepares its data can be resumed.
  const folder = await createRunFolder(dir, settled);
  try {
    return await continueRun(folder, settled, await findStart(folder, settled), hooks);
  } catch (error) {
    if (!await exists(folder.log)) await removeUnstarted(folder, isNew);
    throw error;
  }
}

/** Takes back what was made for a run that never took a step. */
async function removeUnstarted(folder: RunFolder, isNew: boolean): Promise<void> {
  if (isNew) return await Deno.remove(folder.dir, { recursive: true });
  for (const path of [folder.config, folder.division]) await Deno.remove(path).catch(() => {});
}

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
 * @throws {CheckpointError | SafetensorsError} If the checkpoint cannot be used.
 */
export async function resumeRun(
  dir: string,
  changes: ResumeChanges = {},
  hooks: RunHooks = {},
): Promise<RunResult> {
  refuseOtherChanges(changes);
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

async function continueRun(
  folder: RunFolder,
  config: ResolvedConfig,
  start: RunStart,
  hooks: RunHooks,
): Promise<RunResult> {
  const { events = new TrainingEvents(), stop = new AbortController(), onNotice } = hooks;
  const { data: { size, spacing }, evaluation: { chunk } } = config;
  using preparation = new CasePreparation({ size, spacing, origin: caseOrigin(config) });
  const cases = await openRunCases(config, onNotice);
  await settleDivision(folder, cases.division, onNotice);
  const prepared = await beginPreparation(preparation, cases, config, start, onNotice);
  const createStepper = hooks.createStepper ?? await defaultStepper();
  const stepper = await createStepper(config, start.rng.stream("weights"));
  try {
    await prepared.firstReady();
    hooks.onStart?.({
      dir: folder.dir,
      firstStep: start.checkpoint?.state.position.step ?? 0,
      maxTime: config.training.maxTime,
    });
    // Scores are taken at once, so the cases have to be there by then.
    events
      .on("epoch", prepared.validationReady)
      .on(
        "done",
        ({ reason }) => reason === "interrupted" ? undefined : prepared.validationReady(),
      );
    if (hooks.keepHardExamples) {
      keepHardExamples(events, {
        dir: folder.hardExamples,
        stepper,
        cases: async () => {
          await prepared.validationReady();
          const labelled = prepared.validation().filter(({ labels }) => labels !== undefined);
          if (labelled.length > 0) return labelled;
          const ids = [cases.train[0]!.id, cases.train.at(-1)!.id];
          await preparation.ready(ids);
          return ids.map((id) => preparation.prepared(id));
        },
        rng: start.rng.stream("hard examples"),
      });
    }
    const reason = await runTraining({
      folder,
      config,
      stepper,
      batches: prepared.batches,
      ...(cases.validation.length === 0
        ? {}
        : { validate: () => scoreValidation(stepper, prepared.validation(), chunk) }),
      choose: chosenScore(stepper.networks),
      events,
      stop,
      clock: hooks.clock,
      onNotice,
    }, start);
    const { dir } = folder;
    if (reason === "interrupted") return { dir, reason };
    const evaluation = await finishRun(
      folder,
      { stepper, config, cases, onNotice },
      prepared.validation(),
      start.rng,
      hooks.evaluate,
    );
    return { dir, reason, ...(evaluation === undefined ? {} : { evaluation }) };
  } finally {
    stepper.dispose();
  }
}

/** Evaluates and draws the best network, or the last where nothing was validated. */
async function finishRun(
  folder: RunFolder,
  { stepper, config, cases, onNotice }: TrainedRun,
  validation: readonly PreparedCase[],
  rng: RandomStream,
  evaluate: RunHooks["evaluate"],
): Promise<Evaluation | undefined> {
  if (await exists(folder.best)) {
    restoreStepper(stepper, folder.best, await loadCheckpoint(folder.best, config.model));
  }
  if (config.output.pictures) {
    await drawRun(folder, stepper, validation, rng.stream("pictures"));
  }
  if (evaluate === undefined && cases.test.size === 0) return undefined;
  const evaluation = await (evaluate ?? evaluateTrained)({ stepper, config, cases, onNotice });
  await saveEvaluation(folder.evaluation, evaluation);
  const { severities } = evaluation;
  if (config.output.pictures && severities !== undefined) {
    await writeAtomically(folder.severityCurves, severityCurves(severities));
  }
  return evaluation;
}

/** Saves the division of a new run, and holds a resumed one to the division it began with. */
async function settleDivision(
  folder: RunFolder,
  division: Division,
  onNotice: RunHooks["onNotice"],
): Promise<void> {
  const text = JSON.stringify(division, null, 2) + "\n";
  if (!await exists(folder.division)) {
    await writeAtomically(folder.division, text);
  } else if (await Deno.readTextFile(folder.division) !== text) {
    throw new RunFolderError(
      `Cannot go on in ${folder.dir}: ${division.source} has other subjects than the run's ` +
        folder.division,
    );
  }
  const { source, train, validation, test, others } = division;
  onNotice?.(
    `${source}: train ${train.join(" ")} | validation ${validation.join(" ")} | ` +
      `test ${[...test, ...Object.values(others).flat()].join(" ")}`,
  );
}

/** Loaded when needed, so that a run with a stepper of its own starts without a backend. */
async function defaultStepper(): Promise<CreateStepper> {
  return (await import("../../learning/cooperative/cooperative_stepper.ts")).createStepper;
}
