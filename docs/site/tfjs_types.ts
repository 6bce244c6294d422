/**
 * TensorFlow.js, whose types stand in signatures; its own documentation is at
 * https://js.tensorflow.org/api/4.22.0/.
 *
 * @module
 */

/** What a tensor is known by: its values' place, shape and type. */
export interface TensorInfo {
  dataId: object;
  shape: number[];
  dtype: string;
}
/** A tensor of any number of sides. */
export interface Tensor extends TensorInfo {
  dispose(): void;
}
/** A tensor without sides: one number. */
export type Scalar = Tensor;
/** A tensor of one side. */
export type Tensor1D = Tensor;
/** A tensor of two sides. */
export type Tensor2D = Tensor;
/** A tensor of four sides: here batch, height, width, channels. */
export type Tensor4D = Tensor;
/** Tensors by name, as kernels are given them. */
export type NamedTensorInfoMap = Record<string, TensorInfo | undefined>;
/** How a kernel is registered. */
export interface KernelConfig {
  kernelName: string;
  backendName: string;
}
/** How the gradient of a kernel is registered. */
export interface GradConfig {
  kernelName: string;
}
