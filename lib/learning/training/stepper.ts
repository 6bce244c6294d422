/**
 * What the training loop asks of a network: a step, a segmentation, and its state. The loop and all
 * that hangs on it know the network through this interface alone, so that they run (and are tested)
 * with anything that fits it.
 */
import type { Network } from "../../names.ts";
import type { CodeMask } from "../latent/mask.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import type { TensorRecord } from "../../formats/safetensors/tensor_record.ts";
import type { ByNetwork } from "../models/by_network.ts";

/** Slices to train on, with their labels. */
export interface Batch {
  /** `[batch, size, size, 1]`, intensities 0-1. */
  readonly images: Float32Array;
  /** `[batch, size, size]`, classes 0 to `model.classes - 1`. */
  readonly labels: Uint8Array;
  /** Side of a slice in pixels, a multiple of 16. */
  readonly size: number;
  /** Number of slices. */
  readonly batch: number;
}

/** The loss terms of one step by name; their weighted sum is `totalLoss`. */
export type StepLosses = Record<string, number>;

/**
 * What the networks make of a stack of slices: each one's classes, `[slices, size, size]`, after one
 * pass of the slow-thinking one.
 */
export interface SegmentationResult extends ByNetwork<Uint8Array> {
  /** `[slices, size, size]`, the image decoder's reconstruction, 0-1; absent where there is none. */
  readonly reconstruction?: Float32Array;
  /**
   * `[slices]`, the mean over the pixels of the entropy of the fast-thinking network's class
   * probabilities, in nats: how unsure it is; where it was asked for.
   */
  readonly entropy?: Float32Array;
  /**
   * `[slices, size, size]` each: the classes after 1, 2, … passes of the slow-thinking network, where
   * more than one was asked for; the first is `stn`.
   */
  readonly passes?: readonly Uint8Array[];
}

/** What to make of slices besides the plain segmentation. */
export interface SegmentationRequest {
  /**
   * Times that the slow-thinking network is applied, each to what the one before made; 1 or more, 1
   * by default.
   */
  readonly refinements?: number;
  /** Whether the entropy is wanted, which takes milliseconds a slice; not by default. */
  readonly entropy?: boolean;
}

/** What a method makes of a batch to learn from, for looking at. */
export interface HardExample {
  /** `[batch, size, size, 1]`, corrupted images, 0-1; absent where the method makes none. */
  readonly image?: Float32Array;
  /** `[batch, size, size, classes]`, corrupted segmentations as probabilities; absent likewise. */
  readonly probabilities?: Float32Array;
  /** What the codes were multiplied by; absent where none was. */
  readonly masks?: Partial<Record<"image" | "shape", CodeMask>>;
}

/** Named tensors: the weights and buffers, and the optimiser's state under `optimizer.`. */
export type StepperTensors = Map<string, TensorRecord<Float32Array>>;

/** A network that learns by steps. */
export interface Stepper {
  /** The networks that it trains, the fast-thinking one first. */
  readonly networks: readonly Network[];
  /** One optimisation step on the batch; all it draws comes from `rng`. Synchronous. */
  step(batch: Batch, rng: RandomStream): StepLosses;
  /**
   * Segments slices with the running statistics of the BatchNorms (eval mode).
   *
   * @param images `[slices, size, size]`, intensities 0-1.
   */
  segment(
    images: Float32Array,
    slices: number,
    size: number,
    request?: SegmentationRequest,
  ): SegmentationResult;
  /** Hard examples of a batch, if the method makes such; changes no state. */
  hardExample(batch: Batch, rng: RandomStream): HardExample;
  /** A copy of the whole state that training needs to go on. */
  tensors(): StepperTensors;
  /**
   * Takes the state over; one without `optimizer.` entries starts the optimiser afresh.
   *
   * @throws {RangeError} If a tensor is missing, unknown or of another shape.
   */
  load(tensors: StepperTensors): void;
  /** Size of the backend's heap in bytes, the peak so far, where there is one. */
  heapBytes?(): number;
  /** Gives the memory back; the stepper is of no use afterwards. */
  dispose(): void;
}
