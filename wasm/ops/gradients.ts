/** Gradients by name, of a whole computation or of one part of it after another. */
import { type Scalar, type Tensor, tf } from "../deps/tfjs.ts";
import { goBack } from "./go_back.ts";

/** A value and its gradients; those that do not depend on it are left out. */
export interface Gradients {
  /** What was computed, a scalar. */
  readonly value: number;
  /** By the names of the tensors; the caller's to free. */
  readonly gradients: Map<string, Tensor>;
}

/**
 * Goes back from y to the named tensors, in what the tape recorded.
 *
 * @param y What was computed; a scalar unless `dy` is given.
 * @param dy The gradient of y; 1 by default.
 * @returns The gradients by name, without those that y does not depend on, or that are zero whatever y
 * is. They are the caller's.
 */
export type Backward = (
  y: Tensor,
  by: ReadonlyMap<string, Tensor>,
  dy?: Tensor,
) => Map<string, Tensor>;

/**
 * Records what `use` computes, so that it can go back part by part, each as soon as it is done with,
 * in any order and more than once. Maps are freed at the end but for those that `use` keeps with
 * `tf.keep`; where it throws, what was recorded is freed as well. Tapes do not nest.
 */
export function withTape<T>(use: (backward: Backward) => T): T {
  let result!: T;
  // tfjs records between the start and the end of a call of gradients(), and nowhere else.
  const nothing = tf.scalar(0);
  try {
    const { value } = tf.engine().gradients(
      () => {
        result = use(backOnTape);
        return tf.scalar(0);
      },
      [nothing],
      undefined,
      true,
    );
    value.dispose();
    return result;
  } finally {
    freeTape();
    nothing.dispose();
  }
}

/** Frees what a tape that ended with an error still keeps. */
function freeTape(): void {
  const { state } = tf.engine();
  if (state.gradientDepth > 0 || !state.activeTape) return;
  for (const { saved } of state.activeTape) tf.dispose(saved ?? []);
  state.activeTape = null as never;
}

/** Runs `use` on no tape: none of its operands is kept. */
export function unrecorded<T>(use: () => T): T {
  const { state } = tf.engine();
  // As inside a kernel.
  state.kernelDepth++;
  try {
    return use();
  } finally {
    state.kernelDepth--;
  }
}

/** Goes back on the tape that runs. */
function backOnTape(
  y: Tensor,
  by: ReadonlyMap<string, Tensor>,
  dy?: Tensor,
): Map<string, Tensor> {
  const tape = tf.engine().state.activeTape ?? [];
  const gradients = unrecorded(() => goBack(tape, y, [...by.values()], dy));
  return new Map(
    [...by.keys()].flatMap((name, i) => {
      const gradient = gradients[i];
      return gradient ? [[name, gradient] as const] : [];
    }),
  );
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
