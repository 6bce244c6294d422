/** Gradients by name, of a whole computation or of one part of it after another. */
import { type Scalar, type Tensor, tf } from "../deps/tfjs.ts";

/** A value and its gradients; those that do not depend on it are left out. */
export interface Gradients {
  readonly value: number;
  readonly gradients: Map<string, Tensor>;
}

/**
 * Goes back from y to the named tensors, in what the tape recorded.
 *
 * @param y What was computed; a scalar unless `dy` is given.
 * @param dy The gradient of y; 1 by default.
 * @returns The gradients by name, without those that y does not depend on. They are the caller's.
 */
export type Backward = (
  y: Tensor,
  by: ReadonlyMap<string, Tensor>,
  dy?: Tensor,
) => Map<string, Tensor>;

/**
 * Records what `use` computes, so that it can go back part by part, each as soon as it is done with,
 * in any order and more than once. Maps are freed at the end but for those that `use` keeps with
 * `tf.keep`. Tapes do not nest.
 */
export function withTape<T>(use: (backward: Backward) => T): T {
  let result!: T;
  // tfjs records between the start and the end of a call of gradients(), and nowhere else.
  const nothing = tf.scalar(0);
  const { value } = tf.engine().gradients(
    () => {
      result = use(goBack);
      return tf.scalar(0);
    },
    [nothing],
    undefined,
    true,
  );
  tf.dispose([nothing, value]);
  return result;
}

function goBack(y: Tensor, by: ReadonlyMap<string, Tensor>, dy?: Tensor): Map<string, Tensor> {
  const { state } = tf.engine();
  // As inside a kernel: the way back is not recorded itself, which would keep all of its maps.
  state.kernelDepth++;
  try {
    const { grads } = tf.engine().gradients(() => y, [...by.values()], dy as never, true);
    const found = new Map<string, Tensor>();
    [...by.keys()].forEach((name, i) => {
      if (grads[i]) found.set(name, tf.keep(grads[i]));
    });
    return found;
  } finally {
    state.kernelDepth--;
  }
}

/**
 * Runs `loss` and differentiates it by the named tensors. Maps that `loss` makes are freed at the
 * end but for those it keeps with `tf.keep`.
 */
export function gradients(
  loss: () => Scalar,
  by: ReadonlyMap<string, Tensor>,
): Gradients {
  return withTape((backward) => {
    const value = loss();
    return { value: value.dataSync()[0]!, gradients: backward(value, by) };
  });
}
