import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { type Claim, ClaimError } from "../../formats/files/claim.ts";
import { exists } from "../../formats/files/exists.ts";
import { type RunFolder, saveConfig } from "../../formats/run_folder/run_folder.ts";
import { CasePreparation } from "../../imaging/data/preparation/case_preparation.ts";
import { createStepper } from "../../learning/cooperative/create_stepper.ts";
import { chosenScore, scoreValidation } from "../../learning/evaluation/score_validation.ts";
import { prepareThrough } from "../../learning/evaluation/prepared_cases.ts";
import { TrainingEvents } from "../../learning/training/events.ts";
import { checkCardMemory } from "../devices/card_memory.ts";
import { startDevice } from "../devices/start_device.ts";
import { checkStepMemory } from "../../learning/training/step_memory.ts";
import { drawBest } from "./draw_best.ts";
import { checkLesions } from "./check_lesions.ts";
import { takeInitialWeights } from "./initial_weights.ts";
import { keepHardExamples } from "./keep_hard_examples.ts";
import { keepMlflow, type KeptMlflow } from "./keep_mlflow.ts";
import { setScoresAside } from "./set_scores_aside.ts";
import { labelNotices, settleContents } from "./settle_contents.ts";
import { noteVersion } from "./note_version.ts";
import { networkModel, settleData } from "./settle_data.ts";
import { memoryBytes, openCache } from "./open_cache.ts";
import { settleSchedule } from "./settle_schedule.ts";
import { spread } from "./run_pictures.ts";
import { beginPreparation } from "./run_preparation.ts";
import { type RunStart, runTraining } from "./sitting.ts";
import { finishRun } from "./finish_run.ts";
import type { RunHooks, RunResult } from "./run_hooks.ts";
import { openCases, saveDivision, settleDivision } from "./settle_division.ts";
import { untilAborted } from "./until_aborted.ts";

/**
 * Trains a run from where it begins to its end, then evaluates and draws it; one that is interrupted is
 * drawn as far as it came.
 *
 * @param claim Of its folder: a process that has lost it writes nothing more.
 * @throws {ClaimError} If another process has taken the run over meanwhile.
 * @throws {RunFolderError} If the data set has other subjects than the run began with.
 * @throws {ConfigError | DatasetError | NiftiError} If configuration or data cannot be used.
 * @throws {WriteError} If the disk refuses; the last good checkpoint stays.
 */
export async function continueRun(
  folder: RunFolder,
  given: ResolvedConfig,
  start: RunStart,
  hooks: RunHooks,
  claim: Pick<Claim, "assertHeld">,
): Promise<RunResult> {
  const { events = new TrainingEvents(), stop = new AbortController(), onNotice } = hooks;
  // before all that writes: a run that was taken over is another's
  for (const type of ["step", "validation", "epoch", "failed", "done"] as const) {
    events.on(type, () => claim.assertHeld());
  }
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
    await claim.assertHeld();
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
    await claim.assertHeld();
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
      claim,
    );
    await tracked?.end("finished", evaluation);
    return { dir, reason, ...(evaluation === undefined ? {} : { evaluation }) };
  } catch (error) {
    // what a store is told of the run is another's, too
    if (error instanceof ClaimError) tracked = undefined;
    throw error;
  } finally {
    await tracked?.end("failed");
    stepper.dispose();
  }
}
