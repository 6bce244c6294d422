/**
 * Tandem trains medical image segmentation that stays robust outside the domain it was trained on:
 * two cooperating networks and hard examples from masked latent codes (Chen et al., MICCAI 2021).
 *
 * Importing this module starts no worker and no backend.
 *
 * @module
 */

// Randomness
export { RandomStream, type RandomStreamState } from "./lib/random/random_stream.ts";

// Volumes and NIfTI
export { type Affine, spacingOf, type Volume, type Voxels } from "./lib/volume/volume.ts";
export { parseNifti, readNifti, type ReadNiftiOptions } from "./lib/nifti/read_nifti.ts";
export type { GeometryChoice } from "./lib/nifti/geometry.ts";
export type { NiftiHeader } from "./lib/nifti/header.ts";
export { encodeNifti, writeNifti } from "./lib/nifti/write_nifti.ts";
export { imageOf, type NiftiImage, withVoxels } from "./lib/nifti/nifti_image.ts";
export { NiftiError, type NiftiErrorCode } from "./lib/nifti/nifti_error.ts";

// Metrics
export { assd } from "./lib/metrics/assd.ts";
export {
  addToConfusion,
  type ConfusionMatrix,
  emptyConfusion,
  iouPerClass,
  meanIou,
} from "./lib/metrics/confusion.ts";
export { dice, type EmptyMaskPolicy } from "./lib/metrics/dice.ts";
export { squaredDistanceTransform } from "./lib/metrics/distance_transform.ts";
export { hausdorff, hausdorff95 } from "./lib/metrics/hausdorff.ts";
export { iou } from "./lib/metrics/iou.ts";
export { psnr } from "./lib/metrics/psnr.ts";
export { ssim } from "./lib/metrics/ssim.ts";
export { surfaceDice } from "./lib/metrics/surface_dice.ts";
export {
  type EmptyErrorPolicy,
  type MaskGrid,
  type SurfaceDistances,
  surfaceDistances,
} from "./lib/metrics/surface_distances.ts";
export { type VolumeError, volumeError } from "./lib/metrics/volume_error.ts";

// Statistics
export { mean, median, quantile, standardDeviation } from "./lib/stats/descriptives.ts";
export { averageOverSeeds } from "./lib/stats/average_over_seeds.ts";
export {
  bootstrapMean,
  type BootstrapOptions,
  type MeanInterval,
} from "./lib/stats/bootstrap_mean.ts";
export {
  type WilcoxonOptions,
  type WilcoxonResult,
  wilcoxonSignedRank,
} from "./lib/stats/wilcoxon_signed_rank.ts";
export type { ZeroHandling } from "./lib/stats/signed_ranks.ts";
export { holm } from "./lib/stats/holm.ts";
export { cohensDz, rankBiserial } from "./lib/stats/effect_sizes.ts";
export { auroc } from "./lib/stats/auroc.ts";
export { spearman } from "./lib/stats/spearman.ts";

// Phantom
export {
  generateSubject,
  type Subject,
  type SubjectOptions,
} from "./lib/phantom/generate_subject.ts";
export { type SiteName, SITES } from "./lib/phantom/sites.ts";
export { writePhantom, type WritePhantomOptions } from "./lib/data/write_phantom.ts";

// Data sets
export type { CaseSource, Dataset, FileCase, LoadedCase } from "./lib/data/case_source.ts";
export { DatasetError } from "./lib/data/dataset_error.ts";
export { CLASS_NAMES, type LabelCodes } from "./lib/data/label_codes.ts";
export { type LayoutName, LAYOUTS, openDataset } from "./lib/data/open_dataset.ts";
export type { OpenDatasetOptions } from "./lib/data/layouts/layout.ts";
export {
  applyAugmentation,
  AUGMENTATION_POLICIES,
  type AugmentationPolicy,
  sampleAugmentation,
} from "./lib/data/augmentation/policy.ts";
export { phantomCases } from "./lib/data/phantom_cases.ts";
export { prepareCase, type PreparedCase, type PrepareOptions } from "./lib/data/prepare_case.ts";
export { type BatchOptions, BatchSampler } from "./lib/data/batch_sampler.ts";
export { findSplit, NAMED_SPLITS } from "./lib/data/splits/named_splits.ts";
export { dealFolds, type FoldChoice } from "./lib/data/splits/folds.ts";
export {
  checkSplit,
  divideSubjects,
  dropLeaks,
  selectSubjects,
  type Split,
} from "./lib/data/splits/split.ts";

