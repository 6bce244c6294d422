/** Separable Gaussian blurring, the arithmetic of `scipy.ndimage.gaussian_filter`. */

/**
 * The blurred values: a normalised Gaussian along each axis, cut at `int(4 sigma + 0.5)`, edges
 * mirrored half-sample symmetric (`c b a | a b c`).
 *
 * @param sigmas Standard deviation in voxels along each axis; 0 leaves the axis alone.
 */
export function gaussianBlur(
  data: Float32Array,
  shape: readonly [number, number, number],
  sigmas: readonly [number, number, number],
): Float32Array {
  let result: Float32Array = data.slice();
  for (const axis of [0, 1, 2] as const) {
    if (sigmas[axis] > 0) result = blurAxis(result, shape, axis, gaussianKernel(sigmas[axis]));
  }
  return result;
}

/** Half of the kernel, from its centre. */
function gaussianKernel(sigma: number): Float64Array {
  const radius = Math.floor(4 * sigma + 0.5);
  const half = Float64Array.from(
    { length: radius + 1 },
    (_, x) => Math.exp(-0.5 * (x / sigma) ** 2),
  );
  const sum = half.reduce((total, value, x) => total + (x === 0 ? value : 2 * value), 0);
  return half.map((value) => value / sum);
}

function blurAxis(
  data: Float32Array,
  shape: readonly [number, number, number],
  axis: 0 | 1 | 2,
  half: Float64Array,
): Float32Array {
  const n = shape[axis], radius = half.length - 1;
  const result = new Float32Array(data.length);
  const step = axis === 0 ? 1 : axis === 1 ? shape[0] : shape[0] * shape[1];
  if (axis === 0) {
    const padded = new Float64Array(n + 2 * radius);
    for (let start = 0; start < data.length; start += n) {
      for (let x = -radius; x < n + radius; x++) padded[x + radius] = data[start + mirrored(x, n)]!;
      for (let x = 0; x < n; x++) {
        let sum = half[0]! * padded[x + radius]!;
        for (let t = 1; t <= radius; t++) {
          sum += half[t]! * (padded[x + radius - t]! + padded[x + radius + t]!);
        }
        result[start + x] = sum;
      }
    }
    return result;
  }
  const sums = new Float64Array(step);
  for (let slab = 0; slab < data.length; slab += step * n) {
    for (let x = 0; x < n; x++) {
      const row = slab + x * step;
      for (let i = 0; i < step; i++) sums[i] = half[0]! * data[row + i]!;
      for (let t = 1; t <= radius; t++) {
        const w = half[t]!;
        const a = slab + mirrored(x - t, n) * step, b = slab + mirrored(x + t, n) * step;
        for (let i = 0; i < step; i++) sums[i]! += w * (data[a + i]! + data[b + i]!);
      }
      result.set(sums, row);
    }
  }
  return result;
}

function mirrored(x: number, n: number): number {
  const period = 2 * n, within = ((x % period) + period) % period;
  return within < n ? within : period - 1 - within;
}
