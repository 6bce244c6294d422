/** Masks a latent code by one of the schemes: dropout, or targeted at channels or positions. */
import { type Tensor4D, tf } from "../../../wasm/mod.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import { type CodeMask, dropoutMask, targetedMask } from "./mask.ts";
import { type MaskAxis, scoreEntries, type ScoreName } from "./score.ts";

/** How the masks of one code are made. */
export interface MaskOptions {
  /** How entries of the code are chosen; `random` draws one of the other three a step. */
  readonly scheme: "random" | "dropout" | "spatial" | "channel";
  /** Largest share of the code that is masked, 0 to below 1. */
  readonly maxThreshold: number;
  /** Draw the share from 0 to `maxThreshold` each step, or always take `maxThreshold`. */
  readonly randomThreshold: boolean;
  /** Multiply masked entries by a draw from 0 to 0.5, or by 0. */
  readonly soft: boolean;
  /** What makes an entry worth masking. */
  readonly score: ScoreName;
}

/** How one step masks one code: plain JSON, drawn once for the whole batch. */
export interface MaskParameters {
  /** How entries of the code are chosen. */
  readonly scheme: "dropout" | "spatial" | "channel";
  /** Share of the entries that is masked; the probability of dropout. */
  readonly share: number;
}

/**
 * Draws scheme and share. Dropout always takes `maxThreshold`, as in the authors' code.
 */
export function sampleMask(config: MaskOptions, random: RandomStream): MaskParameters {
  const drawn = random.choice(["dropout", "spatial", "channel"] as const);
  const share = random.uniform(0, config.maxThreshold);
  const scheme = config.scheme === "random" ? drawn : config.scheme;
  const fixed = scheme === "dropout" || !config.randomThreshold;
  return { scheme, share: fixed ? config.maxThreshold : share };
}

/**
 * The masked code.
 *
 * @param code [batch, h, w, channels], detached.
 * @param gradient Gives the gradient of the decoder's loss by the code; called only where the
 * scheme needs it.
 * @param onMask Is told what the code is multiplied by.
 * @returns A new tensor of the code's shape.
 */
export function maskCode(
  code: Tensor4D,
  gradient: () => Float32Array,
  parameters: MaskParameters,
  config: MaskOptions,
  random: RandomStream,
  onMask: (mask: CodeMask) => void = () => {},
): Tensor4D {
  const [batch, height, width, channels] = code.shape;
  const { scheme, share } = parameters;
  const multiply = (mask: Float32Array, maskShape: [number, number, number, number]) => {
    onMask({ scheme, values: mask, shape: maskShape });
    return tf.tidy(() => tf.mul<Tensor4D>(code, tf.tensor4d(mask, maskShape)));
  };
  if (scheme === "dropout") {
    return multiply(dropoutMask(batch, channels, share, random), [batch, 1, 1, channels]);
  }
  const axis: MaskAxis = scheme;
  const shape = { batch, positions: height * width, channels };
  const values = code.dataSync() as Float32Array;
  const scores = scoreEntries(gradient(), values, shape, axis, config.score, random);
  const mask = targetedMask(scores, batch, share, config.soft, random);
  return multiply(mask, axis === "channel" ? [batch, 1, 1, channels] : [batch, height, width, 1]);
}
