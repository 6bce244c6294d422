/** Gradients by name. */
import { type Scalar, type Tensor, tf } from "../deps/tfjs.ts";

/** A value and its gradients; those that do not depend on it are left out. */
export interface Gradients {
  readonly value: number;
  readonly gradients: Map<string, Tensor>;
}

/**
 * Runs `loss` and differentiates it by the named tensors. Maps that `loss` makes are freed at the
 * end but for those it keeps with `tf.keep`.
 */
export function gradients(
  loss: () => Scalar,
  by: ReadonlyMap<string, Tensor>,
): Gradients {
  const names = [...by.keys()];
  const { value, grads } = tf.engine().gradients(loss, [...by.values()], undefined, true);
  const found = new Map<string, Tensor>();
  names.forEach((name, i) => {
    if (grads[i]) found.set(name, grads[i]);
  });
  const number = value.dataSync()[0]!;
  value.dispose();
  return { value: number, gradients: found };
}
