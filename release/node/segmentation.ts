/**
 * Volumes in memory, segmented by networks that `tandem export RUN -o weights.safetensors` wrote.
 *
 * @module
 */
import "./gaps.ts";

export {
  type LoadedModel,
  loadModel,
  type LoadModelOptions,
  type ModelSource,
} from "../../lib/workflows/exchange/load_model.ts";
export type { ModelRecord } from "../../lib/workflows/exchange/model_record.ts";
export { WeightsError } from "../../lib/learning/models/weights_error.ts";
export { SafetensorsError } from "../../lib/formats/safetensors/safetensors_error.ts";
export {
  segmentVolume,
  type SegmentVolumeOptions,
  type VolumeModel,
} from "../../lib/learning/prediction/segment_volume.ts";
export type { SegmentedGrid } from "../../lib/learning/prediction/segment_prepared.ts";
export type { Uncertainty } from "../../lib/learning/prediction/uncertainty.ts";
export { type Cleaning, cleanLabels } from "../../lib/imaging/components/clean_labels.ts";
export { LabelCodeError, toClasses, toCodes } from "../../lib/base/task/label_codes.ts";
export type { Task, TaskChannel, TaskLabel } from "../../lib/base/task/task.ts";
export { type Backend, type BackendOptions, startBackend } from "../../wasm/backend.ts";
