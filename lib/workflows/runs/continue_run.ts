import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { svgPng } from "../../base/report/svg_png.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import { type Evaluation, saveEvaluation } from "../../formats/run_folder/evaluation.ts";
import { exists } from "../../formats/files/exists.ts";
import { WriteError } from "../../formats/files/write_atomically.ts";
import { CheckpointError } from "../../formats/run_folder/checkpoint_error.ts";
import { SafetensorsError } from "../../formats/safetensors/safetensors_error.ts";
import { readDivision } from "../../formats/run_folder/division.ts";
import { type RunFolder, saveConfig } from "../../formats/run_folder/run_folder.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import {
  openRunCases,
  type RunCases,
  type SubjectDivision,
} from "../../imaging/data/cases/run_cases.ts";
import { CasePreparation } from "../../imaging/data/preparation/case_preparation.ts";
import type { PreparedCase } from "../../imaging/data/preparation/prepare_case.ts";
import { type CreateStepper, createStepper } from "../../learning/cooperative/create_stepper.ts";
import { countVolumes } from "../../learning/evaluation/count_volumes.ts";
import { evaluateTrained, type TrainedRun } from "../../learning/evaluation/evaluate_trained.ts";
import { runTestSets } from "../../learning/evaluation/run_test_sets.ts";
import { chosenScore, scoreValidation } from "../../learning/evaluation/score_validation.ts";
import { prepareThrough } from "../../learning/evaluation/prepared_cases.ts";
import { severityCurves } from "../../learning/evaluation/severity_curves.ts";
import { type StopReason, TrainingEvents } from "../../learning/training/events.ts";
import { checkCardMemory } from "../devices/card_memory.ts";
import { startDevice } from "../devices/start_device.ts";
import { checkStepMemory } from "../../learning/training/step_memory.ts";
import type { Stepper } from "../../learning/training/stepper.ts";
import { drawBest } from "./draw_best.ts";
import { checkLesions } from "./check_lesions.ts";
import { takeInitialWeights } from "./initial_weights.ts";
import { keepHardExamples } from "./keep_hard_examples.ts";
import { keepMlflow, type KeptMlflow } from "./keep_mlflow.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import { setScoresAside } from "./set_scores_aside.ts";
import { labelNotices, settleContents } from "./settle_contents.ts";
import { noteVersion } from "./note_version.ts";
import { networkModel, settleData } from "./settle_data.ts";
import { memoryBytes, openCache } from "./open_cache.ts";
import { settleSchedule } from "./settle_schedule.ts";
import { spread } from "./run_pictures.ts";
import { beginPreparation } from "./run_preparation.ts";
import { type RunStart, runTraining } from "./sitting.ts";

/** Where a run's life shows and how it is ended. */
export interface RunHooks {
  /** Tells listeners of steps, epochs, validations and checkpoints. */
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
  /** Is told as each volume of the evaluation begins: how many began before, and how many there are. */
  readonly onEvaluation?: (volumes: number, total: number) => void;
  /** Keeps hard examples of the same slices as training goes on; false by default. */
  readonly keepHardExamples?: boolean;
  /**
   * Evaluates the trained run in place of `evaluateTrained`; saved as `evaluation.json`. With false the
   * run ends trained and not evaluated, which `resumeRun` does later.
   */
  readonly evaluate?: ((trained: TrainedRun) => Promise<Evaluation>) | false;
}

/** A run that is about to take its first step. */
export interface RunStarted {
  /** The run's folder. */
  readonly dir: string;
  /** Steps done in earlier sittings. */
  readonly firstStep: number;
  /** Seconds after which this sitting ends; null where there is no limit. */
  readonly maxTime: number | null;
}

/** How a run ended. */
export interface RunResult {
  /** The run's folder. */
  readonly dir: string;
  /** Why training ended. */
  readonly reason: StopReason;
  /** Dice on the test sets; left out where the run was interrupted or there are none. */
  readonly evaluation?: Evaluation;
}

/**
 * Trains a run from where it begins to its end, then evaluates and draws it; one that is interrupted is
 * drawn as far as it came.
 *
 * @throws {RunFolderError} If the data set has other subjects than the run began with.
 * @throws {ConfigError | DatasetError | NiftiError} If configuration or data cannot be used.
 * @throws {WriteError} If the disk refuses; the last good checkpoint stays.
 */
