/**
 * Tandem trains medical image segmentation that stays robust outside the domain it was trained on:
 * two cooperating networks and hard examples from masked latent codes (Chen et al., MICCAI 2021).
 *
 * Importing this module starts no worker and no backend.
 *
 * @module
 */

// Each is also a path of its own, as deno.json says
export * from "./lib/base/stats/mod.ts";
export * from "./lib/formats/dicom/mod.ts";
export * from "./lib/formats/nifti/mod.ts";
export * from "./lib/imaging/artifacts/mod.ts";
export * from "./lib/imaging/metrics/mod.ts";
export * from "./lib/workflows/notebook/mod.ts";
export * from "./lib/workflows/runs/mod.ts";
export * from "./lib/workflows/study/mod.ts";
export * from "./wasm/mod.ts";

// Names
export * from "./lib/names.ts";

// Settings, and schemas of what is read as JSON
export type { DeepPartial } from "./lib/base/config/config_schema.ts";
export type { ArtifactRecipeConfig } from "./lib/base/config/artifact_recipe_config.ts";

// Randomness
export { RandomStream, type RandomStreamState } from "./lib/base/random/random_stream.ts";

// Volumes and NIfTI
export { voxelVolumeOf } from "./lib/base/volume/affine.ts";
export type { IntensityRange } from "./lib/base/volume/intensity_range.ts";
export type { SliceAxis, SliceDirection } from "./lib/base/volume/slice_axis.ts";

// DICOM
export {
  convertDicom,
  type ConvertDicomOptions,
  type DicomConversion,
} from "./lib/workflows/dicom_files/convert_dicom.ts";

// Predictions made anywhere
export {
  type FailedScore,
  type ScoredPredictions,
  scorePredictions,
  type ScorePredictionsOptions,
} from "./lib/workflows/scores/score_predictions.ts";

export type { ReferencePlace, ReferenceSettings } from "./lib/workflows/scores/references.ts";

// A run in the browser
export { startView, type View, type ViewOptions } from "./lib/workflows/view/start_view.ts";
export { type SiteOptions, writeSite, type WrittenSite } from "./lib/workflows/view/write_site.ts";
export { type ViewBeside, viewBeside } from "./lib/workflows/view/view_beside.ts";
export { PageError } from "./lib/workflows/view/page_files.ts";

// What a folder holds
export type {
  InspectedCase,
  InspectedGrid,
  Inspection,
  Problem,
  TrainingEstimate,
  TrainingOutlook,
} from "./lib/workflows/inspect/inspection.ts";
export { inspectFolder, type InspectOptions } from "./lib/workflows/inspect/inspect_folder.ts";
export {
  initConfig,
  type InitConfigOptions,
  type InitialConfig,
} from "./lib/workflows/inspect/init_config.ts";

// Phantom
export {
  generateSubject,
  type Subject,
  type SubjectOptions,
} from "./lib/imaging/phantom/generate_subject.ts";
export type { PhantomFrame } from "./lib/imaging/phantom/render_frame.ts";
export type {
  Anatomy,
  Chest,
  HeartKind,
  LeftVentricle,
  RightVentricle,
} from "./lib/imaging/phantom/anatomy.ts";
export type { Acquisition } from "./lib/imaging/phantom/acquisition.ts";
export { type PhantomSite, SITES, type TissueTable } from "./lib/imaging/phantom/sites.ts";
export { writePhantom, type WritePhantomOptions } from "./lib/imaging/data/cases/write_phantom.ts";

