/**
 * What the training loop asks of networks: a step, a segmentation, and their state. The loop and all
 * that hangs on it know the network through this interface alone, so that they run (and are tested)
 * with anything that fits it.
 */
import type { CodeMask } from "../latent/mask.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import type { NamedTensors } from "../../formats/safetensors/tensor_record.ts";
import type { Batch } from "../../imaging/data/batches/batch.ts";
import type { Segmenter } from "../models/segmenter.ts";

/** The loss terms of one step by name; their weighted sum is `totalLoss`. */
export type StepLosses = Record<string, number>;

/** What a method makes of a batch to learn from, for looking at. */
export interface HardExample {
  /** `[batch, height, width, channels]`, corrupted images, 0-1; absent where the method makes none. */
  readonly image?: Float32Array;
  /** `[batch, height, width, classes]`, corrupted segmentations as probabilities; absent likewise. */
  readonly probabilities?: Float32Array;
  /** What the codes were multiplied by; absent where none was. */
  readonly masks?: Partial<Record<"image" | "shape", CodeMask>>;
}

/** A network that learns by steps. */
export interface Stepper extends Segmenter {
  /** One optimisation step on the batch; all it draws comes from `rng`. Synchronous. */
  step(batch: Batch, rng: RandomStream): StepLosses;
  /** Hard examples of a batch, if the method makes such; changes no state. */
  hardExample(batch: Batch, rng: RandomStream): HardExample;
  /**
   * A copy of the whole state that training needs to go on: the weights and buffers, and the
   * optimiser's state under `optimizer.`.
   */
  tensors(): NamedTensors;
  /**
   * Takes the state over; one without `optimizer.` entries starts the optimiser afresh.
   *
   * @throws {RangeError} If a tensor is missing, unknown or of another shape.
   */
  load(tensors: NamedTensors): void;
  /** The learning rate of the step that was taken last, where there is one. */
  learningRate?(): number;
  /** Size of the backend's heap in bytes, the peak so far, where there is one. */
  heapBytes?(): number;
}