// Files
export { WriteError } from "./lib/files/write_atomically.ts";
export { decodeSafetensors } from "./lib/safetensors/decode.ts";
export { encodeSafetensors } from "./lib/safetensors/encode.ts";
export { readSafetensors, writeSafetensors } from "./lib/safetensors/files.ts";
export { SafetensorsError } from "./lib/safetensors/safetensors_error.ts";
export type { SafetensorsContent, TensorRecord } from "./lib/safetensors/tensor_record.ts";

// TensorBoard
export { EventFile, type EventFileOptions } from "./lib/tensorboard/event_file.ts";
export { EventFileError } from "./lib/tensorboard/event_file_error.ts";
export { readEvents } from "./lib/tensorboard/read_events.ts";
export type { ScalarEvent, Scalars } from "./lib/tensorboard/event.ts";

// Configuration
export { ConfigError } from "./lib/config/config_error.ts";
export type { MaskConfig, PartialConfig, ResolvedConfig } from "./lib/config/config_schema.ts";
export { parseConfig } from "./lib/config/parse_config.ts";
export { type PresetName, PRESETS } from "./lib/config/presets.ts";
export { type ConfigSources, resolveConfig } from "./lib/config/resolve_config.ts";

// Networks and the method
export type { ChangeMap } from "./lib/models/decoder.ts";
export {
  DualNetwork,
  type DualNetworkOptions,
  type LatentCodes,
} from "./lib/models/dual_network.ts";
export { type SegmentedSlices, type SegmentOptions, segmentSlices } from "./lib/models/segment.ts";
export { maskCode, type MaskParameters, sampleMask } from "./lib/latent/mask_code.ts";
export { type CodeMask, dropoutMask, targetedMask } from "./lib/latent/mask.ts";
export { type CodeShape, type MaskAxis, scoreEntries, type ScoreName } from "./lib/latent/score.ts";
export type { StepInputs } from "./lib/latent/step_inputs.ts";
export {
  type CodeGradients,
  type DecoderTargets,
  generateHardExamples,
  type HardExamples,
  neededCodeGradients,
} from "./lib/latent/hard_examples.ts";
export {
  cooperativeStep,
  type HardExampleSource,
  type OtherExamples,
  type StepOptions,
  type StepResult,
} from "./lib/training/cooperative_step.ts";
export { Adam } from "./lib/training/adam.ts";
export {
  CooperativeStepper,
  createStepper,
  type StepperConfig,
} from "./lib/training/cooperative_stepper.ts";

// Methods to compare
export { findMethod, METHODS } from "./lib/baselines/registry.ts";
export type { Method, MethodFamily } from "./lib/baselines/method.ts";
export { type ConsistencyLoss, consistencyLoss } from "./lib/baselines/consistency.ts";
export type { ClassMapsShape } from "./lib/baselines/class_contours.ts";
export { degradedLabels, type LabelsShape } from "./lib/baselines/degraded_labels.ts";
export type {
  AugmentedImages,
  AugmentImages,
  Consistency,
} from "./lib/baselines/image_augmentation.ts";

// Training
export type { ByNetwork, Network } from "./lib/training/by_network.ts";
export type {
  Batch,
  HardExample,
  SegmentationRequest,
  SegmentationResult,
  StepLosses,
  Stepper,
  StepperTensors,
} from "./lib/training/stepper.ts";
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
} from "./lib/training/events.ts";
export {
  type BatchSource,
  train,
  TrainingDivergedError,
  type TrainingLoop,
} from "./lib/training/train.ts";
export {
  type Checkpoint,
  loadCheckpoint,
  saveCheckpoint,
  type TrainerState,
} from "./lib/training/checkpoint.ts";
export { CheckpointError } from "./lib/training/checkpoint_error.ts";
export { RunExistsError, RunFolderError } from "./lib/training/run_folder_error.ts";
export { openRunFolder, type RunFolder } from "./lib/training/run_folder.ts";
export {
  type CreateStepper,
  type ResumeChanges,
  resumeRun,
  type RunHooks,
  type RunResult,
  type RunStarted,
  startRun,
} from "./lib/training/start_run.ts";
export { Pace } from "./lib/training/pace.ts";

// Trained networks
export {
  evaluateRun,
  type EvaluateRunOptions,
  type LoadedRun,
  loadRun,
  type LoadRunOptions,
} from "./lib/training/load_run.ts";
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
} from "./lib/training/evaluate.ts";
export {
  evaluateTrained,
  type EvaluateTrainedOptions,
  type TrainedRun,
} from "./lib/training/evaluate_trained.ts";
export { runTestSets } from "./lib/training/run_test_sets.ts";
export {
  PreparedCases,
  type PreparedGrid,
  type PrepareForSet,
} from "./lib/training/prepared_cases.ts";
export type { HardExampleRecord, MaskRecord } from "./lib/training/keep_hard_examples.ts";
export type { ClassErrors, ClassNumbers, SetErrors } from "./lib/training/class_errors.ts";
export type { EvaluableCase, EvaluationGrid } from "./lib/training/segment_case.ts";
export {
  OutputPathError,
  predictFiles,
  type Prediction,
  type PredictOptions,
} from "./lib/training/predict_files.ts";

