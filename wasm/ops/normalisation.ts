/**
 * Batch normalisation as two numbers a channel: y = x * scale + shift, with
 * scale = gamma / sqrt(variance + epsilon) and shift = beta - mean * scale.
 */
import type { Tensor1D, Tensor2D, TensorInfo } from "../deps/tfjs.ts";
import type { ArgumentsOf, KERNELS } from "../kernel_arguments.ts";
import { SUMS_BYTES } from "../kernels/sizes.ts";
import { pointerOf, runtime } from "../runtime.ts";

/** Added to the variance (PyTorch's default). */
export const EPSILON = 1e-5;

/** How a map is normalised and activated when it is read. */
export interface Normalisation {
  /** [2, channels]: mean and (biased) variance. Of the map itself in training. */
  readonly statistics: Tensor2D;
  /** [channels] */
  readonly gamma: Tensor1D;
  /** [channels] */
  readonly beta: Tensor1D;
  /** Slope of the activation below zero, 0 to 1: 0.2 LeakyReLU, 0 ReLU, 1 none. */
  readonly slope: number;
  /** The statistics are the map's own (training), so that gradients go through them too. */
  readonly training: boolean;
  /** gamma and beta get no gradient. */
  readonly frozen: boolean;
}

/** @throws {RangeError} If the slope is out of range: the kernels take the larger of v and slope v. */
export function checkSlope(operator: string, { slope }: Pick<Normalisation, "slope">): void {
  if (!(slope >= 0 && slope <= 1)) {
    throw new RangeError(`Cannot ${operator}: slope is ${slope}, wanted 0 to 1`);
  }
}

/** What travels in a kernel's attributes. */
export type NormalisationAttributes = Pick<Normalisation, "slope" | "training" | "frozen">;

/** The tensors of a normalisation as they lie on the heap. */
export interface NormalisationTensors {
  readonly statistics: TensorInfo;
  readonly gamma: TensorInfo;
  readonly beta: TensorInfo;
}

/** Puts scale and shift on the heap for the time of `use`. */
export function withScaleAndShift<T>(
  tensors: NormalisationTensors | undefined,
  channels: number,
  use: (scale: number, shift: number) => T,
): T {
  const { heap } = runtime();
  const stride = (channels * 4 + 31) & ~15;
  return heap.withBytes(2 * stride, (pointer) => {
    const scale = heap.floats(pointer, channels), shift = heap.floats(pointer + stride, channels);
    if (tensors) {
      const statistics = heap.floats(pointerOf(tensors.statistics), 2 * channels);
      const gamma = heap.floats(pointerOf(tensors.gamma), channels);
      const beta = heap.floats(pointerOf(tensors.beta), channels);
      for (let c = 0; c < channels; c++) {
        // Rounded before it makes the shift, so that both are off by the same share and x near the
        // mean still comes out exact.
        const factor = Math.fround(gamma[c]! / Math.sqrt(statistics[channels + c]! + EPSILON));
        scale[c] = factor;
        shift[c] = beta[c]! - statistics[c]! * factor;
      }
    } else {
      scale.fill(1);
      shift.fill(0);
    }
    return use(pointer, pointer + stride);
  });
}

/** Rows a chunk of a map of [rows, width, channels] takes: about 64 KiB, an even number. */
export function rowsPerChunk(width: number, channels: number): number {
  return Math.max(2, Math.floor(16384 / (width * channels)) & ~1);
}

/** The pointers of a backward pass; 0 for what is not there. */
export interface BackwardPointers {
  /** Incoming gradient. */
  readonly d: number;
  /** The map as it was before normalisation. */
  readonly x: number;
  /** The activated map, if the activation's sign cannot be had from x alone. */
  readonly out: number;
  /** Where the gradient of x goes; may be `d`. */
  readonly dx: number;
  /** Where the gradient of the skip map goes. */
  readonly dskip: number;
  /** The skip map has half the size. */
  readonly doubled: boolean;
}

/**
 * Back through activation and normalisation: writes dx (and dskip) and returns the gradients of
 * gamma and beta.
 *
 * With m pixels and xhat = (x - mean) / deviation, in training
 * dx = scale * (g - sum(g) / m - xhat * sum(g * xhat) / m), Ioffe and Szegedy 2015, section 3.
 */
export function backThroughNormalisation(
  shape: readonly [number, number, number, number],
  tensors: NormalisationTensors | undefined,
  attributes: NormalisationAttributes,
  pointers: BackwardPointers,
): { gamma: Float32Array; beta: Float32Array } {
  const { heap, pool } = runtime();
  const [n, height, width, channels] = shape;
  const rows = n * height, bandRows = rowsPerChunk(width, channels);
  const chunks = Math.ceil(rows / bandRows);
  return withScaleAndShift(tensors, channels, (scale, shift) => {
    const gamma = new Float32Array(channels), beta = new Float32Array(channels);
    const coefficients = { a: new Float32Array(channels), b: gamma.slice(), c: gamma.slice() };
    coefficients.a.set(heap.floats(scale, channels));
    const { d, x, out, dx, dskip, doubled } = pointers, { slope } = attributes;
    const back = { d, x, out, rows, width, channels, bandRows, scale, shift, slope };
    if (tensors) {
      const sums = sumGradient(back, chunks);
      const statistics = heap.floats(pointerOf(tensors.statistics), 2 * channels);
      for (let c = 0; c < channels; c++) {
        const mean = statistics[c]!;
        const inverse = 1 / Math.sqrt(statistics[channels + c]! + EPSILON);
        const withX = (sums[channels + c]! - mean * sums[c]!) * inverse;
        gamma[c] = withX;
        beta[c] = sums[c]!;
        if (!attributes.training) continue;
        const m = rows * width, factor = coefficients.a[c]!;
        coefficients.b[c] = -factor * inverse * withX / m;
        // From the rounded factors, so that dx sums to zero as it should.
        coefficients.c[c] = -(factor * sums[c]! / m + coefficients.b[c]! * mean);
      }
    }
    const stride = (channels * 4 + 31) & ~15;
    heap.withBytes(3 * stride, (at) => {
      heap.floats(at, channels).set(coefficients.a);
      heap.floats(at + stride, channels).set(coefficients.b);
      heap.floats(at + 2 * stride, channels).set(coefficients.c);
      const coefficientsAt = { ga: at, gb: at + stride, gc: at + 2 * stride };
      pool.run("normaliseBackward", chunks, { ...back, ...coefficientsAt, dx, dskip, doubled });
    });
    return { gamma, beta };
  });
}

/** Each channel's sum of g, then each channel's sum of g * x. */
function sumGradient(
  back: Omit<ArgumentsOf<typeof KERNELS.normaliseSums>, "sums" | "scratch">,
  chunks: number,
): Float64Array {
  const { heap, pool } = runtime(), { channels } = back;
  const scratch = heap.scratch(SUMS_BYTES * pool.threads);
  return heap.withBytes(chunks * 2 * channels * 8, (sums) => {
    pool.run("normaliseSums", chunks, { ...back, sums, scratch });
    return addRows(heap.doubles(sums, chunks * 2 * channels), chunks, 2 * channels);
  });
}

/** The sum of the rows of [rows, columns], in order. */
export function addRows(values: Float64Array, rows: number, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) sums[c]! += values[at++]!;
  }
  return sums;
}
