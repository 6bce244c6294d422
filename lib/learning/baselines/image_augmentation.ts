import type { StepInputs } from "../latent/step_inputs.ts";
import type { DualNetwork } from "../models/dual_network.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import type { Tensor4D } from "../../../wasm/mod.ts";

/** A prediction that the one on a changed image is held to. */
export interface Consistency {
  /** Class probabilities of the other prediction, [batch, height, width, classes]; a constant. */
  readonly target: Float32Array;
  /** `from-target`: KL(target || prediction); `to-target`: KL(prediction || target). */
  readonly divergence: "from-target" | "to-target";
  /** Factor of the mean divergence over pixels, 0 or more. */
  readonly weight: number;
  /** Factor of the mean squared difference of the class contours, 0 or more. */
  readonly contourWeight: number;
  /**
   * Labels of the pixels, [batch, height, width]: those that are ignored are held to nothing.
   * Without it all pixels are held to the target.
   */
  readonly labels?: Int32Array;
}

/** A batch of changed images, and what is to be learnt from them. */
export interface AugmentedImages {
  /** [batch, height, width, channels], 0-1; the caller's to free. */
  readonly image: Tensor4D;
  /** Factor of their supervised losses: those of L_hard for a corrupted image. */
  readonly weight: number;
  /** What predictions of both images are held to; absent where they are held to labels alone. */
  readonly consistency?: Consistency;
}

/**
 * Changes the images of a batch; nothing of it is differentiated, and no weight and no running
 * statistic changes.
 *
 * @param inputs The batch; what is changed is `noisyImage`, what standard training sees.
 * @param random Gives every draw; the same stream gives the same images.
 * @returns One batch or more, of as many images each as `inputs` holds.
 */
export type AugmentImages = (
  network: DualNetwork,
  inputs: StepInputs,
  random: RandomStream,
) => AugmentedImages[];
