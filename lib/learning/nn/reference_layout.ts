/**
 * Filters in two layouts. The reference (PyTorch) has [out, in, height, width], transposed ones
 * [in, out, height, width]; tfjs has [height, width, in, out], transposed ones
 * [height, width, out, in]. Both pairs are the same permutation of axes.
 */

/** A filter, or a vector, which is the same in both layouts. */
interface Laid {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** From [a, b, height, width] to [height, width, b, a]. */
export function fromReferenceLayout(data: Float32Array, shape: readonly number[]): Laid {
  if (shape.length !== 4) return { data: data.slice(), shape };
  const [a, b, height, width] = shape as [number, number, number, number];
  const area = height * width;
  const result = new Float32Array(data.length);
  for (let i = 0, from = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      for (let p = 0; p < area; p++) result[(p * b + j) * a + i] = data[from++]!;
    }
  }
  return { data: result, shape: [height, width, b, a] };
}

/** Back to the reference's `shape`, [a, b, height, width]. */
export function toReferenceLayout(data: Float32Array, shape: readonly number[]): Float32Array {
  if (shape.length !== 4) return data.slice();
  const [a, b, height, width] = shape as [number, number, number, number];
  const area = height * width;
  const result = new Float32Array(data.length);
  for (let i = 0, to = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      for (let p = 0; p < area; p++) result[to++] = data[(p * b + j) * a + i]!;
    }
  }
  return result;
}

/** From [batch, channels, height, width] to [batch, height, width, channels]. */
export function channelsLast(data: Float32Array, shape: readonly number[]): Laid {
  const [n, channels, height, width] = shape as [number, number, number, number];
  const area = height * width;
  const result = new Float32Array(data.length);
  for (let i = 0, from = 0; i < n; i++) {
    for (let c = 0; c < channels; c++) {
      for (let p = 0; p < area; p++) result[(i * area + p) * channels + c] = data[from++]!;
    }
  }
  return { data: result, shape: [n, height, width, channels] };
}
