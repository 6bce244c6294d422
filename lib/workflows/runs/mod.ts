/**
 * Runs, from their settings to their folder: trained, gone on with, evaluated, used: `tandem/training`.
 *
 * @module
 */
export { ConfigError } from "../../base/config/config_error.ts";
export type { MaskConfig, PartialConfig, ResolvedConfig } from "../../base/config/config_schema.ts";
export {
  describeSections,
  describeSettings,
  findSettings,
  type SectionDescription,
  type SettingDescription,
} from "../../base/config/describe_settings.ts";
export { parseConfig } from "../../base/config/parse_config.ts";
export { PRESETS } from "../../base/config/presets.ts";
export { type ConfigSources, resolveConfig } from "../../formats/files/resolve_config.ts";
export type { ByNetwork } from "../../learning/models/by_network.ts";
export type { Batch } from "../../imaging/data/batches/batch.ts";
export type { NamedTensors } from "../../formats/safetensors/tensor_record.ts";
export type {
  SegmentationRequest,
  SegmentationResult,
  Segmenter,
  SliceStack,
} from "../../learning/models/segmenter.ts";
export type { HardExample, StepLosses, Stepper } from "../../learning/training/stepper.ts";
export {
  type RestoreSegmenter,
  restoreSegmenter,
} from "../../learning/training/restore_segmenter.ts";
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
export type { RunFolder } from "../../formats/run_folder/run_folder.ts";
export type { InputPlace } from "./find_inputs.ts";
export { openRunFolder } from "./open_run_folder.ts";
export { type CreateStepper, createStepper } from "../../learning/cooperative/create_stepper.ts";
export type { RunHooks, RunResult, RunStarted } from "./run_hooks.ts";
export { type ResumeChanges, resumeRun } from "./resume_run.ts";
export { startRun } from "./start_run.ts";
export { Pace } from "../../learning/training/pace.ts";
export { evaluateRun, type EvaluateRunOptions } from "./evaluate_run.ts";
export { type LoadedRun, loadRun, type LoadRunOptions } from "./load_run.ts";
export {
  type CaseEvaluation,
  type CaseFlags,
  type ClassDice,
  type ClassErrors,
  type ClassLesions,
  type ClassNumbers,
  type EmptyRule,
  type Evaluation,
  type EvaluationGrid,
  readEvaluation,
  saveEvaluation,
  type SeenSubject,
  type SetCalibration,
  type SetErrors,
  type SetEvaluation,
  type SetKind,
  type SeverityEvaluation,
} from "../../formats/run_folder/evaluation.ts";
export {
  type HardExampleRecord,
  type MaskRecord,
  readHardExamples,
} from "../../formats/run_folder/hard_example.ts";
export {
  type EvaluateOptions,
  evaluateSets,
  type TestSet,
} from "../../learning/evaluation/evaluate.ts";
export {
  evaluateTrained,
  type EvaluateTrainedOptions,
  type TrainedRun,
} from "../../learning/evaluation/evaluate_trained.ts";
export type { KnownSubjects } from "../../learning/evaluation/seen_subjects.ts";
export { runTestSets } from "../../learning/evaluation/run_test_sets.ts";
export { PreparedCases, type PrepareForSet } from "../../learning/evaluation/prepared_cases.ts";
export type { EvaluableCase } from "../../learning/evaluation/segment_case.ts";
export { ClaimError } from "../../formats/files/claim.ts";
export type { PlannedOutputs } from "../../formats/files/check_outputs.ts";
export { checkResultFile, type PlannedResult } from "../../formats/run_folder/check_result_file.ts";
export { OutputPathError } from "../../formats/files/output_path_error.ts";
export {
  BatchError,
  type FailedPrediction,
  predictFiles,
  type Prediction,
  type PredictOptions,
  type PredictProgress,
} from "./predict_files.ts";
export type { PredictionPlaces, ProbabilityStorage } from "./prediction_files.ts";
export { postprocessRun, type PostprocessRunOptions } from "./postprocess_run.ts";
export type {
  FlagThreshold,
  NetworkPostprocessing,
  Postprocessing,
} from "../../formats/run_folder/postprocessing.ts";
