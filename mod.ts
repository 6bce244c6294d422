/**
 * Tandem trains medical image segmentation that stays robust outside the domain it was trained on:
 * two cooperating networks and hard examples from masked latent codes (Chen et al., MICCAI 2021).
 *
 * Importing this module starts no worker and no backend.
 *
 * @module
 */

// Names
export * from "./lib/names.ts";

// Randomness
export { RandomStream, type RandomStreamState } from "./lib/base/random/random_stream.ts";

// Volumes and NIfTI
export { type Affine, spacingOf, type Volume, type Voxels } from "./lib/base/volume/volume.ts";
export { voxelVolumeOf } from "./lib/base/volume/affine.ts";
export {
  type NiftiFrames,
  parseNifti,
  parseNiftiFrames,
  readNifti,
  readNiftiFrames,
  type ReadNiftiOptions,
} from "./lib/formats/nifti/read_nifti.ts";
export { type FileGrid, readGrid, type ReadGridOptions } from "./lib/formats/nifti/read_grid.ts";
export type { GeometryChoice } from "./lib/formats/nifti/geometry.ts";
export type { NiftiHeader } from "./lib/formats/nifti/header.ts";
export { encodeNifti, writeNifti } from "./lib/formats/nifti/write_nifti.ts";
export { imageOf, type NiftiImage, withVoxels } from "./lib/formats/nifti/nifti_image.ts";
export { NiftiError, type NiftiErrorCode } from "./lib/formats/nifti/nifti_error.ts";

// Metrics
export { assd } from "./lib/imaging/metrics/assd.ts";
export {
  addToConfusion,
  type ConfusionMatrix,
  emptyConfusion,
  iouPerClass,
  meanIou,
} from "./lib/imaging/metrics/confusion.ts";
export { dice, type EmptyMaskPolicy } from "./lib/imaging/metrics/dice.ts";
export { squaredDistanceTransform } from "./lib/imaging/metrics/distance_transform.ts";
export { hausdorff, hausdorff95 } from "./lib/imaging/metrics/hausdorff.ts";
export { iou } from "./lib/imaging/metrics/iou.ts";
export { psnr } from "./lib/imaging/metrics/psnr.ts";
export { ssim } from "./lib/imaging/metrics/ssim.ts";
export { surfaceDice } from "./lib/imaging/metrics/surface_dice.ts";
export {
  type EmptyErrorPolicy,
  type MaskGrid,
  maskGrid,
  type SurfaceDistances,
  surfaceDistances,
} from "./lib/imaging/metrics/surface_distances.ts";
export { type VolumeError, volumeError } from "./lib/imaging/metrics/volume_error.ts";

// Statistics
export { mean, median, quantile, standardDeviation } from "./lib/base/stats/descriptives.ts";
export { averageOverSeeds } from "./lib/base/stats/average_over_seeds.ts";
export {
  bootstrapMean,
  type BootstrapOptions,
  type MeanInterval,
} from "./lib/base/stats/bootstrap_mean.ts";
export {
  type WilcoxonOptions,
  type WilcoxonResult,
  wilcoxonSignedRank,
} from "./lib/base/stats/wilcoxon_signed_rank.ts";
export type { ZeroHandling } from "./lib/base/stats/signed_ranks.ts";
export { holm } from "./lib/base/stats/holm.ts";
export { cohensDz, rankBiserial } from "./lib/base/stats/effect_sizes.ts";
export { auroc } from "./lib/base/stats/auroc.ts";
export { spearman } from "./lib/base/stats/spearman.ts";

// Phantom
export {
  generateSubject,
  type Subject,
  type SubjectOptions,
} from "./lib/imaging/phantom/generate_subject.ts";
export { SITES } from "./lib/imaging/phantom/sites.ts";
export { writePhantom, type WritePhantomOptions } from "./lib/imaging/data/cases/write_phantom.ts";

