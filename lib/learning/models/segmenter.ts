import type { ByNetwork } from "./by_network.ts";
import type { Network } from "../../names.ts";

/** Slices of one size. */
export interface SliceStack {
  /** `[slices, size, size]`, intensities 0-1. */
  readonly images: Float32Array;
  /** Number of slices, at least 1. */
  readonly slices: number;
  /** Side of a slice in pixels, a multiple of 16. */
  readonly size: number;
}

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

/** Trained networks, or networks in training, that segment: all that evaluation and prediction know. */
export interface Segmenter {
  /** The networks that it has, the fast-thinking one first. */
  readonly networks: readonly Network[];
  /**
   * Segments a stack of any depth with the running statistics of the BatchNorms (eval mode); memory
   * does not grow with the depth but by the result.
   */
  segment(stack: SliceStack, request?: SegmentationRequest): SegmentationResult;
  /** Gives the memory back; the segmenter is of no use afterwards. */
  dispose(): void;
}
