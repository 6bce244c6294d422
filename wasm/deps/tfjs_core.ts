/**
 * The one place that pins TensorFlow.js's core: modules imported by URL see no import map.
 *
 * @module
 */

/** TensorFlow.js's core: tensors and their operators. */
export * as tf from "npm:@tensorflow/tfjs-core@4.22.0";
export type {
  GradConfig,
  KernelConfig,
  NamedTensorInfoMap,
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor4D,
  TensorInfo,
} from "npm:@tensorflow/tfjs-core@4.22.0";
