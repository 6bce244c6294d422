/**
 * The convolution that the networks are made of, fused with what stands around it: normalisation
 * and activation of its input before, bias and the output's statistics behind.
 *
 * y = bias + W * act(normalise(x)), W one of the forms of {@linkcode FormName}. The normalised map
 * is made a band at a time and never stored, neither forward nor back; of each layer only the
 * convolution's own output lives on.
 */
import { tf } from "../deps/tfjs.ts";
import type { Tensor, Tensor1D, Tensor2D, Tensor4D, TensorInfo } from "../deps/tfjs.ts";
import { makeOutput, pointerOf, runtime } from "../runtime.ts";
import { type FormName, namedForm } from "./convolution/form.ts";
import { convolveBackward, convolveForward, filterGradient } from "./convolution/run.ts";
import { KERNEL_NAMES } from "./kernel_names.ts";
import {
  addRows,
  backThroughNormalisation,
  checkSlope,
  type Normalisation,
  type NormalisationAttributes,
  type NormalisationTensors,
  rowsPerChunk,
  withScaleAndShift,
} from "./normalisation.ts";
import { zeroGradient } from "./go_back.ts";
import { overrideGradient, overrideKernel } from "./override.ts";
import { release } from "./release.ts";

type Shape4 = [number, number, number, number];

/** What {@linkcode convolution} takes. */
export interface ConvolutionOptions {
  /** [batch, height, width, ci] */
  readonly x: Tensor4D;
  /** How x is normalised and activated while it is read; not at all by default. */
  readonly normalisation?: Normalisation | undefined;
  /** [size, size, ci, co]; for `transposed` [2, 2, co, ci]. */
  readonly filter: Tensor4D;
  /** [co] */
  readonly bias: Tensor1D;
  /** Which linear map; see {@linkcode namedForm}. */
  readonly form: FormName;
  /**
   * The output will be normalised with its own statistics: they are computed on the way, and the
   * bias gets a gradient of exactly zero, since a normalisation takes it out again.
   */
  readonly statistics: boolean;
}

/** What {@linkcode convolution} gives. */
export interface ConvolutionResult {
  /** [batch, height', width', co] */
  readonly y: Tensor4D;
  /** [2, co]: mean and biased variance of y over batch, height and width; zeros if not asked for. */
  readonly statistics: Tensor2D;
}

interface Attributes extends NormalisationAttributes {
  readonly form: FormName;
  readonly wantStatistics: boolean;
}

// Two names, because tfjs wants every input that a gradient saves to be there.
const { convolution: PLAIN, normalisedConvolution: NORMALISED } = KERNEL_NAMES;

/**
 * The fused convolution; differentiable in x, filter, bias, gamma and beta.
 *
 * @throws {TypeError} If shapes do not fit together.
 * @throws {RangeError} If the normalisation's slope is not 0 to 1.
 */
export function convolution(options: ConvolutionOptions): ConvolutionResult {
  const { x, normalisation, filter, bias, form, statistics } = options;
  if (normalisation) checkSlope("convolve", normalisation);
  const inputs: Record<string, Tensor> = {
    ...(normalisation && {
      statistics: normalisation.statistics,
      gamma: normalisation.gamma,
      beta: normalisation.beta,
    }),
    bias,
    filter,
    // Last, because its gradient is asked for last, after which everything can be released.
    x,
  };
  const attributes: Attributes = {
    form,
    wantStatistics: statistics,
    slope: normalisation?.slope ?? 1,
    training: normalisation?.training ?? false,
    frozen: normalisation?.frozen ?? true,
  };
  const [y, outStatistics] = tf.engine().runKernel(
    normalisation ? NORMALISED : PLAIN,
    inputs as never,
    attributes as never,
  ) as unknown as [Tensor4D, Tensor2D];
  return { y, statistics: outStatistics };
}

function tensorsOf(inputs: Record<string, TensorInfo>): NormalisationTensors | undefined {
  const { statistics, gamma, beta } = inputs;
  return statistics && gamma && beta ? { statistics, gamma, beta } : undefined;
}

/** Registers the operator and its gradient. */
export function registerConvolution(): void {
  register(PLAIN, ["x", "filter"]);
  register(NORMALISED, ["x", "filter", "statistics", "gamma", "beta"]);
}

