/** Registers every operator of Tandem with tfjs: one line each. */
import { registerAdd } from "./add.ts";
import { registerConv2d } from "./conv2d.ts";
import { registerConvolution } from "./convolution.ts";
import { registerCrossEntropy } from "./cross_entropy.ts";
import { registerDiceLoss } from "./dice_loss.ts";
import { registerFixedConvolution } from "./fixed_convolution.ts";
import { registerIdentity } from "./identity.ts";
import { registerImageLoss } from "./image_loss.ts";
import { registerJoin } from "./join.ts";
import { registerSoftmax } from "./softmax.ts";
import { nameMissingKernels } from "../kernel_missing_error.ts";

let registered = false;

/**
 * Registers kernels and gradients, once a process; a kernel that a backend lacks is named from then on.
 * Gradients are shared by all backends: one beside WASM registers its own after these.
 */
export function registerOperators(): void {
  if (registered) return;
  registered = true;
  nameMissingKernels();
  registerAdd();
  registerConv2d();
  registerConvolution();
  registerCrossEntropy();
  registerDiceLoss();
  registerFixedConvolution();
  registerIdentity();
  registerImageLoss();
  registerJoin();
  registerSoftmax();
}
