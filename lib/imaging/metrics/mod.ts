/**
 * Scores of masks and images on typed arrays: `tandem/metrics`. Loads no tensors.
 *
 * @module
 */
export { assd } from "./assd.ts";
export {
  addToCalibration,
  type Calibration,
  emptyCalibration,
  expectedCalibrationError,
} from "./calibration.ts";
export {
  addToConfusion,
  type ConfusionMatrix,
  emptyConfusion,
  iouPerClass,
  meanIou,
} from "./confusion.ts";
export { dice, type EmptyMaskPolicy } from "./dice.ts";
export { squaredDistanceTransform } from "./distance_transform.ts";
export { hausdorff, hausdorff95 } from "./hausdorff.ts";
export { iou } from "./iou.ts";
export { type LesionDetection, lesionDetection, lesionF1 } from "./lesion_detection.ts";
export { psnr } from "./psnr.ts";
export { ssim } from "./ssim.ts";
export { surfaceDice } from "./surface_dice.ts";
export {
  type EmptyErrorPolicy,
  type MaskGrid,
  maskGrid,
  type SurfaceDistances,
  surfaceDistances,
} from "./surface_distances.ts";
export { type VolumeError, volumeError } from "./volume_error.ts";