// Studies
export { bootstrapStrata, type Stratum } from "./lib/stats/bootstrap_strata.ts";
export { compareRuns } from "./lib/study/compare_runs.ts";
export { configOf, type JobPlace } from "./lib/study/config_of.ts";
export {
  type EstimateOptions,
  estimateStudy,
  type JobEstimate,
  type StudyEstimate,
} from "./lib/study/estimate_study.ts";
export { jobsOf } from "./lib/study/jobs_of.ts";
export { makePlan, type PlanOptions } from "./lib/study/make_plan.ts";
export {
  type JobResult,
  type OpenedJob,
  type OpenedStudy,
  openStudy,
} from "./lib/study/open_study.ts";
export { STUDY_PRESETS, type StudyPreset, type StudyPresetName } from "./lib/study/presets.ts";
export {
  type CasePick,
  type CaseRole,
  keepCases,
  type PageCase,
  pickCases,
} from "./lib/study/page_cases.ts";
export { writeTables } from "./lib/study/table_files.ts";
export { writePage } from "./lib/study/page/write_page.ts";
export { reportStudy, type StudyReport } from "./lib/study/report_study.ts";
export type { FailedJob } from "./lib/study/job_queue.ts";
export { runStudy, type RunStudyOptions, type StudyResult } from "./lib/study/run_study.ts";
export { saveSummary } from "./lib/study/save_summary.ts";
export { StudyError } from "./lib/study/study_error.ts";
export type { StudyEvent } from "./lib/study/study_events.ts";
export { nextStudyDir, readPlan } from "./lib/study/study_folder.ts";
export type { Replicate, StudyJob, StudyPlan, StudyTest } from "./lib/study/study_plan.ts";
export type {
  Cell,
  Column,
  Comparison,
  FlagQuality,
  MethodRow,
  MethodScores,
  SeverityCurve,
  StudySummary,
} from "./lib/study/study_summary.ts";
export { summarise } from "./lib/study/summarise.ts";

// Artifacts
export type {
  Artifact,
  ArtifactContext,
  ArtifactDoc,
  ArtifactMode,
  Geometry,
  Severity,
} from "./lib/artifacts/artifact.ts";
export { ARTIFACTS, artifactsOf, findArtifact } from "./lib/artifacts/registry.ts";
export {
  applySteps,
  type ArtifactStep,
  type Corrupted,
  type Recipe,
  sampleRecipe,
} from "./lib/artifacts/compose.ts";
export {
  makeSuite,
  type SuiteOptions,
  type SuiteSource,
  type SuiteVolume,
} from "./lib/artifacts/suites/make_suite.ts";
export { type SuiteDefinition, SUITES } from "./lib/artifacts/suites/suite_definition.ts";
export {
  parseSuiteManifest,
  type SuiteEntry,
  type SuiteManifest,
  SuiteManifestError,
  type SuiteOrigin,
} from "./lib/artifacts/suites/manifest.ts";
export {
  type AppliedArtifact,
  applyToFile,
  type ApplyToFileOptions,
} from "./lib/artifact_files/apply_to_file.ts";
export {
  type ArtifactDescription,
  describeArtifact,
  describeArtifacts,
  drawSeverities,
} from "./lib/artifact_files/describe_artifact.ts";
export { datasetOrigin } from "./lib/artifact_files/origin.ts";
export { ArtifactRequestError } from "./lib/artifact_files/request_error.ts";
export { writePicture } from "./lib/artifact_files/write_picture.ts";
export {
  replayManifest,
  type ReplaySuiteOptions,
  writeSuite,
  type WriteSuiteOptions,
  type WrittenSuite,
} from "./lib/artifact_files/write_suite.ts";

// Transforms
export { inverseTransform, transform, transformReal } from "./lib/fft/transform.ts";

// Pictures
export { lossCurves } from "./lib/report/loss_curves.ts";
export { type SliceSheet, sliceSheet } from "./lib/report/slice_sheet.ts";

// Backend
export * from "./wasm/mod.ts";
export { type Examination, examine } from "./lib/doctor/examine.ts";
export {
  compareGolden,
  GoldenError,
  type GoldenQuantity,
  type GoldenReport,
} from "./lib/training/golden.ts";
