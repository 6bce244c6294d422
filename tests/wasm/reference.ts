/** The networks' operators in float64, as plain as they can be written: oracle of the gradients. */
import { RandomStream } from "../../lib/base/random/random_stream.ts";
import type { FormName } from "../../wasm/mod.ts";

export type Shape4 = [number, number, number, number];

/** A map [batch, height, width, channels] or a filter. */
export interface Map4 {
  readonly shape: Shape4;
  readonly data: Float64Array;
}

export const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** Values in [low, high) that float32 holds exactly. */
export function randomValues(name: string, size: number, low = -1, high = 1): Float32Array {
  const stream = RandomStream.fromSeed(1).stream(name);
  return Float32Array.from({ length: size }, () => stream.uniform(low, high));
}

/** A random map. */
export function randomMap(name: string, shape: Shape4): Map4 {
  return { shape, data: Float64Array.from(randomValues(name, sizeOf(shape))) };
}

/** Each pixel twice as wide and high. */
export function doubled({ shape: [n, h, w, c], data }: Map4): Map4 {
  const shape: Shape4 = [n, 2 * h, 2 * w, c], out = new Float64Array(4 * data.length);
  for (let i = 0; i < out.length; i++) {
    const channel = i % c, x = Math.floor(i / c) % (2 * w), y = Math.floor(i / c / 2 / w);
    out[i] = data[((y >> 1) * w + (x >> 1)) * c + channel]!;
  }
  return { shape, data: out };
}

/** A convolution with zero padding `pad` on all sides; filter [size, size, ci, co]. */
function convolved(x: Map4, filter: Map4, stride: number, pad: number): Map4 {
  const [n, h, w, ci] = x.shape, [size, , , co] = filter.shape;
  const height = Math.floor((h + 2 * pad - size) / stride) + 1;
  const width = Math.floor((w + 2 * pad - size) / stride) + 1;
  const out = new Float64Array(n * height * width * co);
  let at = 0;
  for (let b = 0; b < n; b++) {
    for (let y = 0; y < height; y++) {
      for (let z = 0; z < width; z++, at += co) {
        for (let r = 0; r < size; r++) {
          for (let q = 0; q < size; q++) {
            const row = y * stride + r - pad, column = z * stride + q - pad;
            if (row < 0 || row >= h || column < 0 || column >= w) continue;
            for (let i = 0; i < ci; i++) {
              const value = x.data[((b * h + row) * w + column) * ci + i]!;
              const from = ((r * size + q) * ci + i) * co;
              for (let o = 0; o < co; o++) out[at + o]! += value * filter.data[from + o]!;
            }
          }
        }
      }
    }
  }
  return { shape: [n, height, width, co], data: out };
}

/** Each input pixel spreads a 2 x 2 block; filter [2, 2, co, ci]. */
function transposed(x: Map4, filter: Map4): Map4 {
  const [n, h, w, ci] = x.shape, co = filter.shape[2];
  const out = new Float64Array(n * 4 * h * w * co);
  for (let b = 0; b < n; b++) {
    for (let y = 0; y < 2 * h; y++) {
      for (let z = 0; z < 2 * w; z++) {
        const from = ((b * h + (y >> 1)) * w + (z >> 1)) * ci;
        for (let o = 0; o < co; o++) {
          const tap = (((y & 1) * 2 + (z & 1)) * co + o) * ci;
          let sum = 0;
          for (let i = 0; i < ci; i++) sum += x.data[from + i]! * filter.data[tap + i]!;
          out[((b * 2 * h + y) * 2 * w + z) * co + o] = sum;
        }
      }
    }
  }
  return { shape: [n, 2 * h, 2 * w, co], data: out };
}

/** Any of the forms, with bias. */
export function convolution(form: FormName, x: Map4, filter: Map4, bias: Float64Array): Map4 {
  const pad = (filter.shape[0] - 1) / 2;
  const out = form === "transposed"
    ? transposed(x, filter)
    : convolved(form === "up" ? doubled(x) : x, filter, form === "down" ? 2 : 1, pad);
  out.data.forEach((value, i) => out.data[i] = value + bias[i % bias.length]!);
  return out;
}

/** [2, channels]: mean and biased variance of a map. */
export function statisticsOf({ shape, data }: Map4): Float64Array {
  const channels = shape[3], pixels = data.length / channels;
  const statistics = new Float64Array(2 * channels);
  data.forEach((value, i) => statistics[i % channels]! += value / pixels);
  data.forEach((value, i) => {
    const c = i % channels;
    statistics[channels + c]! += (value - statistics[c]!) ** 2 / pixels;
  });
  return statistics;
}

/** act(normalise(x) + skip); with its own statistics unless others are given. */
export function join(
  x: Map4,
  gamma: Float64Array,
  beta: Float64Array,
  slope: number,
  statistics = statisticsOf(x),
  skip?: Map4,
): Map4 {
  const channels = x.shape[3];
  const side = skip && skip.shape[1] !== x.shape[1] ? doubled(skip) : skip;
  const data = x.data.map((value, i) => {
    const c = i % channels;
    const scale = gamma[c]! / Math.sqrt(statistics[channels + c]! + 1e-5);
    const v = (value - statistics[c]!) * scale + beta[c]! + (side?.data[i] ?? 0);
    return v > 0 ? v : slope * v;
  });
  return { shape: x.shape, data };
}

/** softmax(logits / temperature) of each pixel. */
export function softmax(logits: Float64Array, classes: number, temperature: number): Float64Array {
  const out = new Float64Array(logits.length);
  for (let at = 0; at < logits.length; at += classes) {
    const part = logits.subarray(at, at + classes).map((value) => value / temperature);
    const top = Math.max(...part);
    const sum = part.reduce((total, value) => total + Math.exp(value - top), 0);
    part.forEach((value, k) => out[at + k] = Math.exp(value - top) / sum);
  }
  return out;
}

/** Sum of the products. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Fails where the largest deviation is more than `tolerance` times the largest wanted value. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  name: string,
): void {
  if (actual.length !== expected.length) {
    throw new Error(`${name}: ${actual.length} values, wanted ${expected.length}`);
  }
  let largest = 0;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i]!));
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(actual[i]! - expected[i]!) <= tolerance * Math.max(largest, 1e-3))) {
      throw new Error(`${name}[${i}] is ${actual[i]}, wanted ${expected[i]} (largest ${largest})`);
    }
  }
}

/**
 * Compares a gradient with central differences of `f`, which sees `values` changed in place; at
 * 40 entries at most, spread evenly.
 */
export function assertGradient(
  gradient: ArrayLike<number>,
  f: () => number,
  values: Float64Array,
  name: string,
  tolerance = 1e-4,
): void {
  const step = 1e-6, stride = Math.max(1, Math.floor(values.length / 40));
  const actual: number[] = [], expected: number[] = [];
  for (let i = 0; i < values.length; i += stride) {
    const kept = values[i]!;
    values[i] = kept + step;
    const up = f();
    values[i] = kept - step;
    expected.push((up - f()) / (2 * step));
    values[i] = kept;
    actual.push(gradient[i]!);
  }
  if (gradient.length !== values.length) throw new Error(`${name} has ${gradient.length} entries`);
  assertClose(actual, expected, tolerance, name);
}
