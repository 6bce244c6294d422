/** One fused pass of Adam over a parameter. */
import { type AdamOptions, type AdamTensors, otherBackend } from "../other_backend.ts";
import { pointerOf, runtime } from "../runtime.ts";
import { CHUNK_FLOATS } from "./image_loss.ts";

/**
 * Changes `weight` and both moments in place, for step number `step` (from 1): the update of
 * PyTorch's Adam without weight decay. All four have one shape.
 */
export function adamStep(
  tensors: AdamTensors,
  step: number,
  options: AdamOptions,
): void {
  const other = otherBackend();
  if (other) return other.adamStep(tensors, step, options);
  const { weight, gradient, first, second } = tensors;
  const { learningRate, beta1, beta2, epsilon } = options;
  const rate = learningRate / (1 - beta1 ** step);
  const root = Math.sqrt(1 - beta2 ** step);
  runtime().pool.run("adam", Math.ceil(weight.size / CHUNK_FLOATS), {
    weight: pointerOf(weight),
    gradient: pointerOf(gradient),
    first: pointerOf(first),
    second: pointerOf(second),
    size: weight.size,
    chunkSize: CHUNK_FLOATS,
    beta1,
    beta2,
    rest1: 1 - beta1,
    rest2: 1 - beta2,
    rate,
    root,
    epsilon,
  });
}
