/**
 * What the physical artifacts share: each slice has its own two-dimensional k-space, one of its
 * axes is phase-encoded line by line, and scanners deliver magnitudes, never negative.
 */
import { z } from "../../../base/deps/zod.ts";
import { type ComplexGrid, inverseTransform, transformReal } from "../../fft/transform.ts";
import type { Volume } from "../../../base/volume/volume.ts";
import type { Draws } from "../draws.ts";

/** The phase-encoded axis of a slice: 0 or 1, the axes beside that of the slices, in their order. */
export type PlaneAxis = 0 | 1;

/** The phase-encoded axis among the parameters. */
export const planeAxis = z.literal([0, 1], { error: "Wanted the axis 0 or 1" });

/** The phase-encoded axis among the options. */
export const planeAxisOption = z.literal([0, 1, "random"], {
  error: 'Wanted the axis 0, 1 or "random"',
}).default("random");

/** Settles the phase-encoded axis; draws where it is random. */
export function drawPlaneAxis(option: 0 | 1 | "random", draws: Draws): PlaneAxis {
  const drawn = draws.integer(0, 1) as PlaneAxis;
  return option === "random" ? drawn : option;
}

/**
 * What a slice has of a list that holds one for all slices, or one for each.
 *
 * @throws {RangeError} If the list has another length.
 */
export function ofSlice<T>(list: readonly T[], slice: number, slices: number, task: string): T {
  if (list.length === 1 || list.length === slices) return list[slice] ?? list[0]!;
  throw new RangeError(
    `Cannot ${task}: parameters are there for ${list.length} slices, wanted 1 or one for each of ` +
      `${slices} slices`,
  );
}

/** The voxels of one slice, as a view. */
export function sliceOf(volume: Volume, slice: number): Float32Array {
  const size = volume.shape[0] * volume.shape[1];
  return volume.data.subarray(slice * size, (slice + 1) * size);
}

/**
 * Edits the spectrum of each slice and takes the magnitude of what comes back.
 *
 * @param edit Gets a slice's spectrum (plain order, DC at index 0) and the slice's index, and
 * changes it in place; where it returns false the slice stays as it was.
 */
export function throughKSpace(
  volume: Volume,
  edit: (spectrum: ComplexGrid, slice: number) => boolean,
): Volume {
  const [ni, nj, nk] = volume.shape, size = ni * nj;
  const data = volume.data.slice();
  for (let k = 0; k < nk; k++) {
    const spectrum = transformReal(sliceOf(volume, k), [ni, nj]);
    if (!edit(spectrum, k)) continue;
    inverseTransform(spectrum);
    for (let o = 0; o < size; o++) {
      const re = spectrum.re[o]!, im = spectrum.im[o]!;
      data[k * size + o] = Math.sqrt(re * re + im * im);
    }
  }
  return { ...volume, data };
}

/** The place of element (readout x, line y) in a slice: `x * readoutStep + y * lineStep`. */
export function stepsOf(shape: readonly number[], phaseEncode: PlaneAxis) {
  const ni = shape[0]!, nj = shape[1]!;
  return phaseEncode === 1
    ? { readouts: ni, readoutStep: 1, lines: nj, lineStep: ni }
    : { readouts: nj, readoutStep: ni, lines: ni, lineStep: 1 };
}