// Data sets
export type {
  CaseSource,
  Dataset,
  FileCase,
  LoadedCase,
} from "./lib/imaging/data/cases/case_source.ts";
export { DatasetError } from "./lib/imaging/data/cases/dataset_error.ts";
export { CLASS_NAMES, type LabelCodes } from "./lib/imaging/data/cases/label_codes.ts";
export { LAYOUTS, openDataset } from "./lib/imaging/data/cases/open_dataset.ts";
export type { OpenDatasetOptions } from "./lib/imaging/data/layouts/layout.ts";
export {
  applyAugmentation,
  AUGMENTATION_POLICIES,
  type AugmentationPolicy,
  sampleAugmentation,
} from "./lib/imaging/data/augmentation/policy.ts";
export { phantomCases } from "./lib/imaging/data/cases/phantom_cases.ts";
export {
  prepareCase,
  type PreparedCase,
  type PrepareOptions,
} from "./lib/imaging/data/preparation/prepare_case.ts";
export { type BatchOptions, BatchSampler } from "./lib/imaging/data/batches/batch_sampler.ts";
export { findSplit, NAMED_SPLITS } from "./lib/imaging/data/splits/named_splits.ts";
export { dealFolds, type FoldChoice } from "./lib/imaging/data/splits/folds.ts";
export {
  checkSplit,
  divideSubjects,
  dropLeaks,
  selectSubjects,
  type Split,
} from "./lib/imaging/data/splits/split.ts";

// Files
export { WriteError } from "./lib/formats/files/write_atomically.ts";
export { decodeSafetensors } from "./lib/formats/safetensors/decode.ts";
export { encodeSafetensors } from "./lib/formats/safetensors/encode.ts";
export { readSafetensors, writeSafetensors } from "./lib/formats/safetensors/files.ts";
export { SafetensorsError } from "./lib/formats/safetensors/safetensors_error.ts";
export type { SafetensorsContent, TensorRecord } from "./lib/formats/safetensors/tensor_record.ts";

// TensorBoard
export { EventFile, type EventFileOptions } from "./lib/formats/tensorboard/event_file.ts";
export { EventFileError } from "./lib/formats/tensorboard/event_file_error.ts";
export { readEvents } from "./lib/formats/tensorboard/read_events.ts";
export type { ScalarEvent, Scalars } from "./lib/formats/tensorboard/event.ts";

// Configuration
export { ConfigError } from "./lib/base/config/config_error.ts";
export type { MaskConfig, PartialConfig, ResolvedConfig } from "./lib/base/config/config_schema.ts";
export { parseConfig } from "./lib/base/config/parse_config.ts";
export { PRESETS } from "./lib/base/config/presets.ts";
export { type ConfigSources, resolveConfig } from "./lib/formats/files/resolve_config.ts";

// Networks and the method
export type { ChangeMap } from "./lib/learning/models/decoder.ts";
export {
  DualNetwork,
  type DualNetworkOptions,
  type LatentCodes,
} from "./lib/learning/models/dual_network.ts";
export { type SegmentOptions, segmentSlices } from "./lib/learning/models/segment.ts";
export { maskCode, type MaskParameters, sampleMask } from "./lib/learning/latent/mask_code.ts";
export { type CodeMask, dropoutMask, targetedMask } from "./lib/learning/latent/mask.ts";
export {
  type CodeShape,
  type MaskAxis,
  scoreEntries,
  type ScoreName,
} from "./lib/learning/latent/score.ts";
export type { StepInputs } from "./lib/learning/latent/step_inputs.ts";
export {
  type CodeGradients,
  type DecoderTargets,
  generateHardExamples,
  type HardExamples,
  neededCodeGradients,
} from "./lib/learning/latent/hard_examples.ts";
export {
  cooperativeStep,
  type HardExampleSource,
  type OtherExamples,
  type StepOptions,
  type StepResult,
} from "./lib/learning/cooperative/cooperative_step.ts";
export { Adam } from "./lib/learning/cooperative/adam.ts";
export {
  CooperativeStepper,
  type StepperOptions,
} from "./lib/learning/cooperative/cooperative_stepper.ts";

// Methods to compare
export { findMethod, METHODS } from "./lib/learning/baselines/registry.ts";
export type { Method, MethodFamily } from "./lib/learning/baselines/method.ts";
export { type ConsistencyLoss, consistencyLoss } from "./lib/learning/baselines/consistency.ts";
export type { ClassMapsShape } from "./lib/learning/baselines/class_contours.ts";
export { degradedLabels, type LabelsShape } from "./lib/learning/baselines/degraded_labels.ts";
export type {
  AugmentedImages,
  AugmentImages,
  Consistency,
} from "./lib/learning/baselines/image_augmentation.ts";

