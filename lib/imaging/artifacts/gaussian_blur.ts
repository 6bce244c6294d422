/** Separable Gaussian blurring, the arithmetic of `scipy.ndimage.gaussian_filter`. */
import { blurAcross, blurAlong, doubles, floats, scratch } from "../../../wasm/grid.ts";

/** Voxels of a standard deviation; a kernel grows with it, and this one flattens any volume. */
const LARGEST_SIGMA = 10_000;

/**
 * The blurred values: a normalised Gaussian along each axis, cut at `int(4 sigma + 0.5)`, edges
 * mirrored half-sample symmetric (`c b a | a b c`).
 *
 * @param sigmas Standard deviation in voxels along each axis, up to 10,000; 0 leaves the axis alone.
 * @throws {RangeError} If one is larger.
 */
export function gaussianBlur(
  data: Float32Array,
  shape: readonly [number, number, number],
  sigmas: readonly [number, number, number],
): Float32Array {
  const large = sigmas.filter((sigma) => sigma > LARGEST_SIGMA);
  if (large.length > 0) {
    throw new RangeError(
      `Cannot apply a Gaussian of ${large.join(", ")} voxels: wanted at most ${LARGEST_SIGMA}`,
    );
  }
  const bytes = 4 * data.length, kernels = sigmas.map(gaussianKernel);
  const longest = Math.max(...kernels.map((half) => half.length)), room = 32 * (longest + 4);
  const source = scratch(2 * bytes + room + 8 * (Math.max(...shape) + 2 * longest + 4) + 64);
  const half = source + 2 * bytes + (8 - 2 * bytes % 8), work = half + room;
  let [from, to] = [source, source + bytes];
  floats(from, data.length).set(data);
  for (const axis of [0, 1, 2] as const) {
    // a kernel of one weight, which is 1, changes nothing
    if (!(sigmas[axis] > 0) || kernels[axis]!.length === 1) continue;
    const weights = kernels[axis]!, radius = weights.length - 1, n = shape[axis];
    doubles(half, weights.length).set(weights);
    const step = axis === 0 ? 1 : axis === 1 ? shape[0] : shape[0] * shape[1];
    if (step === 1 && n >= 4) blurAlong(from, to, data.length, n, half, radius, work);
    else if (step >= 4) blurAcross(from, to, data.length, n, step, half, radius, work);
    else blurNarrow(floats(from, data.length), floats(to, data.length), n, step, weights);
    [from, to] = [to, from];
  }
  return floats(from, data.length).slice();
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

/** Lines of less than four voxels, or less than four of them side by side. */
function blurNarrow(
  data: Float32Array,
  result: Float32Array,
  n: number,
  step: number,
  half: Float64Array,
): void {
  for (let o = 0; o < data.length; o++) {
    const x = Math.floor(o / step) % n, line = o - x * step;
    let sum = half[0]! * data[o]!;
    for (let t = 1; t < half.length; t++) {
      const before = data[line + mirrored(x - t, n) * step]!;
      sum += half[t]! * (before + data[line + mirrored(x + t, n) * step]!);
    }
    result[o] = sum;
  }
}

function mirrored(x: number, n: number): number {
  const period = 2 * n, within = ((x % period) + period) % period;
  return within < n ? within : period - 1 - within;
}
