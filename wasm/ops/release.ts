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

/** What is freed: nothing, gradients alone (the saved maps serve another way back), or both. */
type Released = "nothing" | "gradients" | "all";

let released: Released = "nothing";

/** Runs `use` with early release of gradients alone or, as a rule, of saved maps too. */
export function withEarlyRelease<T>(use: () => T, what: "gradients" | "all" = "all"): T {
  const before = released;
  released = what;
  try {
    return use();
  } finally {
    released = before;
  }
}

/** Frees what a gradient function has finished with: the gradient it was given, and saved maps. */
export function release(
  gradient: Tensor | undefined,
  ...saved: readonly (Tensor | undefined)[]
): void {
  if (released === "nothing") return;
  gradient?.dispose();
  if (released === "all") { for (const tensor of saved) tensor?.dispose(); }
}
