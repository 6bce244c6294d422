/** Weighting the spectra of real lines: what comb, segment and window artifacts are made of. */
import { fftPlan } from "./fft_plan.ts";
import { lineBlocks } from "./line_blocks.ts";

/** Real values on the grid and the weights of their spectrum along the filtered axis. */
export interface WeightedLines {
  /** Real values, the first axis running fastest. */
  readonly data: Float32Array;
  /** One real weight a frequency, DC at index 0. */
  readonly weights: ArrayLike<number>;
}

/**
 * Sums sources after weighting each one's spectrum along one axis:
 * `output = inverse(sum_m weights_m * transform(data_m))`.
 *
 * The other axes need no transform, since the weights are constant along them. For the real part
 * only the even part of the weights counts, so that two real lines share one complex transform.
 *
 * @param sources Grids of `shape`, each with one weight a frequency.
 * @param output `real` for the real part, `magnitude` for the modulus.
 * @throws {TypeError} If there is no source, or sizes disagree.
 * @throws {RangeError} If there is no such axis.
 */
export function filterLines(
  sources: readonly WeightedLines[],
  shape: readonly number[],
  axis: number,
  output: "real" | "magnitude" = "real",
): Float32Array {
  const n = shape[axis] ?? 0;
  const size = shape.reduce((a, b) => a * b, 1);
  for (const { data, weights } of sources) {
    if (data.length !== size || weights.length !== n) {
      throw new TypeError(
        `Cannot filter lines: ${data.length} values and ${weights.length} weights for axis ` +
          `${axis} of the shape ${shape.join(" x ")}`,
      );
    }
  }
  if (sources.length === 0) throw new TypeError("Cannot filter lines: there is no source");
  const paired = output === "real";
  const filters = sources.map(({ data, weights }) => ({
    data,
    weights: Float64Array.from(
      { length: n },
      (_, q) => (paired ? (weights[q]! + weights[(n - q) % n]!) / 2 : weights[q]!) / n,
    ),
  }));
  const result = new Float32Array(size);
  const plan = fftPlan(n);
  const sumRe = new Float64Array(n * 32), sumIm = new Float64Array(n * 32);
  for (const { start, lines, lineStep, step } of lineBlocks(shape, axis, paired ? 64 : 32)) {
    const batch = paired ? Math.ceil(lines / 2) : lines;
    const second = lines - batch;
    filters.forEach(({ data, weights }, m) => {
      const work = plan.input(batch);
      for (let x = 0, o = 0; x < n; x++) {
        const row = start + x * step, next = row + batch * lineStep;
        for (let b = 0; b < batch; b++, o++) {
          work.re[o] = data[row + b * lineStep]!;
          work.im[o] = b < second ? data[next + b * lineStep]! : 0;
        }
      }
      const spectrum = plan.run(batch);
      for (let q = 0, o = 0; q < n; q++) {
        const w = weights[q]!;
        for (let b = 0; b < batch; b++, o++) {
          sumRe[o] = (m === 0 ? 0 : sumRe[o]!) + w * spectrum.re[o]!;
          sumIm[o] = (m === 0 ? 0 : sumIm[o]!) + w * spectrum.im[o]!;
        }
      }
    });
    const work = plan.input(batch);
    work.re.set(sumRe.subarray(0, n * batch));
    work.im.set(sumIm.subarray(0, n * batch));
    const { re, im } = plan.run(batch, "inverse");
    for (let x = 0, o = 0; x < n; x++) {
      const row = start + x * step, next = row + batch * lineStep;
      for (let b = 0; b < batch; b++, o++) {
        if (paired) {
          result[row + b * lineStep] = re[o]!;
          if (b < second) result[next + b * lineStep] = im[o]!;
        } else result[row + b * lineStep] = Math.hypot(re[o]!, im[o]!);
      }
    }
  }
  return result;
}
