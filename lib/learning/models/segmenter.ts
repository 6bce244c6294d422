import type { SliceSize } from "../../base/volume/slice_size.ts";
import type { ByNetwork } from "./by_network.ts";
import type { Network } from "../../names.ts";

/** Slices of one size, in pixels; sides are multiples of 16 where there are no tiles. */
export interface SliceStack extends SliceSize {
  /** `[slices, channels, height, width]`, intensities 0-1. */
  readonly images: Float32Array;
  /** Number of slices, at least 1. */
  readonly slices: number;
  /** Channels of each slice, as the networks take. */
  readonly channels: number;
  /**
   * What the networks see at once: slices that are larger are seen in overlapping tiles, whose
   * probabilities are averaged with Gaussian weights. Absent: whole slices. Multiples of 16.
   */
  readonly tile?: SliceSize;
}

/**
 * What the networks make of a stack of slices: each one's classes, `[slices, height, width]`, after one
 * pass of the slow-thinking one, where it was asked for any.
 */
export interface SegmentationResult extends ByNetwork<Uint8Array> {
  /**
   * `[slices, height, width, classes]` each: the probabilities (0-1) of which the classes are the
   * largest; where they were asked for.
   */
  readonly probabilities?: ByNetwork<Float32Array>;
  /**
   * `[slices, channels, height, width]`, the image decoder's reconstruction, 0-1; where there is one
   * and it was asked for.
   */
  readonly reconstruction?: Float32Array;
  /**
   * `[slices]`, the mean over the pixels of the entropy of the fast-thinking network's class
   * probabilities, in nats: how unsure it is; where it was asked for.
   */
  readonly entropy?: Float32Array;
  /**
   * `[slices, height, width]` each: the classes after 1, 2, … passes of the slow-thinking network, where
   * more than one was asked for; the first is `stn`.
   */
  readonly passes?: readonly Uint8Array[];
}

/** What to make of slices besides the plain segmentation. */
export interface SegmentationRequest {
  /**
   * Times that the slow-thinking network is applied, each to what the one before made; 1 by default,
   * and with 0 it is left out.
   */
  readonly refinements?: number;
  /** Whether class probabilities are wanted; not by default. */
  readonly probabilities?: boolean;
  /** Whether the image decoder's reconstruction is wanted, where there is one; not by default. */
  readonly reconstruction?: boolean;
  /** Whether the entropy is wanted, which takes milliseconds a slice; not by default. */
  readonly entropy?: boolean;
}

/** Trained networks, or networks in training, that segment: all that evaluation and prediction know. */
export interface Segmenter {
  /** The networks that it has, the fast-thinking one first. */
  readonly networks: readonly Network[];
  /**
   * Slices that go through the networks at once, 1 or more: a stack of more may be given in parts of so
   * many, with the same result. Absent: only whole stacks.
   */
  readonly atOnce?: number;
  /**
   * Segments a stack of any depth with the running statistics of the BatchNorms (eval mode); memory
   * does not grow with the depth but by the result.
   */
  segment(stack: SliceStack, request?: SegmentationRequest): SegmentationResult;
  /** Gives the memory back; the segmenter is of no use afterwards. */
  dispose(): void;
}