// Training
export type { ByNetwork } from "./lib/learning/models/by_network.ts";
export type { Batch } from "./lib/imaging/data/batches/batch.ts";
export type { HardExample, StepLosses, Stepper } from "./lib/learning/training/stepper.ts";
export type { SegmentationRequest, SegmentationResult } from "./lib/learning/models/segmenter.ts";
export type { NamedTensors } from "./lib/formats/safetensors/tensor_record.ts";
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
} from "./lib/learning/training/events.ts";
export {
  type BatchSource,
  train,
  TrainingDivergedError,
  type TrainingLoop,
} from "./lib/learning/training/train.ts";
export {
  type Checkpoint,
  loadCheckpoint,
  saveCheckpoint,
  type TrainerState,
} from "./lib/formats/run_folder/checkpoint.ts";
export { CheckpointError } from "./lib/formats/run_folder/checkpoint_error.ts";
export { RunExistsError, RunFolderError } from "./lib/formats/run_folder/run_folder_error.ts";
export { openRunFolder } from "./lib/workflows/runs/open_run_folder.ts";
export type { RunFolder } from "./lib/formats/run_folder/run_folder.ts";
export type { CreateStepper } from "./lib/learning/cooperative/create_stepper.ts";
export { type ResumeChanges, resumeRun } from "./lib/workflows/runs/resume_run.ts";
export type { RunHooks, RunResult, RunStarted } from "./lib/workflows/runs/continue_run.ts";
export { startRun } from "./lib/workflows/runs/start_run.ts";
export { Pace } from "./lib/learning/training/pace.ts";

// Trained networks
export { evaluateRun, type EvaluateRunOptions } from "./lib/workflows/runs/evaluate_run.ts";
export { type LoadedRun, loadRun, type LoadRunOptions } from "./lib/workflows/runs/load_run.ts";
export {
  type CaseEvaluation,
  type CaseFlags,
  type ClassDice,
  type Evaluation,
  saveEvaluation,
  type SetEvaluation,
  type SetKind,
  type SeverityEvaluation,
} from "./lib/formats/run_folder/evaluation.ts";
export {
  type EvaluateOptions,
  evaluateSets,
  type TestSet,
} from "./lib/learning/evaluation/evaluate.ts";
export {
  evaluateTrained,
  type EvaluateTrainedOptions,
  type TrainedRun,
} from "./lib/learning/evaluation/evaluate_trained.ts";
export { runTestSets } from "./lib/learning/evaluation/run_test_sets.ts";
export {
  PreparedCases,
  type PreparedGrid,
  type PrepareForSet,
} from "./lib/learning/evaluation/prepared_cases.ts";
export type { HardExampleRecord, MaskRecord } from "./lib/formats/run_folder/hard_example.ts";
export type { ClassErrors, ClassNumbers, SetErrors } from "./lib/formats/run_folder/evaluation.ts";
export type { EvaluableCase } from "./lib/learning/evaluation/segment_case.ts";
export type { EvaluationGrid } from "./lib/formats/run_folder/evaluation.ts";
export {
  OutputPathError,
  predictFiles,
  type Prediction,
  type PredictOptions,
} from "./lib/workflows/runs/predict_files.ts";

