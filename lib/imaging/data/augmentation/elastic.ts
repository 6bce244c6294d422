/**
 * Elastic deformation (Simard et al., ICDAR 2003): white noise, smoothed by a Gaussian, scaled, and
 * added to the coordinates that are read.
 *
 * The noise lives on a grid of 56 x 56 cells whatever the slice's size: at the reference size, 224,
 * a cell is 4 pixels, and the draws are scaled to the variance of a mean over its 16 pixels, so the
 * smoothed field has the law of the full-size one (its Gaussian is at least 4 cells wide). At other
 * sizes displacements shrink or grow with the slice. Two more departures from the reference:
 * Catmull-Rom kernels instead of prefiltered cubic B-splines, and labels whose several classes are
 * interpolated in one pass.
 */
import type { LabelledSlice, SliceTransform } from "./slice_transform.ts";
import { RandomStream, type RandomStreamState } from "../../../base/random/random_stream.ts";

/** Probability 0 to 1; ranges of the Gaussian's width and of the displacement's scale. */
export interface ElasticOptions {
  /** How likely a slice is changed, 0 to 1. */
  readonly probability: number;
  /** Standard deviation of the Gaussian as a share of 0.75 times the side. */
  readonly smoothness: readonly [number, number];
  /** Factor of the displacement, in sides of 224 pixels. */
  readonly strength: readonly [number, number];
}

/** Drawn values, and the state of the stream that the noise is drawn from. */
export interface ElasticParams {
  readonly smoothness: number;
  readonly strength: number;
  readonly noise: RandomStreamState;
}

/** Cells along each side of the noise grid, and pixels a cell at the reference size. */
const CELLS = 56;
const CELL_PIXELS = 4;

/** Elastic deformation; image edges reflect, labels replicate theirs. */
export const elastic: SliceTransform<ElasticOptions, ElasticParams> = {
  name: "elastic",
  defaults: { probability: 0.5, smoothness: [0.1, 0.2], strength: [1.5, 2] },
  sample(options, rng) {
    if (!rng.chance(options.probability)) return null;
    return {
      smoothness: rng.uniform(...options.smoothness),
      strength: rng.uniform(...options.strength),
      noise: rng.stream("noise").state(),
    };
  },
  apply(slice: LabelledSlice, params): LabelledSlice {
    const rng = RandomStream.fromState(params.noise);
    const dx = displacement(params, rng);
    const dy = displacement(params, rng);
    return warpCubic(slice, dx, dy);
  },
};

/** One component of the field on the noise grid, in cells. */
function displacement(params: ElasticParams, rng: RandomStream): Float32Array {
  const noise = new Float32Array(CELLS * CELLS);
  const scale = params.strength * 224 / CELL_PIXELS / CELL_PIXELS;
  for (let n = 0; n < noise.length; n++) noise[n] = scale * rng.uniform(-1, 1);
  const sigma = 0.75 * CELLS * params.smoothness;
  return smoothLines(smoothLines(noise, sigma), sigma);
}

/** Smooths along x, reflecting at the ends, and transposes: twice is a smoothing along x and y. */
function smoothLines(grid: Float32Array, sigma: number): Float32Array {
  const radius = Math.min(CELLS, Math.ceil(4 * sigma));
  const kernel = Float64Array.from(
    { length: 2 * radius + 1 },
    (_, n) => Math.exp(-0.5 * ((n - radius) / sigma) ** 2),
  );
  const sum = kernel.reduce((a, b) => a + b, 0);
  const line = new Float64Array(CELLS + 2 * radius);
  const result = new Float32Array(grid.length);
  for (let y = 0; y < CELLS; y++) {
    for (let n = 0; n < line.length; n++) line[n] = grid[y * CELLS + reflect(n - radius, CELLS)]!;
    for (let x = 0; x < CELLS; x++) {
      let total = 0;
      for (let n = 0; n < kernel.length; n++) total += kernel[n]! * line[x + n]!;
      result[x * CELLS + y] = total / sum;
    }
  }
  return result;
}