// Data sets
export type {
  CaseOutline,
  CaseSource,
  Dataset,
  FileCase,
  LabelMask,
  LoadCase,
  LoadedCase,
} from "./lib/imaging/data/cases/case_source.ts";
export type { CaseFiles } from "./lib/imaging/data/cases/case_files.ts";
export type { InPlaneOrientation } from "./lib/base/volume/orientation.ts";
export { DatasetError } from "./lib/imaging/data/cases/dataset_error.ts";
export {
  foregroundNames,
  IGNORED,
  type LabelCode,
  type Task,
  type TaskChannel,
  type TaskLabel,
  type TaskRegion,
  taskSchema,
} from "./lib/base/task/task.ts";
export { LabelCodeError, toClasses, toCodes } from "./lib/base/task/label_codes.ts";
export {
  TaskMismatchError,
  type TranslatedTask,
  translateTask,
} from "./lib/base/task/translate_task.ts";
export { type SliceSize, square } from "./lib/base/volume/slice_size.ts";
export { type RunData, runDataSchema } from "./lib/imaging/data/cases/run_data.ts";
export { openThroughTask } from "./lib/imaging/data/cases/open_through_task.ts";
export {
  type LayoutChoice,
  LAYOUTS,
  openDataset,
  type RecognisedLayout,
  recogniseLayout,
} from "./lib/imaging/data/cases/open_dataset.ts";
export type {
  BidsOptions,
  CasePlace,
  Layout,
  OpenDatasetOptions,
  WritableCase,
  WrittenDataset,
  WrittenFiles,
} from "./lib/imaging/data/layouts/layout.ts";
export {
  applyAugmentation,
  AUGMENTATION_POLICIES,
  type AugmentationParams,
  type AugmentationPolicy,
  type AugmentationStep,
  sampleAugmentation,
  type SliceTransformName,
} from "./lib/imaging/data/augmentation/policy.ts";
export type { LabelledSlice } from "./lib/imaging/data/augmentation/slice_transform.ts";
export type { AffineOptions } from "./lib/imaging/data/augmentation/affine.ts";
export type {
  BrightnessContrastOptions,
} from "./lib/imaging/data/augmentation/brightness_contrast.ts";
export type { ElasticOptions } from "./lib/imaging/data/augmentation/elastic.ts";
export type { FlipOptions } from "./lib/imaging/data/augmentation/flip.ts";
export type { TurnOptions } from "./lib/imaging/data/augmentation/turn.ts";
export { phantomCases } from "./lib/imaging/data/cases/phantom_cases.ts";
export {
  type Preparation,
  preparationSchema,
  prepareCase,
  type PreparedCase,
  type PreparedField,
  type PreparedVoxels,
  type PrepareOptions,
} from "./lib/imaging/data/preparation/prepare_case.ts";
export type { PreparedWay } from "./lib/imaging/data/preparation/restore_grid.ts";
export type { CaseContent } from "./lib/imaging/data/preparation/case_content.ts";
export type { CtWindow, Intensity } from "./lib/imaging/data/preparation/intensity.ts";
export type { Fingerprint } from "./lib/imaging/data/preparation/fingerprint.ts";
export type {
  LabelledSlices,
  PreparedSlice,
  SlicedCase,
} from "./lib/imaging/data/preparation/sliced_case.ts";
export { cachePlace, type CacheSystem } from "./lib/imaging/data/cases/cache_place.ts";
export {
  type CacheContents,
  clearCache,
  type ClearCacheOptions,
  readCacheContents,
} from "./lib/imaging/data/cases/cache_contents.ts";
export type { BatchOptions } from "./lib/imaging/data/batches/batch_options.ts";
export { BatchSampler } from "./lib/imaging/data/batches/batch_sampler.ts";
export type { PendingCase } from "./lib/imaging/data/batches/pending_case.ts";
export { findSplit, NAMED_SPLITS } from "./lib/imaging/data/splits/named_splits.ts";
export { dealFolds, type FoldChoice } from "./lib/imaging/data/splits/folds.ts";
export {
  checkSplit,
  divideSubjects,
  dropLeaks,
  selectSubjects,
  type Split,
  type SplitFractions,
} from "./lib/imaging/data/splits/split.ts";

// Files
export type { KnownContent } from "./lib/formats/run_folder/contents.ts";
export { WriteError } from "./lib/formats/files/write_atomically.ts";
export { decodeSafetensors, type SafetensorsOptions } from "./lib/formats/safetensors/decode.ts";
export { encodeSafetensors } from "./lib/formats/safetensors/encode.ts";
export { readSafetensors, writeSafetensors } from "./lib/formats/safetensors/files.ts";
export { SafetensorsError } from "./lib/formats/safetensors/safetensors_error.ts";
export type {
  SafetensorsContent,
  TensorData,
  TensorRecord,
} from "./lib/formats/safetensors/tensor_record.ts";

