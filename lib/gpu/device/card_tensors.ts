/** How operators reach the card behind tfjs's backend. */
import type { TensorInfo } from "../../../wasm/mod.ts";
import type { Card, CardBuffer } from "./card.ts";

/** The running backend as operators see it. */
export interface CardTensors {
  readonly card: Card;
  /** The buffer of a tensor. */
  bufferOf(tensor: { dataId: object }): CardBuffer;
  /** Says that a kernel changed a tensor in place. */
  changed(tensor: { dataId: object }): void;
  /** Reads tensors whose values are not known, all at once. */
  readTogether(tensors: readonly { dataId: object }[]): void;
  /** A tensor without values yet. */
  makeTensorInfo(shape: number[], dtype: "float32" | "int32"): TensorInfo;
  /** Frees a tensor that tfjs knows nothing of. */
  disposeData(dataId: object): boolean;
}

let current: CardTensors | undefined;

/** Makes this the backend that operators use; none any more if undefined. */
export function useCardTensors(tensors: CardTensors | undefined): void {
  current = tensors;
}

/**
 * The backend that runs.
 *
 * @throws {Error} If none does.
 */
export function cardTensors(): CardTensors {
  if (!current) throw new Error("No graphics card is in use: await startGpu() first");
  return current;
}
