/** What a forward pass needs beside its input: the parameters, and how batch normalisations act. */
import {
  type Activation,
  convolution,
  type FormName,
  type Normalisation,
  readBehind,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tf,
} from "../../../wasm/mod.ts";
import type { FoldedWeights } from "./folded_weights.ts";
import type { Parameters } from "./parameters.ts";

/** How batch normalisations act in a pass. */
export type BatchNormMode =
  /** Batch statistics; running statistics follow them; gamma and beta learn. */
  | "train"
  /** Batch statistics; nothing follows them, and gamma and beta get no gradient. */
  | "isolated"
  /** Running statistics. */
  | "evaluate";

/** Share of a batch in the running statistics. */
const MOMENTUM = 0.1;

/** A map that has yet to be normalised, with its statistics. */
export interface RawMap {
  readonly y: Tensor4D;
  readonly statistics: Tensor2D;
}

/** One module's view of the parameters: names below a prefix, in one mode. */
export class Pass {
  readonly mode: BatchNormMode;
  readonly #parameters: Parameters;
  readonly #prefix: string;
  readonly #folded: FoldedWeights | undefined;

  /** @param folded What takes the place of parameters in a pass whose mode is `evaluate`. */
  constructor(
    parameters: Parameters,
    prefix: string,
    mode: BatchNormMode,
    folded?: FoldedWeights | undefined,
  ) {
    this.#parameters = parameters;
    this.#prefix = prefix;
    this.#folded = mode === "evaluate" ? folded : undefined;
    this.mode = mode;
  }

  /** Whether batch normalisations are folded into the convolutions before them. */
  get isFolded(): boolean {
    return this.#folded !== undefined;
  }

  /** The same pass one level deeper. */
  at(name: string): Pass {
    return new Pass(this.#parameters, `${this.#prefix}${name}.`, this.mode, this.#folded);
  }

  #weight(name: string) {
    const tensor = this.#parameters.weights.get(this.#prefix + name);
    if (!tensor) throw new TypeError(`The network has no parameter ${this.#prefix}${name}`);
    return tensor;
  }

  /**
   * The convolution `name`, of x or of the activated map of a batch normalisation.
   *
   * @param statistics Whether a batch normalisation follows.
   */
  convolve(
    name: string,
    form: FormName,
    x: Tensor4D,
    options: { normalisation?: Normalisation; statistics?: boolean } = {},
  ): RawMap {
    return convolution({
      x,
      normalisation: options.normalisation,
      filter: this.#weight(`${name}.weight`) as Tensor4D,
      bias: this.#weight(`${name}.bias`) as Tensor1D,
      form,
      statistics: (options.statistics ?? false) && this.mode !== "evaluate",
    });
  }

  /** The convolution `name` that no batch normalisation follows. */
  plain(name: string, form: FormName, x: Tensor4D): Tensor4D {
    const folded = this.#folded?.convolution(this.#prefix + name, form);
    return folded ? folded.apply(x) : this.convolve(name, form, x).y;
  }

  /** The convolution `name` of a folded pass, with the batch normalisation and activation behind it. */
  activated(name: string, norm: string, form: FormName, x: Tensor4D, by: Activation): Tensor4D {
    const at = this.#prefix;
    return this.#folded!.convolution(at + name, form, at + norm).apply(x, by);
  }

  /** Frees a map that nothing later needs, if no way back does: in a folded pass. */
  done(map: Tensor4D): void {
    if (this.#folded) map.dispose();
  }

  /** The batch normalisation `name` of a map, followed by an activation of this slope. */
  normalise(name: string, map: RawMap, slope: number): Normalisation {
    const mean = this.#parameters.buffers.get(`${this.#prefix}${name}.running_mean`)!;
    const variance = this.#parameters.buffers.get(`${this.#prefix}${name}.running_var`)!;
    const common = {
      gamma: this.#weight(`${name}.weight`) as Tensor1D,
      beta: this.#weight(`${name}.bias`) as Tensor1D,
      slope,
    };
    if (this.mode === "evaluate") {
      const statistics = tf.tensor2d([...mean, ...variance], [2, mean.length]);
      return { ...common, statistics, training: false, frozen: true };
    }
    if (this.mode === "train") follow(mean, variance, map);
    return {
      ...common,
      statistics: map.statistics,
      training: true,
      frozen: this.mode === "isolated",
    };
  }
}

/** Moves running statistics towards a batch's; the variance unbiased, as PyTorch does. */
function follow(mean: Float32Array, variance: Float32Array, map: RawMap): void {
  const channels = mean.length;
  const count = map.y.size / channels;
  const unbiased = count > 1 ? count / (count - 1) : 1;
  readBehind(map.statistics, (statistics) => {
    for (let c = 0; c < channels; c++) {
      mean[c] = (1 - MOMENTUM) * mean[c]! + MOMENTUM * statistics[c]!;
      variance[c] = (1 - MOMENTUM) * variance[c]! +
        MOMENTUM * statistics[channels + c]! * unbiased;
    }
  });
}
