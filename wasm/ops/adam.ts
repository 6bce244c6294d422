/** One fused pass of Adam over a parameter. */
import type { Tensor } from "../deps/tfjs.ts";
import { pointerOf, runtime } from "../runtime.ts";
import { CHUNK_FLOATS } from "./image_loss.ts";

/** Adam's constants (Kingma and Ba 2015). */
export interface AdamOptions {
  /** Above 0. */
  readonly learningRate: number;
  /** Decay of the first moment, 0 to 1. */
  readonly beta1: number;
  /** Decay of the second moment, 0 to 1. */
  readonly beta2: number;
  /** Added to the root of the second moment. */
  readonly epsilon: number;
}

/**
 * Changes `weight` and both moments in place, for step number `step` (from 1): the update of
 * PyTorch's Adam without weight decay. All four have one shape.
 */
export function adamStep(
  tensors: {
    readonly weight: Tensor;
    readonly gradient: Tensor;
    readonly first: Tensor;
    readonly second: Tensor;
  },
  step: number,
  options: AdamOptions,
): void {
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
