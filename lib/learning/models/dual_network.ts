/**
 * The two networks (Chen et al., MICCAI 2021, figure 1).
 *
 * The fast-thinking network (FTN) encodes an image to a code z_i, filters that to a shape code z_s,
 * and decodes z_i to the image and z_s to a segmentation. The slow-thinking network (STN) is a
 * denoising autoencoder of segmentations. There are no connections from an encoder to a decoder
 * but the code: what is masked there is gone.
 */
import { hasFixedConvolutions, softmax, type Tensor4D, tf } from "../../../wasm/mod.ts";
import { doubleBlock } from "../nn/blocks.ts";
import { FoldedWeights } from "../nn/folded_weights.ts";
import { initialValues } from "../nn/initialise.ts";
import { Parameters, type ParameterSpecs, type ParameterValues } from "../nn/parameters.ts";
import { type BatchNormMode, Pass } from "../nn/pass.ts";
import { doubleSpecs } from "../nn/specs.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import { type ChangeMap, decode, decoderSpecs } from "./decoder.ts";
import { encode, encoderSpecs } from "./encoder.ts";
import { codeWidth, PUBLISHED_LEVELS } from "./levels.ts";

/** What distinguishes one dual network from another. */
export interface DualNetworkOptions {
  /** Channels at full size; the published network has 16. */
  readonly baseWidth: number;
  /** Classes with background. */
  readonly classes: number;
  /** Channels of the image. */
  readonly inputChannels: number;
  /** Times that slices are halved, 1 to 4; 4 by default, as published. See {@linkcode levelsFor}. */
  readonly levels?: number;
}

/**
 * The codes of an image, non-negative, each [batch, h / 2^levels, w / 2^levels, channels]: at four
 * levels [batch, h / 16, w / 16, 8 baseWidth].
 */
export interface LatentCodes {
  /** The image code z_i. */
  readonly image: Tensor4D;
  /** The shape code z_s. */
  readonly shape: Tensor4D;
}

/** Names and shapes of all parameters of both networks. */
export function dualNetworkSpecs(options: DualNetworkOptions): ParameterSpecs {
  const { baseWidth: width, classes, inputChannels, levels = PUBLISHED_LEVELS } = options;
  const code = codeWidth(width, levels);
  return new Map([
    ...encoderSpecs("image_encoder.general_encoder", inputChannels, width, levels),
    ...doubleSpecs("image_encoder.code_decoupler", code, code),
    ...decoderSpecs("segmentation_decoder", classes, width, "nearest", levels),
    ...decoderSpecs("image_decoder", inputChannels, width, "transposed", levels),
    ...encoderSpecs("shape_encoder", classes, width, levels),
    ...decoderSpecs("shape_decoder", classes, width, "nearest", levels),
  ]);
}

/** Both networks with their parameters. All maps are [batch, height, width, channels]. */
export class DualNetwork {
  /** What it was made by, each with its value. */
  readonly options: Required<DualNetworkOptions>;
  /** Weights and running statistics, by the names of the reference. */
  readonly parameters: Parameters;
  #folded: FoldedWeights | undefined;

  /**
   * A network with given values under the reference's names.
   *
   * @throws {RangeError} If a value is missing or of another shape.
   */
  constructor(options: DualNetworkOptions, values: ParameterValues) {
    this.options = { levels: PUBLISHED_LEVELS, ...options };
    this.parameters = new Parameters(dualNetworkSpecs(options), values);
  }

  /** A network with drawn values. */
  static initialise(options: DualNetworkOptions, random: RandomStream): DualNetwork {
    return new DualNetwork(options, initialValues(dualNetworkSpecs(options), random));
  }

  #pass(name: string, mode: BatchNormMode): Pass {
    return new Pass(this.parameters, `${name}.`, mode, this.#folded);
  }

  /**
   * Passes in mode `evaluate` go by weights with batch normalisations folded in from now on, which is
   * faster, differs in the last digits and has no gradient. Parameters must not change afterwards. On a
   * backend without fixed convolutions nothing changes.
   */
  fold(): void {
    if (hasFixedConvolutions()) this.#folded ??= new FoldedWeights(this.parameters);
  }

  /** E and H: an image (0-1) to its two codes. */
  encodeImage(image: Tensor4D, mode: BatchNormMode): LatentCodes {
    const pass = this.#pass("image_encoder", mode);
    const code = encode(pass.at("general_encoder"), image, this.options.levels);
    return { image: code, shape: doubleBlock(pass.at("code_decoupler"), code, 0) };
  }

  /** D_s: a shape code to logits [batch, height, width, classes]. */
  decodeSegmentation(code: Tensor4D, mode: BatchNormMode): Tensor4D {
    const pass = this.#pass("segmentation_decoder", mode);
    return decode(pass, code, "nearest", this.options.levels);
  }

  /**
   * D_i: an image code to an image (0-1).
   *
   * @param change Changes maps on the way, and last the image, which may then leave 0-1.
   */
  decodeImage(code: Tensor4D, mode: BatchNormMode, change?: ChangeMap): Tensor4D {
    const pass = this.#pass("image_decoder", mode);
    const image = tf.sigmoid(decode(pass, code, "transposed", this.options.levels, change));
    return change ? change("output", image) : image;
  }

  /** The STN: class probabilities to refined logits. */
  refine(probabilities: Tensor4D, mode: BatchNormMode): Tensor4D {
    const { levels } = this.options;
    const code = encode(this.#pass("shape_encoder", mode), probabilities, levels);
    return decode(this.#pass("shape_decoder", mode), code, "nearest", levels);
  }

  /** The STN on logits: softmax(logits / temperature) goes in. The method has temperature 2. */
  refineLogits(logits: Tensor4D, mode: BatchNormMode, temperature = 2): Tensor4D {
    return this.refine(softmax(logits, temperature), mode);
  }

  /** Gives the memory back. */
  dispose(): void {
    this.#folded?.dispose();
    this.parameters.dispose();
  }
}