export async function continueRun(
  folder: RunFolder,
  given: ResolvedConfig,
  start: RunStart,
  hooks: RunHooks,
): Promise<RunResult> {
  const { events = new TrainingEvents(), stop = new AbortController(), onNotice } = hooks;
  const cases = await openCases(folder, given, onNotice);
  await settleDivision(folder, cases.division, onNotice);
  const cache = await openCache(given.data, onNotice);
  const data = await settleData(folder, given, cases, onNotice, cache);
  checkLesions(data.task, given.evaluation.lesions);
  const model = networkModel(given.model, data);
  // a stepper of another kind has a memory of its own
  const onCard = given.training.device !== "cpu";
  if (hooks.createStepper === undefined && !onCard) checkStepMemory(given, data.preparation.size);
  const { origin } = cases;
  using preparation = new CasePreparation({
    ...{ preparation: data.preparation, origin, cache, memory: memoryBytes(given.data) },
    ...onNotice && { onNotice },
  });
  const prepared = await beginPreparation(
    ...[preparation, cases, given, data, start, onNotice, cache] as const,
  );
  const isNew = start.checkpoint === undefined;
  const config = settleSchedule(given, prepared.batches, isNew, onNotice);
  const create = hooks.createStepper ?? createStepper;
  const stepper = await create(
    { ...config, model },
    start.rng.stream("weights"),
    async () => {
      const card = await startDevice(config.training, onNotice);
      if (card) checkCardMemory(config, data.preparation.size, card.limits, onNotice);
      // auto, and there is none
      else if (onCard) checkStepMemory(config, data.preparation.size);
    },
  );
  let tracked: KeptMlflow | undefined;
  try {
    if (start.init) {
      const told = takeInitialWeights(stepper, start.init);
      onNotice?.(told);
    }
    const ready = await untilAborted(prepared.firstReady(), stop.signal);
    if (!ready) return { dir: folder.dir, reason: "interrupted" };
    const inFiles = config.data.dir !== null;
    const { contentOf } = prepared;
    const sources = { folder, cases, contentOf, inFiles };
    await settleContents(sources, onNotice);
    if (inFiles && isNew) labelNotices(cases, contentOf, data).forEach((line) => onNotice?.(line));
    // Not before all that a run is held to is found as it was.
    const firstStep = start.checkpoint?.state.position.step ?? 0;
    await saveConfig(folder, config);
    await noteVersion(folder, firstStep, onNotice);
    await saveDivision(folder, cases.division);
    tracked = await keepMlflow(events, { folder, config, firstStep, onNotice, clock: hooks.clock });
    hooks.onStart?.({
      dir: folder.dir,
      firstStep,
      maxTime: config.training.maxTime,
    });
    setScoresAside(events, folder, onNotice);
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
        size: data.preparation.size,
        cases: () => {
          const shown = cases.validation.length > 0 ? cases.validation : cases.train;
          return prepared.some([shown[0]!.id, shown.at(-1)!.id]);
        },
        rng: start.rng.stream("hard examples"),
      });
    }
    const reason = await runTraining({
      folder,
      config,
      data,
      stepper,
      batches: prepared.batches,
      ...(cases.validation.length === 0 ? {} : {
        validate: () =>
          scoreValidation(
            ...[stepper, prepared.validation(), data.task, given.evaluation.empty] as const,
          ),
      }),
      choose: chosenScore(stepper.networks),
      events,
      stop,
      clock: hooks.clock,
      onNotice,
    }, start);
    const { dir } = folder;
    const validation = () => prepared.some(spread(cases.validation.map(({ id }) => id)));
    if (reason === "interrupted") {
      if (config.output.pictures && await exists(folder.log)) {
        await validation()
          .then((shown) => drawBest(folder, shown, { config, data, stepper, rng: start.rng }))
          .catch((error) => onNotice?.(`no pictures: ${messageOf(error)}`));
      }
      await tracked?.end("killed");
      return { dir, reason };
    }
    const known = { contents: await settleContents(sources), division: cases.division };
    const evaluation = await finishRun(
      folder,
      stepper,
      { config, data, cases, known, onNotice, prepare: prepareThrough(cache) },
      await validation(),
      start.rng,
      hooks,
    );
    await tracked?.end("finished", evaluation);
    return { dir, reason, ...(evaluation === undefined ? {} : { evaluation }) };
  } finally {
    await tracked?.end("failed");
    stepper.dispose();
  }
}

