/**
 * Runs, from their settings to their folder: trained, gone on with, evaluated, used: `tandem/training`.
 *
 * @module
 */
export { ConfigError } from "../../base/config/config_error.ts";
export type { MaskConfig, PartialConfig, ResolvedConfig } from "../../base/config/config_schema.ts";
export { parseConfig } from "../../base/config/parse_config.ts";
export { PRESETS } from "../../base/config/presets.ts";
export { type ConfigSources, resolveConfig } from "../../formats/files/resolve_config.ts";
export type { ByNetwork } from "../../learning/models/by_network.ts";
export type {
  Batch,
  HardExample,
  SegmentationRequest,
  SegmentationResult,
  StepLosses,
  Stepper,
  StepperTensors,
} from "../../learning/training/stepper.ts";
export {
  type CheckpointEvent,
  type DoneEvent,
  type EpochEvent,
  type StepEvent,
  type StopReason,
  type TrainingEvent,
  TrainingEvents,
  type TrainingPosition,
  type ValidationEvent,
  type ValidationScores,
} from "../../learning/training/events.ts";
export {
  type BatchSource,
  train,
  TrainingDivergedError,
  type TrainingLoop,
} from "../../learning/training/train.ts";
export {
  type Checkpoint,
  loadCheckpoint,
  saveCheckpoint,
  type TrainerState,
} from "../../formats/run_folder/checkpoint.ts";
export { CheckpointError } from "../../formats/run_folder/checkpoint_error.ts";
export { RunExistsError, RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
export { openRunFolder, type RunFolder } from "../../formats/run_folder/run_folder.ts";
export {
  type CreateStepper,
  type ResumeChanges,
  resumeRun,
  type RunHooks,
  type RunResult,
  type RunStarted,
  startRun,
} from "./start_run.ts";
export { Pace } from "../../learning/training/pace.ts";
export {
  evaluateRun,
  type EvaluateRunOptions,
  type LoadedRun,
  loadRun,
  type LoadRunOptions,
} from "./load_run.ts";
export {
  type CaseEvaluation,
  type CaseFlags,
  type ClassDice,
  type EvaluateOptions,
  evaluateSets,
  type Evaluation,
  saveEvaluation,
  type SetEvaluation,
  type SetKind,
  type SeverityEvaluation,
  type TestSet,
} from "../../learning/evaluation/evaluate.ts";
export {
  evaluateTrained,
  type EvaluateTrainedOptions,
  type TrainedRun,
} from "../../learning/evaluation/evaluate_trained.ts";
export { runTestSets } from "../../learning/evaluation/run_test_sets.ts";
export {
  PreparedCases,
  type PreparedGrid,
  type PrepareForSet,
} from "../../learning/evaluation/prepared_cases.ts";
export type { HardExampleRecord, MaskRecord } from "../../learning/training/keep_hard_examples.ts";
export type {
  ClassErrors,
  ClassNumbers,
  SetErrors,
} from "../../learning/evaluation/class_errors.ts";
export type { EvaluableCase, EvaluationGrid } from "../../learning/evaluation/segment_case.ts";
export {
  OutputPathError,
  predictFiles,
  type Prediction,
  type PredictOptions,
} from "./predict_files.ts";
