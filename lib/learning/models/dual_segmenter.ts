import { type ConvolutionAlgorithm, withConvolutionAlgorithm } from "../../../wasm/mod.ts";
import { type Network, NETWORKS } from "../../names.ts";
import type { DualNetwork } from "./dual_network.ts";
import { segmentSlices } from "./segment.ts";
import type {
  SegmentationRequest,
  SegmentationResult,
  Segmenter,
  SliceStack,
} from "./segmenter.ts";

/** How a pair of networks segments; of the configuration of a run it is a part. */
export interface SegmenterOptions {
  /** Which networks there are, and how the second is fed. */
  readonly method: {
    /** Divides the logits in front of the slow-thinking network. */
    readonly temperature: number;
    /** `segmentation` has neither the slow-thinking network nor the image decoder. */
    readonly networks: "dual" | "segmentation";
    /** What the slow-thinking network learnt to refine. */
    readonly shapePrior: "predictions" | "degraded-labels";
  };
  /** How many slices are seen at once. */
  readonly evaluation: {
    /** Slices that go through the networks at once, 1 or more. */
    readonly chunk: number;
  };
  /** How the backend computes. */
  readonly training: {
    /** How 3 x 3 convolutions are computed. */
    readonly convolution: ConvolutionAlgorithm;
  };
}

/** Both networks as a {@linkcode Segmenter}. */
export class DualSegmenter implements Segmenter {
  /** The networks that segment, the fast-thinking one first. */
  readonly networks: readonly Network[];
  /** Slices that go through the networks at once. */
  readonly atOnce: number;
  readonly #network: DualNetwork;
  readonly #options: SegmenterOptions;

  /**
   * Segments with a network.
   *
   * @param network Taken over: it is given back with the segmenter.
   */
  constructor(network: DualNetwork, options: SegmenterOptions) {
    this.networks = options.method.networks === "dual" ? NETWORKS : ["ftn"];
    this.atOnce = options.evaluation.chunk;
    this.#network = network;
    this.#options = options;
  }

  /** Segments slices with running statistics; changes no state. */
  segment(stack: SliceStack, request: SegmentationRequest = {}): SegmentationResult {
    const { method, evaluation: { chunk }, training } = this.#options;
    const { temperature, networks, shapePrior } = method;
    const options = { chunk, temperature, networks, shapePrior, ...request };
    return withConvolutionAlgorithm(
      training.convolution,
      () => segmentSlices(this.#network, stack, options),
    );
  }

  /** Gives the memory of the networks back. */
  dispose(): void {
    this.#network.dispose();
  }
}