/** Whether work came to its end before it was called off; what is left of it goes on unheard. */
async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<false>();
  const abort = () => resolve(false);
  signal.addEventListener("abort", abort, { once: true });
  // where it is called off, nobody hears that it failed
  work.catch(() => {});
  try {
    if (signal.aborted) return false;
    return await Promise.race([work.then(() => true as const), promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** A run whose training has ended. */
interface FinishedRun extends Pick<TrainedRun, "cases" | "known" | "onNotice"> {
  readonly prepare: NonNullable<TrainedRun["prepare"]>;
  readonly config: ResolvedConfig;
  readonly data: RunData;
}

/** Evaluates and draws the best network, or the last where nothing was validated. */
async function finishRun(
  folder: RunFolder,
  stepper: Stepper,
  { config, data, cases, known, onNotice, prepare }: FinishedRun,
  validation: readonly PreparedCase[],
  rng: RandomStream,
  { evaluate, onEvaluation }: RunHooks,
): Promise<Evaluation | undefined> {
  await drawBest(folder, validation, { config, data, stepper, rng }).catch((error) => {
    if ([CheckpointError, SafetensorsError, WriteError].some((kind) => error instanceof kind)) {
      throw error;
    }
    // What cannot be drawn takes no scores along.
    onNotice?.(`no pictures: ${messageOf(error)}`);
  });
  if (evaluate === false || (evaluate === undefined && cases.test.size === 0)) return undefined;
  const evaluated = { data, evaluation: config.evaluation };
  const total = countVolumes(runTestSets(cases, evaluated), evaluated);
  let volumes = 0;
  const evaluation = await (evaluate ?? evaluateTrained)({
    segmenter: stepper,
    config: evaluated,
    cases,
    known,
    onNotice,
    prepare: (...of) => {
      onEvaluation?.(volumes++, total);
      return prepare(...of);
    },
  });
  const { severities } = evaluation;
  try {
    if (config.output.pictures && severities !== undefined) {
      await writeAtomically(folder.severityCurves, await svgPng(severityCurves(severities)));
    }
    // the last of all: with it the run counts as done
    await saveEvaluation(folder.evaluation, evaluation);
  } catch (error) {
    onNotice?.(`the evaluation that could not be saved: ${JSON.stringify(evaluation)}`);
    throw error;
  }
  return evaluation;
}

/** The cases of a run; tells how it goes on where its data set is no longer there. */
async function openCases(
  { dir, division }: RunFolder,
  config: ResolvedConfig,
  onNotice: RunHooks["onNotice"],
): Promise<RunCases> {
  const place = config.data.dir;
  if (place !== null && await exists(division) && !await exists(place)) {
    throw new DatasetError(
      `Cannot go on in ${dir}: its data set ${place} is not there any more; where it has moved: ` +
        `train --resume ${dir} --data FOLDER`,
    );
  }
  return await openRunCases(config, onNotice);
}

/** Saves the division of a new run, and holds a resumed one to the division it began with. */
async function settleDivision(
  folder: RunFolder,
  division: SubjectDivision,
  onNotice: RunHooks["onNotice"],
): Promise<void> {
  if (!await exists(folder.division)) {
    await saveDivision(folder, division);
  } else if (!await sameSubjects(folder.division, division)) {
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

async function saveDivision(
  { division: path }: RunFolder,
  division: SubjectDivision,
): Promise<void> {
  await writeAtomically(path, JSON.stringify(division, null, 2) + "\n");
}

/** Whether a saved division has these subjects, wherever their data set lies. */
async function sameSubjects(
  path: string,
  { source: _, ...division }: SubjectDivision,
): Promise<boolean> {
  await readDivision(path);
  const { source: _s, ...before } = JSON.parse(await Deno.readTextFile(path));
  return JSON.stringify(before) === JSON.stringify(division);
}
