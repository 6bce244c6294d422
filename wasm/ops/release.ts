/**
 * Early release of memory in a backward pass.
 *
 * tfjs's tape keeps every saved map and every gradient until the whole pass is over. Each of
 * Tandem's gradient functions is done with what it was given once it has made the gradient of its
 * last input; inside {@linkcode withEarlyRelease} it then frees them at once, which halves the peak.
 * That is only right where nobody else holds them: in a training step, not for any caller of
 * `tf.grads`, who may have given the incoming gradient himself.
 */
import type { Tensor } from "../deps/tfjs.ts";

let depth = 0;

/** Runs `use` with early release on. */
export function withEarlyRelease<T>(use: () => T): T {
  depth++;
  try {
    return use();
  } finally {
    depth--;
  }
}

/** Frees tensors that a gradient function has finished with, where early release is on. */
export function release(...tensors: readonly (Tensor | undefined)[]): void {
  if (depth > 0) { for (const tensor of tensors) tensor?.dispose(); }
}
