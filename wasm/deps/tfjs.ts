/** The one place that pins TensorFlow.js: modules imported by URL see no import map. */
/** TensorFlow.js's core: tensors and their operators. */
export * as tf from "npm:@tensorflow/tfjs-core@4.22.0";
export { BackendWasm, setThreadsCount } from "npm:@tensorflow/tfjs-backend-wasm@4.22.0";
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
