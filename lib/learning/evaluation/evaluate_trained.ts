import {
  type EvaluateOptions,
  evaluateSets,
  type ScoringOptions,
  type TestSet,
} from "./evaluate.ts";
import type { Evaluation } from "../../formats/run_folder/evaluation.ts";
import { evaluateSeverities, type SeverityOptions } from "./evaluate_severities.ts";
import type { RunCases } from "../../imaging/data/cases/run_cases.ts";
import { ownTestCases, runTestSets, type TestSetOptions } from "./run_test_sets.ts";
import type { KnownSubjects } from "./seen_subjects.ts";
import type { Segmenter } from "../models/segmenter.ts";

/** On which grid, and on what. */
export interface TrainedRunOptions {
  /** What is segmented, and how cases are prepared. */
  readonly data: ScoringOptions["data"];
  /** What is measured, where, and on which sets. */
  readonly evaluation:
    & ScoringOptions["evaluation"]
    & SeverityOptions["evaluation"]
    & TestSetOptions["evaluation"];
}

/** A run whose best network, or last where nothing was validated, is to be evaluated. */
export interface TrainedRun extends Pick<EvaluateOptions, "prepare"> {
  /** Its networks with their weights. */
  readonly segmenter: Segmenter;
  /** Of its configuration what evaluations go by. */
  readonly config: TrainedRunOptions;
  /** Its cases, of which the test sets are scored. */
  readonly cases: RunCases;
  /** What it was trained on, by voxels and names. */
  readonly known?: KnownSubjects | undefined;
  /** Is told what a person should know, a line each. */
  readonly onNotice?: ((line: string) => void) | undefined;
}

/** How to evaluate a trained run. */
export interface EvaluateTrainedOptions extends Pick<EvaluateOptions, "prepare"> {
  /** Further sets by name, after the run's own; one of the same name takes its place. */
  readonly more?: ReadonlyMap<string, TestSet>;
}

/**
 * Evaluates a run on its test sets and, with `evaluation.artifacts`, over severities of artifacts.
 *
 * @throws {DatasetError | NiftiError} If a case cannot be loaded or has no label.
 */
export async function evaluateTrained(
  { segmenter, config, cases, known, onNotice, ...run }: TrainedRun,
  { prepare = run.prepare, more = new Map() }: EvaluateTrainedOptions = {},
): Promise<Evaluation> {
  const how = prepare && { prepare };
  const sets = new Map([...runTestSets(cases, config), ...more]);
  const scores = await evaluateSets(segmenter, sets, config, { ...how, known, onNotice });
  const own = ownTestCases(cases);
  // Without own test subjects there is nothing to measure the fall on.
  if (!config.evaluation.artifacts || own.length === 0) return scores;
  const severities = await evaluateSeverities(segmenter, own, config, how);
  return { ...scores, ...severities && { severities } };
}
