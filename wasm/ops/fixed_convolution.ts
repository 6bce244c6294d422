/**
 * Convolutions whose weights stay the same: what can be made of these alone is made once and kept, and
 * the activation behind, with what a block joins, is done while the outputs are written. For segmenting;
 * there is no gradient.
 */
import { tf } from "../deps/tfjs.ts";
import type { Tensor, Tensor1D, Tensor4D, TensorInfo } from "../deps/tfjs.ts";
import { makeOutput, pointerOf } from "../runtime.ts";
import { type FormName, namedForm } from "./convolution/form.ts";
import { convolveFixed, transformedSize, transformFilter } from "./convolution/run.ts";
import { overrideKernel } from "./override.ts";
import { isDoubled } from "./skip_shape.ts";

type Shape4 = [number, number, number, number];

const FIXED = "TandemFixedConvolution";

/** Whether the backend that runs has fixed convolutions; WASM alone does. */
export function hasFixedConvolutions(): boolean {
  return tf.getKernel(FIXED, tf.getBackend()) !== undefined;
}

/** What follows a convolution. */
export interface Activation {
  /** Below zero, 0 to 1: 0.2 LeakyReLU, 0 ReLU, 1 none. */
  readonly slope: number;
  /** Added before; of the output's shape, or of half its height and width, then doubled. */
  readonly skip?: Tensor4D | undefined;
}

/** Weights of one convolution, which must not change as long as this is used. */
export class FixedConvolution {
  readonly #form: FormName;
  readonly #filter: Tensor4D;
  readonly #bias: Tensor1D;
  /** The filter as Winograd's algorithm wants it; made when it is first used. */
  #packed: Tensor1D | undefined;

  /** Takes the tensors over; shapes as for `convolution`. */
  constructor(form: FormName, filter: Tensor4D, bias: Tensor1D) {
    this.#form = form;
    this.#filter = tf.keep(filter);
    this.#bias = tf.keep(bias);
  }

  /**
   * act(convolution(x) + bias + skip), or without an activation the convolution alone.
   *
   * @param x [batch, height, width, ci]
   * @returns [batch, height', width', co]
   * @throws {TypeError} If shapes do not fit together.
   * @throws {RangeError} If the slope is not 0 to 1.
   */
  apply(x: Tensor4D, activation?: Activation): Tensor4D {
    if (activation !== undefined && !(activation.slope >= 0 && activation.slope <= 1)) {
      throw new RangeError(`Cannot convolve: slope is ${activation.slope}, wanted 0 to 1`);
    }
    const form = namedForm(this.#form, x.shape, this.#filter.shape), size = transformedSize(form);
    if (size > 0 && this.#packed === undefined) {
      const packed = makeOutput([size]);
      transformFilter(form, pointerOf(this.#filter), pointerOf(packed));
      const { dataId, shape, dtype } = packed;
      this.#packed = tf.keep(tf.engine().makeTensorFromDataId(dataId, shape, dtype)) as Tensor1D;
    }
    const inputs: Record<string, Tensor> = {
      ...{ x, filter: this.#filter, bias: this.#bias },
      ...size > 0 && { packed: this.#packed! },
      ...activation?.skip && { skip: activation.skip },
    };
    const attributes = { form: this.#form, slope: activation?.slope };
    return tf.engine().runKernel(FIXED, inputs as never, attributes as never) as Tensor4D;
  }

  /** Gives the memory back. */
  dispose(): void {
    this.#filter.dispose();
    this.#bias.dispose();
    this.#packed?.dispose();
  }
}

/** Registers the operator. */
export function registerFixedConvolution(): void {
  overrideKernel(FIXED, ({ inputs, attrs }) => {
    const { x, filter, bias } = inputs as Record<"x" | "filter" | "bias", TensorInfo>;
    const { packed, skip } = inputs as { packed?: TensorInfo; skip?: TensorInfo };
    const { form: name, slope } = attrs as { form: FormName; slope?: number };
    const form = namedForm(name, x.shape as Shape4, filter.shape as Shape4);
    const doubled = isDoubled("convolve", form.outShape, skip?.shape);
    const y = makeOutput(form.outShape);
    const pointers = {
      ...{ x: pointerOf(x), filter: pointerOf(filter), bias: pointerOf(bias), y: pointerOf(y) },
      packed: packed ? pointerOf(packed) : 0,
    };
    const epilogue = { slope: slope ?? 1, skip: skip ? pointerOf(skip) : 0, doubled };
    convolveFixed(form, pointers, slope === undefined ? undefined : epilogue);
    return y;
  });
}