// TensorBoard
export { EventFile, type EventFileOptions } from "./lib/formats/tensorboard/event_file.ts";
export { EventFileError } from "./lib/formats/tensorboard/event_file_error.ts";
export { readEvents } from "./lib/formats/tensorboard/read_events.ts";
export type { ScalarEvent, Scalars } from "./lib/formats/tensorboard/event.ts";

// Networks for other programs, and theirs
export {
  type ExportedRun,
  type ExportOptions,
  exportRun,
} from "./lib/workflows/exchange/export_run.ts";
export {
  type ImportedRun,
  type ImportOptions,
  importRun,
} from "./lib/workflows/exchange/import_run.ts";
export {
  type LoadedModel,
  loadModel,
  type LoadModelOptions,
  type ModelSource,
} from "./lib/workflows/exchange/load_model.ts";
export { PyTorchError } from "./lib/formats/pytorch/pytorch_error.ts";
export {
  decodePyTorch,
  type PyTorchContent,
  readPyTorch,
} from "./lib/formats/pytorch/read_pytorch.ts";
export type { PyTorchTensor } from "./lib/formats/pytorch/stored_tensor.ts";
export { WeightsError } from "./lib/learning/models/weights_error.ts";
export {
  type ChallengeOptions,
  type ChallengeOutcome,
  type ChallengeProgress,
  runChallenge,
} from "./lib/workflows/challenge/run_challenge.ts";
export {
  type ChallengeAsked,
  type ChallengeEntrant,
  type ChallengeFile,
  challengeSchema,
  type ChallengeState,
} from "./lib/workflows/challenge/challenge_folder.ts";
export type { ModelRequest, OpenModelsOptions } from "./lib/workflows/challenge/model_requests.ts";
export type {
  ChallengeCase,
  ChallengeFailure,
  ChallengeModel,
  ModelWork,
} from "./lib/workflows/challenge/models/challenge_model.ts";
export {
  type GivenModelConfig,
  modelConfigSchema,
  type ModelIntensity,
  type ModelSize,
} from "./lib/workflows/challenge/models/model_config.ts";
export type {
  ChallengeResults,
  MetricResults,
} from "./lib/workflows/challenge/results/challenge_results.ts";
export type {
  Estimate,
  GradedSet,
  Measure,
  Robustness,
  RobustnessTest,
  TransformRobustness,
} from "./lib/workflows/challenge/results/robustness.ts";
export { type CardOptions, writeCard } from "./lib/workflows/exchange/write_card.ts";
export { type ModelRecord, modelRecordSchema } from "./lib/workflows/exchange/model_record.ts";
// Segmenting volumes in memory
export {
  segmentVolume,
  type SegmentVolumeOptions,
  type VolumeModel,
} from "./lib/learning/prediction/segment_volume.ts";
export type {
  SegmentedGrid,
  SegmentPreparedOptions,
} from "./lib/learning/prediction/segment_prepared.ts";
export type { ShownSlices } from "./lib/learning/prediction/shown_views.ts";
export type { Uncertainty } from "./lib/learning/prediction/uncertainty.ts";
export { type Cleaning, cleanLabels } from "./lib/imaging/components/clean_labels.ts";
export {
  type Components,
  connectedComponents,
  type Connectivity,
} from "./lib/imaging/components/connected_components.ts";
export { DualSegmenter, type SegmenterOptions } from "./lib/learning/models/dual_segmenter.ts";

// Networks and the method
export type { ChangeMap, DecoderPlace } from "./lib/learning/models/decoder.ts";
export type {
  Parameters,
  ParameterSpec,
  ParameterSpecs,
  ParameterValues,
} from "./lib/learning/nn/parameters.ts";
export type { BatchNormMode } from "./lib/learning/nn/pass.ts";
export type { SegmentationLoss } from "./lib/learning/nn/segmentation_loss.ts";
export {
  DualNetwork,
  type DualNetworkOptions,
  type LatentCodes,
} from "./lib/learning/models/dual_network.ts";
export { segmentSlices } from "./lib/learning/models/segment.ts";
export type { SegmentOptions } from "./lib/learning/models/forward.ts";
export {
  maskCode,
  type MaskOptions,
  type MaskParameters,
  sampleMask,
} from "./lib/learning/latent/mask_code.ts";
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
  type HardExampleOptions,
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
export type { GradientSum } from "./lib/learning/cooperative/gradient_sum.ts";
export {
  LOSS_TERMS,
  type LossTerm,
  type TermInput,
  type TermPrediction,
  type TrainedPart,
} from "./lib/learning/cooperative/loss_terms.ts";
export { Adam } from "./lib/learning/cooperative/adam.ts";
export type { RateOptions } from "./lib/learning/cooperative/learning_rate.ts";
export {
  CooperativeStepper,
  type StepperOptions,
} from "./lib/learning/cooperative/cooperative_stepper.ts";

