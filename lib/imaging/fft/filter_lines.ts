/** Weighting the spectra of real lines: what comb, segment and window artifacts are made of. */
import {
  doubles,
  floats,
  gatherLines,
  scatterLines,
  scratch,
  weighRows,
} from "../../../wasm/grid.ts";
import { fftPlan } from "./fft_plan.ts";
import { lineBlocks } from "./line_blocks.ts";

/** Real values on the grid and the weights of their spectrum along the filtered axis. */
export interface WeightedLines {
  /** Real values, the first axis running fastest. */
  readonly data: Float32Array;
  /** One real weight a frequency, DC at index 0. */
  readonly weights: ArrayLike<number>;
}

/** Complex numbers that are transformed at once, or a little more: what a cache holds. */
const BLOCK = 8192;

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
  const rows = Math.max(32, Math.ceil(BLOCK / n)), most = paired ? 2 * rows : rows;
  const plan = fftPlan(n), gridBytes = 4 * size, rowsBytes = 8 * n * rows;
  const gridsAt = scratch(
    (sources.length + 1) * gridBytes + 2 * rowsBytes + 8 * n * sources.length + 16,
  );
  const resultAt = gridsAt + sources.length * gridBytes;
  const sums = { re: aligned(resultAt + gridBytes), im: aligned(resultAt + gridBytes) + rowsBytes };
  const weightsAt = sums.im + rowsBytes;
  // taken first, since it may grow the memory
  plan.inputAt(rows);
  sources.forEach(({ data, weights }, m) => {
    floats(gridsAt + m * gridBytes, size).set(data);
    const own = doubles(weightsAt + 8 * m * n, n);
    for (let q = 0; q < n; q++) {
      own[q] = (paired ? (weights[q]! + weights[(n - q) % n]!) / 2 : weights[q]!) / n;
    }
  });
  for (const { start, lines, lineStep, step } of lineBlocks(shape, axis, most)) {
    const batch = paired ? Math.ceil(lines / 2) : lines, second = lines - batch;
    sources.forEach((_, m) => {
      const grid = gridsAt + m * gridBytes + 4 * start, work = plan.inputAt(batch);
      gatherLines(grid, work.re, work.im, n, batch, second, lineStep, step);
      const spectrum = plan.runAt(batch), weights = weightsAt + 8 * m * n;
      const first = m === 0 ? 1 : 0;
      // a single source is weighted where it lies
      const { re, im } = sources.length === 1 ? spectrum : sums;
      weighRows(spectrum.re, weights, re, n, batch, first);
      weighRows(spectrum.im, weights, im, n, batch, first);
    });
    if (sources.length > 1) {
      const work = plan.inputAt(batch), count = n * batch;
      doubles(work.re, count).set(doubles(sums.re, count));
      doubles(work.im, count).set(doubles(sums.im, count));
    }
    const { re, im } = plan.runAt(batch, "inverse");
    const grid = resultAt + 4 * start;
    scatterLines(grid, re, im, n, batch, second, lineStep, step, paired ? 0 : 1);
  }
  return floats(resultAt, size).slice();
}

function aligned(pointer: number): number {
  return Math.ceil(pointer / 16) * 16;
}
