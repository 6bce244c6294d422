/** Fourier transforms of grids of any rank over chosen axes. */
import { fftPlan } from "./fft_plan.ts";
import type { ComplexArrays } from "./fft_stage.ts";
import { lineBlocks } from "./line_blocks.ts";

/** Complex numbers on a grid; the first axis runs fastest. */
export interface ComplexGrid extends ComplexArrays {
  /** The sizes along each axis. */
  readonly shape: readonly number[];
}

/** A grid of zeros. */
export function complexGrid(shape: readonly number[]): ComplexGrid {
  const size = shape.reduce((a, b) => a * b, 1);
  return { re: new Float64Array(size), im: new Float64Array(size), shape: [...shape] };
}

/**
 * Transforms a grid in place: `F[q] = sum_x f[x] exp(-2 pi i q x / N)` along each of the axes.
 * Unnormalised; DC is at index 0.
 *
 * @param axes Which axes; all of them by default.
 * @throws {RangeError} If there is no such axis.
 */
export function transform(
  grid: ComplexGrid,
  axes: readonly number[] = [...grid.shape.keys()],
) {
  for (const axis of axes) transformAxis(grid, axis, "forward");
}

/** Undoes {@linkcode transform} in place, with the factor `1 / N` along each axis. */
export function inverseTransform(
  grid: ComplexGrid,
  axes: readonly number[] = [...grid.shape.keys()],
) {
  for (const axis of axes) transformAxis(grid, axis, "inverse");
}

/**
 * The spectrum of a real grid, whole, at little more than half the cost: lines along the first of
 * the axes are transformed in pairs, and one half of the rest follows from
 * `F[-q] = conjugate(F[q])`.
 *
 * @param data Real values, the first axis of `shape` running fastest.
 * @throws {TypeError} If data and shape disagree.
 * @throws {RangeError} If there is no such axis.
 *
 * @example
 * ```ts
 * import { transformReal } from "./transform.ts";
 *
 * const spectrum = transformReal(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2], [0, 1]);
 * if (Math.abs(spectrum.re[0]! - 21) > 1e-12) throw new Error("DC is the sum");
 * ```
 */
export function transformReal(
  data: ArrayLike<number>,
  shape: readonly number[],
  axes: readonly number[] = [...shape.keys()],
): ComplexGrid {
  const grid = complexGrid(shape);
  if (grid.re.length !== data.length) {
    throw new TypeError(
      `Cannot transform: ${data.length} values for the shape ${shape.join(" x ")}`,
    );
  }
  const first = axes[0];
  if (first === undefined) {
    grid.re.set(data);
    return grid;
  }
  pairedLines(data, grid, first);
  const half = Math.floor(shape[first]! / 2) + 1;
  for (const axis of axes.slice(1)) transformAxis(grid, axis, "forward", { axis: first, half });
  mirror(grid, axes, first, half);
  return grid;
}

interface HalfOnly {
  readonly axis: number;
  readonly half: number;
}

function transformAxis(
  grid: ComplexGrid,
  axis: number,
  direction: "forward" | "inverse",
  only?: HalfOnly,
): void {
  const { re, im, shape } = grid;
  const n = shape[axis] ?? 0;
  const scale = direction === "forward" ? 1 : 1 / n;
  const onlyStep = only ? shape.slice(0, only.axis).reduce((a, b) => a * b, 1) : 1;
  for (const block of lineBlocks(shape, axis)) {
    const { start, lines, lineStep, step } = block;
    const plan = fftPlan(n);
    // whole blocks beyond the half are skipped; a block that straddles it does harmless extra work
    if (only && isBeyond(block, only, onlyStep, shape[only.axis]!)) continue;
    const work = plan.input(lines);
    for (let x = 0, o = 0; x < n; x++) {
      for (let b = 0, a = start + x * step; b < lines; b++, a += lineStep, o++) {
        work.re[o] = re[a]!;
        work.im[o] = im[a]!;
      }
    }
    const result = plan.run(lines, direction);
    for (let x = 0, o = 0; x < n; x++) {
      for (let b = 0, a = start + x * step; b < lines; b++, a += lineStep, o++) {
        re[a] = result.re[o]! * scale;
        im[a] = result.im[o]! * scale;
      }
    }
  }
}

function isBeyond(
  block: { start: number; lines: number; lineStep: number },
  only: HalfOnly,
  step: number,
  length: number,
): boolean {
  for (let b = 0; b < block.lines; b++) {
    const index = Math.floor((block.start + b * block.lineStep) / step) % length;
    if (index < only.half) return false;
  }
  return true;
}

/** Two real lines a and b at once: with Z = transform(a + ib), A = (Z[q] + Z*[-q]) / 2. */
function pairedLines(data: ArrayLike<number>, grid: ComplexGrid, axis: number): void {
  const n = grid.shape[axis] ?? 0;
  for (const { start, lines, lineStep, step } of lineBlocks(grid.shape, axis, 64)) {
    const pairs = Math.ceil(lines / 2);
    const plan = fftPlan(n);
    const work = plan.input(pairs);
    for (let x = 0, o = 0; x < n; x++) {
      const row = start + x * step;
      for (let b = 0; b < pairs; b++, o++) {
        work.re[o] = data[row + b * lineStep]!;
        work.im[o] = b + pairs < lines ? data[row + (b + pairs) * lineStep]! : 0;
      }
    }
    const { re, im } = plan.run(pairs);
    for (let q = 0; q <= n / 2; q++) {
      const here = q * pairs, there = ((n - q) % n) * pairs, row = start + q * step;
      for (let b = 0; b < pairs; b++) {
        const zr = re[here + b]!, zi = im[here + b]!, mr = re[there + b]!, mi = im[there + b]!;
        grid.re[row + b * lineStep] = (zr + mr) / 2;
        grid.im[row + b * lineStep] = (zi - mi) / 2;
        if (b + pairs >= lines) continue;
        grid.re[row + (b + pairs) * lineStep] = (zi + mi) / 2;
        grid.im[row + (b + pairs) * lineStep] = (mr - zr) / 2;
      }
    }
  }
}

/** Fills the second half along `first` from the first: index -q along every transformed axis. */
function mirror(grid: ComplexGrid, axes: readonly number[], first: number, half: number): void {
  const { re, im, shape } = grid;
  const steps = shape.map((_, a) => shape.slice(0, a).reduce((x, y) => x * y, 1));
  const index = shape.map(() => 0);
  index[first] = half;
  const advance = (): boolean => {
    for (let a = 0; a < shape.length; a++) {
      if (++index[a]! < shape[a]!) return true;
      index[a] = a === first ? half : 0;
    }
    return false;
  };
  if (half >= shape[first]!) return;
  const mirrored = shape.map((_, a) => axes.includes(a));
  do {
    let here = 0, there = 0;
    for (let a = 0; a < shape.length; a++) {
      const i = index[a]!, n = shape[a]!;
      here += i * steps[a]!;
      there += (mirrored[a] && i > 0 ? n - i : i) * steps[a]!;
    }
    re[here] = re[there]!;
    im[here] = -im[there]!;
  } while (advance());
}
