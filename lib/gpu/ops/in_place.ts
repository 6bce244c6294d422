/** Operators that change tensors in place on the card. */
import type { AdamOptions, AdamTensors, Tensor, TensorInfo } from "../../../wasm/mod.ts";
import { type CardTensors, cardTensors } from "../device/card_tensors.ts";
import { runKernel } from "../device/run_kernel.ts";
import { adamKernel } from "../kernels/elementwise.ts";
import { makeOutput } from "./register_on_card.ts";

/** See `adamStep` of `wasm/mod.ts`. */
export function adamStep(
  { weight, gradient, first, second }: AdamTensors,
  step: number,
  { learningRate, beta1, beta2, epsilon }: AdamOptions,
): void {
  const rates = [learningRate / (1 - beta1 ** step), Math.sqrt(1 - beta2 ** step)] as const;
  runKernel(
    adamKernel,
    { gradient, rates: ratesOf(rates), weight, first, second },
    { size: weight.size, beta1, beta2, rest1: 1 - beta1, rest2: 1 - beta2, epsilon },
    weight.size,
  );
}

/** The rates of the latest step on each card: no sizes, which are kept. */
const latest = new WeakMap<CardTensors, { readonly tensor: TensorInfo; rates?: string }>();

function ratesOf(rates: readonly [number, number]): TensorInfo {
  const backend = cardTensors();
  const kept = latest.get(backend) ?? { tensor: makeOutput([2]) };
  latest.set(backend, kept);
  if (kept.rates !== rates.join()) {
    backend.card.write(backend.bufferOf(kept.tensor), Float32Array.from(rates));
    kept.rates = rates.join();
  }
  return kept.tensor;
}

/** See `overwrite` of `wasm/mod.ts`. */
export function overwrite(to: Tensor, from: Tensor): void {
  const backend = cardTensors();
  backend.card.copy(backend.bufferOf(from), 0, backend.bufferOf(to), 0, 4 * to.size);
  backend.changed(to);
}
