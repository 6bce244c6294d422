/** What a backend beside WASM brings along where an operator is no kernel of tfjs's. */
import { type Tensor, tf } from "./deps/tfjs.ts";

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

/** What `adamStep` changes, and by what. */
export interface AdamTensors {
  /** What is learnt; changed. */
  readonly weight: Tensor;
  /** The loss's gradient by it, of the same shape. */
  readonly gradient: Tensor;
  /** Running mean of the gradients; changed. */
  readonly first: Tensor;
  /** Running mean of the squared gradients; changed. */
  readonly second: Tensor;
}

/** The operators that work in place, and how values come back. */
export interface OtherBackend {
  /** One step of Adam, in place. */
  adamStep(tensors: AdamTensors, step: number, options: AdamOptions): void;
  /** Copies the values of one tensor into another of the same size. */
  overwrite(to: Tensor, from: Tensor): void;
  /** Bytes of its memory, the peak so far. */
  heapBytes(): number;
  /** Reads tensors at once, so that their `dataSync()` waits no more. */
  readTogether(tensors: readonly Tensor[]): void;
}

const others = new Map<string, OtherBackend>();

/** Makes a backend known by its name in tfjs. */
export function addOtherBackend(name: string, backend: OtherBackend): void {
  others.set(name, backend);
}

/** The backend that tfjs runs on, unless that is WASM. */
export function otherBackend(): OtherBackend | undefined {
  return others.size === 0 ? undefined : others.get(tf.getBackend());
}