function register(kernelName: string, inputsToSave: string[]): void {
  overrideKernel(kernelName, ({ inputs, attrs }) => {
    const { x, filter, bias } = inputs as Record<"x" | "filter" | "bias", TensorInfo>;
    const { form: name, wantStatistics, slope } = attrs as unknown as Attributes;
    const form = namedForm(name, x.shape as Shape4, filter.shape as Shape4);
    const y = makeOutput(form.outShape), channels = form.outShape[3];
    const normalisation = tensorsOf(inputs);
    const pointers = {
      x: pointerOf(x),
      filter: pointerOf(filter),
      bias: pointerOf(bias),
      y: pointerOf(y),
    };
    const sums = normalisation
      ? withScaleAndShift(
        normalisation,
        x.shape[3]!,
        (scale, shift) => convolveForward(form, pointers, { scale, shift, slope }, wantStatistics),
      )
      : convolveForward(form, pointers, undefined, wantStatistics);
    const statistics = makeOutput([2, channels]);
    const values = runtime().heap.floats(pointerOf(statistics), 2 * channels).fill(0);
    if (sums) {
      const count = tf.util.sizeFromShape([...form.outShape]) / channels;
      for (let c = 0; c < channels; c++) {
        const mean = sums.sum[c]! / count;
        values[c] = mean;
        values[channels + c] = Math.max(0, sums.squares[c]! / count - mean * mean);
      }
    }
    return [y, statistics];
  });

  overrideGradient({
    kernelName,
    inputsToSave,
    gradFunc: (dys, saved, attrs) => {
      const dy = (dys as Tensor[])[0] as Tensor4D;
      const [x, filter, statistics, gamma, beta] = saved as [
        Tensor4D,
        Tensor4D,
        Tensor2D?,
        Tensor1D?,
        Tensor1D?,
      ];
      const attributes = attrs as unknown as Attributes;
      const form = namedForm(attributes.form, x.shape, filter.shape);
      const normalisation = statistics && gamma && beta ? { statistics, gamma, beta } : undefined;
      let back: { x: TensorInfo; gamma: Float32Array; beta: Float32Array } | undefined;
      const backward = () => back ??= backToInput();
      function backToInput() {
        const dx = makeOutput(x.shape);
        const d = pointerOf(dx);
        convolveBackward(form, { dy: pointerOf(dy), filter: pointerOf(filter), dx: d });
        if (!normalisation) return { x: dx, gamma: new Float32Array(), beta: new Float32Array() };
        const pointers = { d, x: pointerOf(x), out: 0, dx: d, dskip: 0, doubled: false };
        const sums = backThroughNormalisation(x.shape, normalisation, attributes, pointers);
        return { x: dx, ...sums };
      }
      const affine = (which: "gamma" | "beta") =>
        attributes.frozen ? zeroGradient(gamma!.shape) : () => tf.tensor1d(backward()[which]);
      return {
        ...(normalisation && {
          statistics: zeroGradient(statistics!.shape),
          gamma: affine("gamma"),
          beta: affine("beta"),
        }),
        bias: attributes.wantStatistics
          ? zeroGradient([form.outShape[3]])
          : () => tf.tensor1d(sumOverPixels(dy, form.outShape)),
        filter: () => filterGradientOf(form, x, dy, filter, normalisation, attributes.slope),
        x: () => {
          const { dataId, shape, dtype } = backward().x;
          const dx = tf.engine().makeTensorFromDataId(dataId, shape, dtype);
          release(dy, x, filter, statistics, gamma, beta);
          return dx;
        },
      };
    },
  });
}

function filterGradientOf(
  form: ReturnType<typeof namedForm>,
  x: Tensor4D,
  dy: Tensor4D,
  filter: Tensor4D,
  normalisation: NormalisationTensors | undefined,
  slope: number,
): Tensor {
  const out = makeOutput(filter.shape);
  const pointers = { x: pointerOf(x), dy: pointerOf(dy), dfilter: pointerOf(out) };
  if (normalisation) {
    withScaleAndShift(
      normalisation,
      x.shape[3],
      (scale, shift) => filterGradient(form, pointers, filter.size, { scale, shift, slope }),
    );
  } else {
    filterGradient(form, pointers, filter.size, undefined);
  }
  return tf.engine().makeTensorFromDataId(out.dataId, out.shape, out.dtype);
}

function sumOverPixels(dy: Tensor4D, shape: readonly [number, number, number, number]) {
  const { heap, pool } = runtime();
  const [n, height, width, channels] = shape;
  const bandRows = rowsPerChunk(width, channels), chunks = Math.ceil(n * height / bandRows);
  return heap.withBytes(chunks * channels * 8, (at) => {
    const rows = n * height;
    pool.run("channelSums", chunks, {
      ...{ x: pointerOf(dy), rows, width, channels, bandRows, sums: at },
    });
    return Float32Array.from(addRows(heap.doubles(at, chunks * channels), chunks, channels));
  });
}
