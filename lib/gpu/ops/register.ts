/** Registers every operator of Tandem with tfjs on the card: one line each. */
import { addOtherBackend } from "../../../wasm/mod.ts";
import { cardTensors } from "../device/card_tensors.ts";
import { registerConvolution } from "./convolution.ts";
import { registerImageLoss } from "./image_loss.ts";
import { adamStep, overwrite } from "./in_place.ts";
import { registerJoin } from "./join.ts";
import { WEBGPU } from "./register_on_card.ts";
import { registerSegmentationLosses } from "./segmentation_losses.ts";
import { registerSoftmax } from "./softmax.ts";
import { registerStock } from "./stock.ts";

let registered = false;

/** Registers kernels and gradients, once a process. */
export function registerOperatorsOnCard(): void {
  if (registered) return;
  registered = true;
  registerConvolution();
  registerImageLoss();
  registerJoin();
  registerSegmentationLosses();
  registerSoftmax();
  registerStock();
  addOtherBackend(WEBGPU, {
    adamStep,
    overwrite,
    heapBytes: () => cardTensors().card.peakBytes,
    readTogether: (tensors) => cardTensors().readTogether(tensors),
  });
}
