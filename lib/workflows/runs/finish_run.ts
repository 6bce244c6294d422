import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import { svgPng } from "../../base/report/svg_png.ts";
import { messageOf } from "../../base/text/message_of.ts";
import type { Claim } from "../../formats/files/claim.ts";
import { writeAtomically, WriteError } from "../../formats/files/write_atomically.ts";
import { CheckpointError } from "../../formats/run_folder/checkpoint_error.ts";
import { type Evaluation, saveEvaluation } from "../../formats/run_folder/evaluation.ts";
import type { RunFolder } from "../../formats/run_folder/run_folder.ts";
import { SafetensorsError } from "../../formats/safetensors/safetensors_error.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import type { PreparedCase } from "../../imaging/data/preparation/prepare_case.ts";
import { countVolumes } from "../../learning/evaluation/count_volumes.ts";
import { evaluateTrained, type TrainedRun } from "../../learning/evaluation/evaluate_trained.ts";
import { runTestSets } from "../../learning/evaluation/run_test_sets.ts";
import { severityCurves } from "../../learning/evaluation/severity_curves.ts";
import type { Stepper } from "../../learning/training/stepper.ts";
import { drawBest } from "./draw_best.ts";
import type { RunHooks } from "./run_hooks.ts";

/** A run whose training has ended. */
export interface FinishedRun extends Pick<TrainedRun, "cases" | "known" | "onNotice"> {
  readonly prepare: NonNullable<TrainedRun["prepare"]>;
  readonly config: ResolvedConfig;
  readonly data: RunData;
}

/** Evaluates and draws the best network, or the last where nothing was validated. */
export async function finishRun(
  folder: RunFolder,
  stepper: Stepper,
  { config, data, cases, known, onNotice, prepare }: FinishedRun,
  validation: readonly PreparedCase[],
  rng: RandomStream,
  { evaluate, onEvaluation }: RunHooks,
  claim: Pick<Claim, "assertHeld">,
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
  await claim.assertHeld();
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