// Parts of a run
export type { CreateOptions } from "./lib/learning/cooperative/create_stepper.ts";
export type { RestoreOptions } from "./lib/learning/training/restore_segmenter.ts";
export type { FailedEvent, TrainingListener } from "./lib/learning/training/events.ts";
export type { CaseOrigin } from "./lib/imaging/data/cases/open_cases.ts";
export type { RunCases, SubjectDivision } from "./lib/imaging/data/cases/run_cases.ts";
export type { ScoringOptions } from "./lib/learning/evaluation/evaluate.ts";
export type { SeverityOptions } from "./lib/learning/evaluation/evaluate_severities.ts";
export type { TrainedRunOptions } from "./lib/learning/evaluation/evaluate_trained.ts";
export type { TestSetOptions } from "./lib/learning/evaluation/run_test_sets.ts";

// Methods to compare
export { findMethod, METHODS } from "./lib/learning/baselines/registry.ts";
export type {
  Method,
  MethodFamily,
  MethodOptions,
  MethodSettings,
} from "./lib/learning/baselines/method.ts";
export { type ConsistencyLoss, consistencyLoss } from "./lib/learning/baselines/consistency.ts";
export type { ClassMapsShape } from "./lib/learning/baselines/class_contours.ts";
export { degradedLabels, type LabelsShape } from "./lib/learning/baselines/degraded_labels.ts";
export type {
  AugmentedImages,
  AugmentImages,
  Consistency,
} from "./lib/learning/baselines/image_augmentation.ts";

// Artifacts
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
export type { LabelMeaning } from "./lib/workflows/artifact_files/artifact_label.ts";
export { datasetOrigin } from "./lib/workflows/artifact_files/origin.ts";
export { ArtifactRequestError } from "./lib/workflows/artifact_files/request_error.ts";
export { checkPicture, writePicture } from "./lib/formats/files/write_picture.ts";
export {
  type ReplayedSuite,
  replayManifest,
  type ReplaySuiteOptions,
} from "./lib/workflows/artifact_files/replay_manifest.ts";
export type { WrittenSuite } from "./lib/workflows/artifact_files/suite_files.ts";
export { writeSuite, type WriteSuiteOptions } from "./lib/workflows/artifact_files/write_suite.ts";

// Transforms
export {
  type ComplexGrid,
  inverseTransform,
  transform,
  transformReal,
} from "./lib/imaging/fft/transform.ts";
export type { ComplexArrays } from "./lib/imaging/fft/fft_stage.ts";

// Pictures
export { lossCurves } from "./lib/base/report/loss_curves.ts";
export type { StepNumbers } from "./lib/base/report/loss_curve.ts";
export { type SlicePanel, type SliceSheet, sliceSheet } from "./lib/base/report/slice_sheet.ts";
export { svgPng } from "./lib/base/report/svg_png.ts";

// Backend
export type { CardProblem } from "./lib/gpu/device/commands.ts";
export { CardError, NoCardError } from "./lib/gpu/device/card_error.ts";
export type { CardInfo } from "./lib/gpu/device/commands.ts";
export { type DeviceOptions, startDevice } from "./lib/workflows/devices/start_device.ts";
export { type Examination, examine, type ExamineOptions } from "./lib/workflows/doctor/examine.ts";
export type { Check } from "./lib/workflows/doctor/self_check.ts";
export type { Trouble } from "./lib/workflows/doctor/find_troubles.ts";
export {
  compareGolden,
  GoldenError,
  type GoldenQuantity,
  type GoldenReport,
} from "./lib/workflows/doctor/golden.ts";