// Studies
export { bootstrapStrata, type Stratum } from "./lib/base/stats/bootstrap_strata.ts";
export { compareRuns } from "./lib/workflows/study/results/compare_runs.ts";
export { configOf, type JobPlace } from "./lib/workflows/study/plan/config_of.ts";
export {
  type EstimateOptions,
  estimateStudy,
  type JobEstimate,
  type StudyEstimate,
} from "./lib/workflows/study/plan/estimate_study.ts";
export { jobsOf } from "./lib/workflows/study/plan/jobs_of.ts";
export { makePlan, type PlanOptions } from "./lib/workflows/study/plan/make_plan.ts";
export {
  type JobResult,
  type OpenedJob,
  type OpenedStudy,
  openStudy,
} from "./lib/workflows/study/results/open_study.ts";
export { STUDY_PRESETS, type StudyPreset } from "./lib/workflows/study/plan/presets.ts";
export {
  type CasePick,
  type CaseRole,
  keepCases,
  type PageCase,
  pickCases,
} from "./lib/workflows/study/results/kept_cases.ts";
export { writeTables } from "./lib/workflows/study/results/table_files.ts";
export { writePage } from "./lib/workflows/study/page/write_page.ts";
export { reportStudy, type StudyReport } from "./lib/workflows/study/page/report_study.ts";
export type { FailedJob } from "./lib/workflows/study/jobs/job_queue.ts";
export {
  runStudy,
  type RunStudyOptions,
  type StudyResult,
} from "./lib/workflows/study/jobs/run_study.ts";
export { saveSummary } from "./lib/workflows/study/results/save_summary.ts";
export { StudyError } from "./lib/workflows/study/plan/study_error.ts";
export type { StudyEvent } from "./lib/workflows/study/jobs/study_events.ts";
export { nextStudyDir, readPlan } from "./lib/workflows/study/plan/study_folder.ts";
export type {
  Replicate,
  StudyJob,
  StudyPlan,
  StudyTest,
} from "./lib/workflows/study/plan/study_plan.ts";
export type {
  Cell,
  Column,
  Comparison,
  FlagQuality,
  MethodRow,
  MethodScores,
  SeverityCurve,
  StudySummary,
} from "./lib/workflows/study/results/study_summary.ts";
export { summarise } from "./lib/workflows/study/results/summarise.ts";

// Artifacts
export type {
  Artifact,
  ArtifactContext,
  ArtifactDoc,
  Geometry,
  Severity,
} from "./lib/imaging/artifacts/artifact.ts";
export {
  ArtifactNeedError,
  type Available,
  classesOfRole,
  type Need,
  needText,
  type RoleLabel,
  unmetNeed,
} from "./lib/imaging/artifacts/needs.ts";
export { ARTIFACTS, artifactsOf, findArtifact } from "./lib/imaging/artifacts/registry.ts";
export {
  applySteps,
  applyToChannels,
  type ArtifactStep,
  type ChannelContext,
  type Corrupted,
  type CorruptedChannels,
  type Recipe,
  recipeNeeds,
  sampleRecipe,
} from "./lib/imaging/artifacts/compose.ts";
export {
  makeSuite,
  type SuiteOptions,
  type SuiteSource,
  type SuiteVolume,
} from "./lib/imaging/artifacts/suites/make_suite.ts";
export { type SuiteDefinition, SUITES } from "./lib/imaging/artifacts/suites/suite_definition.ts";
export {
  parseSuiteManifest,
  type SuiteEntry,
  type SuiteManifest,
  SuiteManifestError,
  type SuiteOrigin,
} from "./lib/imaging/artifacts/suites/manifest.ts";
export {
  type AppliedArtifact,
  applyToFile,
  type ApplyToFileOptions,
} from "./lib/workflows/artifact_files/apply_to_file.ts";
export {
  type ArtifactDescription,
  describeArtifact,
  describeArtifacts,
  drawSeverities,
} from "./lib/workflows/artifact_files/describe_artifact.ts";
export { datasetOrigin } from "./lib/workflows/artifact_files/origin.ts";
export { ArtifactRequestError } from "./lib/workflows/artifact_files/request_error.ts";
export { writePicture } from "./lib/formats/files/write_picture.ts";
export {
  replayManifest,
  type ReplaySuiteOptions,
  writeSuite,
  type WriteSuiteOptions,
  type WrittenSuite,
} from "./lib/workflows/artifact_files/write_suite.ts";

// Transforms
export { inverseTransform, transform, transformReal } from "./lib/imaging/fft/transform.ts";

// Pictures
export { lossCurves } from "./lib/base/report/loss_curves.ts";
export { type SliceSheet, sliceSheet } from "./lib/base/report/slice_sheet.ts";

// Backend
export * from "./wasm/mod.ts";
export { type Examination, examine } from "./lib/workflows/doctor/examine.ts";
export {
  compareGolden,
  GoldenError,
  type GoldenQuantity,
  type GoldenReport,
} from "./lib/workflows/doctor/golden.ts";
