/**
 * The backend and its operators: what the rest of Tandem (and a user of the tensors themselves)
 * needs of `wasm/`.
 *
 * @module
 */
export { type Backend, type BackendOptions, startBackend } from "./backend.ts";
export * from "./deps/tfjs_core.ts";
export { KERNEL_NAMES } from "./ops/kernel_names.ts";
export { KernelMissingError } from "./kernel_missing_error.ts";
export { adamStep } from "./ops/adam.ts";
export { convolution, type ConvolutionOptions, type ConvolutionResult } from "./ops/convolution.ts";
export {
  type ConvolutionAlgorithm,
  convolutionAlgorithm,
  withConvolutionAlgorithm,
} from "./ops/convolution/algorithm.ts";
export { type ConvolutionForm, type FormName, namedForm } from "./ops/convolution/form.ts";
export type { ConvolutionPhase } from "./ops/convolution/phases.ts";
export { crossEntropy } from "./ops/cross_entropy.ts";
export { DICE_SMOOTH, diceLoss } from "./ops/dice_loss.ts";
export {
  type Activation,
  FixedConvolution,
  hasFixedConvolutions,
} from "./ops/fixed_convolution.ts";
export { halfSquaredError } from "./ops/image_loss.ts";
export { join } from "./ops/join.ts";
export { EPSILON, type Normalisation } from "./ops/normalisation.ts";
export { overwrite } from "./ops/overwrite.ts";
export { IGNORED_LABEL } from "./ops/pixels.ts";
export { PAGE_BINARIES } from "./page_binaries.ts";
export { heapBytes } from "./runtime.ts";
export { release, withEarlyRelease } from "./ops/release.ts";
export { dropReads, readBehind, readTogether, settleReads } from "./ops/read_behind.ts";
export { registerOperators } from "./ops/register.ts";
export { softmax } from "./ops/softmax.ts";
export { type Backward, type Gradients, gradients, unrecorded, withTape } from "./ops/gradients.ts";
export {
  type AdamOptions,
  type AdamTensors,
  addOtherBackend,
  type OtherBackend,
} from "./other_backend.ts";
export { gradientOn } from "./ops/override.ts";