function warpCubic(slice: LabelledSlice, dx: Float32Array, dy: Float32Array): LabelledSlice {
  const { width, height } = slice;
  const image = new Float32Array(slice.image.length);
  const label = new Uint8Array(slice.label.length);
  const [wx, wy] = [new Float64Array(4), new Float64Array(4)];
  const [ix, lx] = [new Int32Array(4), new Int32Array(4)];
  const votes = new Float64Array(256);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const gx = (x + 0.5) * CELLS / width - 0.5;
      const gy = (y + 0.5) * CELLS / height - 0.5;
      const sx = x + bilinear(dx, gx, gy) * width / CELLS;
      const sy = y + bilinear(dy, gx, gy) * height / CELLS;
      const x0 = Math.floor(sx);
      const y0 = Math.floor(sy);
      cubicWeights(sx - x0, wx);
      cubicWeights(sy - y0, wy);
      for (let n = 0; n < 4; n++) {
        ix[n] = reflect(x0 - 1 + n, width);
        lx[n] = clamp(x0 - 1 + n, width);
      }
      let value = 0;
      const first = slice.label[lx[0]! + width * clamp(y0 - 1, height)]!;
      let uniform = true;
      for (let m = 0; m < 4; m++) {
        const row = width * reflect(y0 - 1 + m, height);
        const labelRow = width * clamp(y0 - 1 + m, height);
        let sum = 0;
        for (let n = 0; n < 4; n++) {
          sum += wx[n]! * slice.image[row + ix[n]!]!;
          if (slice.label[labelRow + lx[n]!] !== first) uniform = false;
        }
        value += wy[m]! * sum;
      }
      image[to] = value;
      label[to] = uniform ? first : vote(slice, lx, y0, wx, wy, votes);
    }
  }
  return { image, label, width, height };
}

/** The foreground class that the kernel gives at least one half; background where none has it. */
function vote(
  { label, width, height }: LabelledSlice,
  lx: Int32Array,
  y0: number,
  wx: Float64Array,
  wy: Float64Array,
  votes: Float64Array,
): number {
  votes.fill(0);
  let best = 0;
  for (let m = 0; m < 4; m++) {
    const row = width * clamp(y0 - 1 + m, height);
    for (let n = 0; n < 4; n++) votes[label[row + lx[n]!]!]! += wx[n]! * wy[m]!;
  }
  for (let c = 1; c < votes.length; c++) {
    if (votes[c]! >= 0.5 && (best === 0 || votes[c]! > votes[best]!)) best = c;
  }
  return best;
}

/** The grid's value between cells; edge cells are replicated. */
function bilinear(grid: Float32Array, gx: number, gy: number): number {
  const px = gx < 0 ? 0 : gx > CELLS - 1 ? CELLS - 1 : gx;
  const py = gy < 0 ? 0 : gy > CELLS - 1 ? CELLS - 1 : gy;
  const x0 = Math.min(CELLS - 2, Math.floor(px));
  const y0 = Math.min(CELLS - 2, Math.floor(py));
  const at = x0 + CELLS * y0;
  const [fx, fy] = [px - x0, py - y0];
  const top = grid[at]! + fx * (grid[at + 1]! - grid[at]!);
  const below = grid[at + CELLS]! + fx * (grid[at + CELLS + 1]! - grid[at + CELLS]!);
  return top + fy * (below - top);
}

/** Catmull-Rom weights of the four neighbours at -1, 0, 1, 2 for a point at `t` in [0, 1). */
function cubicWeights(t: number, weights: Float64Array): void {
  const [t2, t3] = [t * t, t * t * t];
  weights[0] = -0.5 * t3 + t2 - 0.5 * t;
  weights[1] = 1.5 * t3 - 2.5 * t2 + 1;
  weights[2] = -1.5 * t3 + 2 * t2 + 0.5 * t;
  weights[3] = 0.5 * t3 - 0.5 * t2;
}

function clamp(n: number, size: number): number {
  return n < 0 ? 0 : n >= size ? size - 1 : n;
}

/** Half-sample reflection: d c b a | a b c d | d c b a. */
function reflect(n: number, size: number): number {
  if (n >= 0 && n < size) return n;
  const period = 2 * size;
  const m = ((n % period) + period) % period;
  return m < size ? m : period - 1 - m;
}
