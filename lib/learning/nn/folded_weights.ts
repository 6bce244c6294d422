/** The weights of networks that learn no more, with their batch normalisations folded in. */
import {
  EPSILON,
  FixedConvolution,
  type FormName,
  type Tensor1D,
  type Tensor4D,
  tf,
} from "../../../wasm/mod.ts";
import type { Parameters } from "./parameters.ts";

/**
 * Convolutions with what the running statistics behind them make of them: W x + b, normalised, is
 * (s W) x + s (b - mean) + beta with s = gamma / sqrt(variance + epsilon). Each is made when it is first
 * asked for; parameters must not change afterwards.
 */
export class FoldedWeights {
  readonly #parameters: Parameters;
  readonly #made = new Map<string, FixedConvolution>();

  constructor(parameters: Parameters) {
    this.#parameters = parameters;
  }

  /**
   * A convolution by the name of its parameters.
   *
   * @param norm The batch normalisation behind it, where there is one.
   */
  convolution(name: string, form: FormName, norm?: string): FixedConvolution {
    const known = this.#made.get(name);
    if (known) return known;
    const { weights } = this.#parameters;
    const filter = weights.get(`${name}.weight`), bias = weights.get(`${name}.bias`);
    if (!filter || !bias) throw new TypeError(`The network has no convolution ${name}`);
    const made = norm === undefined
      ? new FixedConvolution(form, filter.clone() as Tensor4D, bias.clone() as Tensor1D)
      : this.#fold(form, filter as Tensor4D, bias as Tensor1D, norm);
    this.#made.set(name, made);
    return made;
  }

  #fold(form: FormName, filter: Tensor4D, bias: Tensor1D, norm: string): FixedConvolution {
    const { weights, buffers } = this.#parameters;
    const valuesOf = (part: string) => weights.get(`${norm}.${part}`)!.dataSync();
    const gamma = valuesOf("weight"), beta = valuesOf("bias");
    const mean = buffers.get(`${norm}.running_mean`)!;
    const variance = buffers.get(`${norm}.running_var`)!;
    const scale = Float64Array.from(gamma, (g, c) => g / Math.sqrt(variance[c]! + EPSILON));
    const folded = Float32Array.from(filter.dataSync(), (w, n) => w * scale[n % scale.length]!);
    const shifted = Float32Array.from(
      bias.dataSync(),
      (b, c) => (b - mean[c]!) * scale[c]! + beta[c]!,
    );
    return new FixedConvolution(form, tf.tensor4d(folded, filter.shape), tf.tensor1d(shifted));
  }

  /** Gives the memory back. */
  dispose(): void {
    for (const made of this.#made.values()) made.dispose();
    this.#made.clear();
  }
}
