/** Motion of the body from line to line of one slice. */
import { plainIndex } from "../../fft/frequency.ts";
import { type ComplexGrid, transformReal } from "../../fft/transform.ts";
import { rotatedSlice } from "./plane_resampling.ts";
import { type PlaneAxis, stepsOf } from "./slices.ts";

/** Where the body is while a line is read, against its place in the image. */
export interface LinePose {
  /** Shift along the readout axis, in voxels. */
  readout: number;
  /** Shift along the phase-encoded axis, in voxels. */
  phase: number;
  /** Turn about the slice's centre in degrees, from axis i towards axis j. */
  degrees: number;
}

/**
 * Replaces a slice's spectrum by that of the moving body. A shift multiplies a line by
 * `exp(-2 pi i (k_x t_x / N_x + k_y t_y / N_y))`, exactly; lines of one angle come from the
 * spectrum of the turned slice (cubic interpolation).
 *
 * @param spectrum The still slice's spectrum, changed in place.
 * @param voxels The still slice.
 * @param poses One a line, by frequency from the lowest (`-floor(n / 2)`) upwards.
 * @param aspect Spacing along j over spacing along i.
 */
export function moveLines(
  spectrum: ComplexGrid,
  voxels: Float32Array,
  poses: readonly LinePose[],
  phaseEncode: PlaneAxis,
  aspect: number,
): void {
  const { readouts, readoutStep, lines, lineStep } = stepsOf(spectrum.shape, phaseEncode);
  const half = Math.floor(readouts / 2), middle = Math.floor(lines / 2);
  const turned = new Map<number, ComplexGrid>();
  for (let l = 0; l < lines; l++) {
    const { readout, phase, degrees } = poses[l]!;
    let source = spectrum;
    if (degrees !== 0) {
      if (!turned.has(degrees)) {
        const slice = rotatedSlice(voxels, spectrum.shape, degrees, aspect);
        turned.set(degrees, transformReal(slice, spectrum.shape));
      }
      source = turned.get(degrees)!;
    }
    const stepAngle = -2 * Math.PI * readout / readouts;
    const start = -2 * Math.PI * (l - middle) * phase / lines - half * stepAngle;
    const cosStep = Math.cos(stepAngle), sinStep = Math.sin(stepAngle);
    let c = Math.cos(start), s = Math.sin(start);
    const row = plainIndex(l, lines) * lineStep;
    for (let x = 0; x < readouts; x++) {
      const o = row + plainIndex(x, readouts) * readoutStep;
      const re = source.re[o]!, im = source.im[o]!;
      spectrum.re[o] = re * c - im * s;
      spectrum.im[o] = re * s + im * c;
      [c, s] = [c * cosStep - s * sinStep, c * sinStep + s * cosStep];
    }
  }
}

/**
 * Poses less their mean, each line weighted by its share of the slice's energy. The image then
 * stays where its label is, because the lines that carry the image see the body in its place.
 */
export function demeaned(
  poses: readonly LinePose[],
  spectrum: ComplexGrid,
  phaseEncode: PlaneAxis,
): LinePose[] {
  const { readouts, readoutStep, lines, lineStep } = stepsOf(spectrum.shape, phaseEncode);
  const mean: LinePose = { readout: 0, phase: 0, degrees: 0 };
  let total = 0;
  for (let l = 0; l < lines; l++) {
    let energy = 0;
    const row = plainIndex(l, lines) * lineStep;
    for (let x = 0; x < readouts; x++) {
      const o = row + x * readoutStep;
      energy += spectrum.re[o]! ** 2 + spectrum.im[o]! ** 2;
    }
    total += energy;
    mean.readout += energy * poses[l]!.readout;
    mean.phase += energy * poses[l]!.phase;
    mean.degrees += energy * poses[l]!.degrees;
  }
  if (total === 0) return poses.map((pose) => ({ ...pose }));
  return poses.map((pose) => ({
    readout: pose.readout - mean.readout / total,
    phase: pose.phase - mean.phase / total,
    // whole thousandths, so that lines of one pose share one turned slice
    degrees: Math.round((pose.degrees - mean.degrees / total) * 1000) / 1000,
  }));
}
