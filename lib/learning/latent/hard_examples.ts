/** Hard examples: what the decoders make of masked codes (Chen et al., section 2.2). */
import { gradients, halfSquaredError, type Tensor, type Tensor4D, tf } from "../../../wasm/mod.ts";
import type { DualNetwork, LatentCodes } from "../models/dual_network.ts";
import { type SegmentationLoss, segmentationLoss } from "../nn/segmentation_loss.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import type { CodeMask } from "./mask.ts";
import { maskCode, type MaskOptions, sampleMask } from "./mask_code.ts";

/** A corrupted image, 0-1, and a corrupted segmentation as logits; by which codes are masked. */
export interface HardExamples {
  /** [batch, height, width, channels] */
  readonly image?: Tensor4D;
  /** [batch, height, width, classes] */
  readonly logits?: Tensor4D;
}

/** Which codes are masked, and how each. */
export interface HardExampleOptions {
  /** The codes that are masked. */
  readonly maskScope: readonly (keyof LatentCodes)[];
  /**
   * Corrupted images: what the masked code decodes to, as published (the default), or
   * x + D_i(z') - D_i(z), 0-1: the clean image with what the mask changes in its reconstruction.
   */
  readonly hardImages?: "decoded" | "difference";
  /** How the image code is masked. */
  readonly imageMask: MaskOptions;
  /** How the shape code is masked. */
  readonly shapeMask: MaskOptions;
}

/** What the decoders should have made of the codes. */
export interface DecoderTargets {
  /** The clean image, [batch, height, width, channels]. */
  readonly image: Tensor4D;
  /** Labels, int32 [batch, height, width]. */
  readonly labels: Tensor;
  /** What the segmentation is held to; the plain cross-entropy by default. */
  readonly loss?: SegmentationLoss;
}

/** The gradient of the mean squared error of the decoded image by its code. */
export function imageCodeGradient(
  network: DualNetwork,
  code: Tensor4D,
  image: Tensor4D,
): { loss: number; gradient: Tensor4D } {
  const { value, gradients: found } = gradients(
    () => halfSquaredError(network.decodeImage(code, "isolated"), image),
    new Map([["code", code]]),
  );
  // The method's loss here is the plain mean of squares: twice the training term.
  const gradient = tf.tidy(() => tf.mul<Tensor4D>(found.get("code")!, 2));
  found.get("code")!.dispose();
  return { loss: 2 * value, gradient };
}

/** The gradient of the loss of the decoded segmentation by its code. */
export function shapeCodeGradient(
  network: DualNetwork,
  code: Tensor4D,
  labels: Tensor,
  loss?: SegmentationLoss,
): { loss: number; gradient: Tensor4D } {
  const { value, gradients: found } = gradients(
    () => segmentationLoss(network.decodeSegmentation(code, "isolated"), labels, loss),
    new Map([["code", code]]),
  );
  return { loss: value, gradient: found.get("code") as Tensor4D };
}

/** Gradients of the decoders' losses by their codes, where they are known already. */
export type CodeGradients = Partial<LatentCodes>;

/** Which codes' gradients {@linkcode generateHardExamples} will ask for with these streams. */
export function neededCodeGradients(
  method: HardExampleOptions,
  random: RandomStream,
): Readonly<Record<keyof LatentCodes, boolean>> {
  const needed = (which: keyof LatentCodes) =>
    method.maskScope.includes(which) &&
    sampleMask(maskOf(method, which), random.stream("mask", which)).scheme !== "dropout";
  return { image: needed("image"), shape: needed("shape") };
}

const maskOf = (method: HardExampleOptions, which: keyof LatentCodes) =>
  which === "image" ? method.imageMask : method.shapeMask;

/**
 * Masks the codes and decodes them, image code first; nothing of it is differentiated.
 *
 * Scheme and share are drawn once a code for the whole batch. The decoders normalise with batch
 * statistics, and their running statistics stay as they are.
 *
 * @param known The codes' gradients; one that is needed and missing is computed.
 * @param onMask Is told what each code is multiplied by.
 */
export function generateHardExamples(
  network: DualNetwork,
  codes: LatentCodes,
  targets: DecoderTargets,
  method: HardExampleOptions,
  random: RandomStream,
  known: CodeGradients = {},
  onMask: (which: keyof LatentCodes, mask: CodeMask) => void = () => {},
): HardExamples {
  const compute = (which: keyof LatentCodes) =>
    which === "image"
      ? imageCodeGradient(network, codes.image, targets.image).gradient
      : shapeCodeGradient(network, codes.shape, targets.labels, targets.loss).gradient;
  const masked = (which: keyof LatentCodes) => {
    const config = maskOf(method, which), stream = random.stream("mask", which);
    const read = () => {
      const gradient = known[which] ?? compute(which);
      const values = gradient.dataSync() as Float32Array;
      if (gradient !== known[which]) gradient.dispose();
      return values;
    };
    const parameters = sampleMask(config, stream);
    return maskCode(
      codes[which],
      read,
      parameters,
      config,
      stream,
      (mask) => onMask(which, mask),
    );
  };
  const decode = (code: Tensor4D) => network.decodeImage(code, "isolated");
  const image = method.maskScope.includes("image") &&
    tf.tidy(() => {
      const decoded = decode(masked("image"));
      if (method.hardImages !== "difference") return decoded;
      const change = tf.sub<Tensor4D>(decoded, decode(codes.image));
      return tf.clipByValue<Tensor4D>(tf.add<Tensor4D>(targets.image, change), 0, 1);
    });
  const logits = method.maskScope.includes("shape") &&
    tf.tidy(() => network.decodeSegmentation(masked("shape"), "isolated"));
  return { ...(image && { image }), ...(logits && { logits }) };
}
