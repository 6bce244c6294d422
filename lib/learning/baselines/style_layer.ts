import { type Tensor, type Tensor4D, tf } from "../../../wasm/mod.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import {
  type MapShape,
  spreadOf,
  type Style,
  styleGradients,
  styleOf,
  withStyle,
} from "./style.ts";

/** How the style of a batch of maps begins: plain JSON. */
export interface StyleParameters {
  /** The map that each one's style is mixed with, 0 to batch - 1; [batch]. */
  readonly partners: readonly number[];
  /** Share of the partner's style in each, 0-1; [batch]. */
  readonly mix: readonly number[];
  /** Added to the means, in units of their spread over the batch, [batch, channels]. */
  readonly meanNoise: readonly number[];
  /** The same for the deviations. */
  readonly deviationNoise: readonly number[];
}

/**
 * Draws a style for a batch of at least two: partners by a permutation that is not the identity,
 * shares uniform in 0-1, noise standard normal (MaxStyle: Chen et al., MICCAI 2022).
 *
 * @param channels Of the maps that get the style.
 * @throws {RangeError} If the batch is less than 2.
 */
export function sampleStyle(
  batch: number,
  channels: number,
  random: RandomStream,
): StyleParameters {
  if (batch < 2) {
    throw new RangeError(`Cannot mix styles: the batch is ${batch}, wanted at least 2`);
  }
  const own = Array.from({ length: batch }, (_, b) => b);
  let partners = random.shuffled(own);
  while (partners.every((partner, b) => partner === b)) partners = random.shuffled(own);
  const noise = () => Array.from({ length: batch * channels }, () => random.normal());
  return {
    partners,
    mix: own.map(() => random.uniform()),
    meanNoise: noise(),
    deviationNoise: noise(),
  };
}

/** A place in a decoder where maps get another style, which can be learnt. */
export class StyleLayer {
  /** What is learnt, by name: `mix` [batch], `meanNoise` and `deviationNoise` [batch * channels]. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly #partners: readonly number[];
  #spread?: Style;

  /** Takes a drawn style as the first one. The tensors are to be freed by `dispose`. */
  constructor({ partners, ...learnt }: StyleParameters) {
    this.#partners = partners;
    this.tensors = new Map(
      Object.entries(learnt).map(([name, values]) => [name, tf.keep(tf.tensor1d([...values]))]),
    );
  }

  /**
   * The maps, [batch, height, width, channels], with the composed style; differentiable in the maps
   * and in the layer's tensors. The maps' own statistics count as constant, and the spread of the
   * statistics stays that of the first call, both as in the authors' code.
   */
  apply(maps: Tensor4D): Tensor4D {
    const [batch, height, width, channels] = maps.shape;
    const shape = { batch, pixels: height * width, channels };
    const learnt = ["mix", "meanNoise", "deviationNoise"].map((name) => this.tensors.get(name)!);
    const compose = tf.customGrad((...inputs) => {
      const [values, mix, ...noises] = (inputs.slice(0, 4) as Tensor[])
        .map((input) => input.dataSync() as Float32Array);
      const from = styleOf(values!, shape);
      this.#spread ??= spreadOf(from, batch);
      const to = this.#compose(from, mix!, { mean: noises[0]!, deviation: noises[1]! }, shape);
      return {
        value: tf.tensor4d(withStyle(values!, shape, from, to), maps.shape),
        gradFunc: (dy: Tensor) => {
          const dys = dy.dataSync() as Float32Array;
          const found = styleGradients(dys, values!, shape, from, to);
          return [
            tf.tensor4d(found.maps, maps.shape),
            ...this.#backThroughComposition(found.to, from, mix!, shape),
          ];
        },
      };
    });
    return compose(maps, ...learnt) as Tensor4D;
  }

  /** (1 - mix) own + mix partner's + noise spread, of means and deviations alike. */
  #compose(
    from: Style,
    mix: Float32Array,
    noise: { mean: Float32Array; deviation: Float32Array },
    { channels }: MapShape,
  ): Style {
    const of = (name: keyof Style) =>
      from[name].map((own, n) => {
        const b = Math.floor(n / channels), c = n % channels;
        const other = from[name][this.#partners[b]! * channels + c]!;
        const share = Math.min(1, Math.max(0, mix[b]!));
        return own + share * (other - own) + noise[name][n]! * this.#spread![name][c]!;
      });
    return { mean: of("mean"), deviation: of("deviation") };
  }

  /** The gradients by mix and both noises; the clamped mix has none beyond 0-1. */
  #backThroughComposition(
    by: Style,
    from: Style,
    mix: Float32Array,
    { channels }: MapShape,
  ): Tensor[] {
    const byMix = new Float32Array(mix.length);
    const byNoise = (name: keyof Style) =>
      Float32Array.from(by[name], (slope, n) => {
        const b = Math.floor(n / channels), c = n % channels;
        const other = from[name][this.#partners[b]! * channels + c]!;
        if (mix[b]! >= 0 && mix[b]! <= 1) byMix[b]! += slope * (other - from[name][n]!);
        return slope * this.#spread![name][c]!;
      });
    const noises = [byNoise("mean"), byNoise("deviation")];
    return [byMix, ...noises].map((values) => tf.tensor1d(values));
  }

  /** Gives the memory back. */
  dispose(): void {
    tf.dispose([...this.tensors.values()]);
  }
}
