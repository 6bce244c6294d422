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

let registered = false;

/** Registers kernels and gradients, once a process. */
export function registerOperators(): void {
  if (registered) return;
  registered = true;
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
