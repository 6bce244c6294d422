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
  readonly method: {
    /** Divides the logits in front of the slow-thinking network. */
    readonly temperature: number;
    /** `segmentation` has neither the slow-thinking network nor the image decoder. */
    readonly networks: "dual" | "segmentation";
    /** What the slow-thinking network learnt to refine. */
    readonly shapePrior: "predictions" | "degraded-labels";
  };
  readonly evaluation: {
    /** Slices that go through the networks at once, 1 or more. */
    readonly chunk: number;
  };
  readonly training: {
    /** How 3 x 3 convolutions are computed. */
    readonly convolution: ConvolutionAlgorithm;
  };
}

/** Both networks as a {@linkcode Segmenter}. */
export class DualSegmenter implements Segmenter {
  /** @inheritdoc */
  readonly networks: readonly Network[];
  /** @inheritdoc */
  readonly atOnce: number;
  readonly #network: DualNetwork;
  readonly #options: SegmenterOptions;

  /** @param network Taken over: it is given back with the segmenter. */
  constructor(network: DualNetwork, options: SegmenterOptions) {
    this.networks = options.method.networks === "dual" ? NETWORKS : ["ftn"];
    this.atOnce = options.evaluation.chunk;
    this.#network = network;
    this.#options = options;
  }

  /** @inheritdoc */
  segment(stack: SliceStack, request: SegmentationRequest = {}): SegmentationResult {
    const { method, evaluation: { chunk }, training } = this.#options;
    const { temperature, networks, shapePrior } = method;
    const options = { chunk, temperature, networks, shapePrior, ...request };
    return withConvolutionAlgorithm(
      training.convolution,
      () => segmentSlices(this.#network, stack, options),
    );
  }

  /** @inheritdoc */
  dispose(): void {
    this.#network.dispose();
  }
}
