/**
 * Reading without waiting, where a backend computes beside the caller: what is not needed at once is
 * read in one go, behind what has been asked for since. On WASM there is nothing to wait for.
 */
import { type Tensor, tf } from "../deps/tfjs.ts";
import { otherBackend } from "../other_backend.ts";

let pending: { readonly tensor: Tensor; readonly use: (values: Float32Array) => void }[] = [];

/** Calls `use` with a tensor's values: at once, or in {@linkcode settleReads} in the same order. */
export function readBehind(tensor: Tensor, use: (values: Float32Array) => void): void {
  if (otherBackend() === undefined) return use(tensor.dataSync() as Float32Array);
  // The tensor may be freed before it is read.
  pending.push({ tensor: tf.keep(tensor.clone()), use });
}

/** Waits for all that was to be read. */
export function settleReads(): void {
  if (pending.length === 0) return;
  const settled = pending;
  pending = [];
  try {
    otherBackend()?.readTogether(settled.map(({ tensor }) => tensor));
    for (const { tensor, use } of settled) use(tensor.dataSync() as Float32Array);
  } finally {
    tf.dispose(settled.map(({ tensor }) => tensor));
  }
}

/** Forgets what was to be read: a step that failed has no result. */
export function dropReads(): void {
  const dropped = pending;
  pending = [];
  tf.dispose(dropped.map(({ tensor }) => tensor));
}

/** Waits once for the values of several tensors, of which each is then at hand. */
export function readTogether(tensors: readonly Tensor[]): void {
  otherBackend()?.readTogether(tensors);
}
