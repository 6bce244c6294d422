/** What is done to a volume before and after the artifacts of a suite. */
import { fitInPlane, unfitInPlane } from "../../../base/volume/fit.ts";
import { clipToPercentiles, minMaxSlices } from "../../../base/volume/normalise.ts";
import { resampleInPlane, resampleOnto } from "../../../base/volume/resample.ts";
import type { Volume } from "../../../base/volume/volume.ts";

/** `none`, or what Chen et al. (MICCAI 2021) did; see {@linkcode prepareChen2021}. */
export type SuitePreparation = "none" | "chen2021";

/** Voxels along each side of the slices that Chen et al. worked on. */
const CHEN_SIZE = 192;

/** Their in-plane spacing in mm. */
const CHEN_SPACING = 1.36719;

/** The affine of an array without geometry. */
const NO_GEOMETRY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/**
 * The volume as Chen et al. gave it to TorchIO: clipped to its 2nd and 98th percentile, as the
 * volumes that their script read were, slices resampled to 1.36719 mm, cropped or padded to
 * 192 x 192, each scaled to 0-1, and the stack as a bare array (slice, row, column), so that a voxel counts as 1 mm along
 * every axis and axis 0 is the slice.
 */
export function prepareChen2021(volume: Volume): Volume {
  const clipped = { ...volume, data: clipToPercentiles(volume.data, 2, 98) };
  const fine = resampleInPlane(clipped, CHEN_SPACING, "linear");
  const fitted = fitInPlane(fine, [CHEN_SIZE, CHEN_SIZE]);
  const scaled = { ...fitted, data: minMaxSlices(fitted.data, CHEN_SIZE ** 2) };
  return { ...reversedAxes(scaled), affine: NO_GEOMETRY };
}

/** The grid of {@linkcode prepareChen2021}'s result. */
export function chen2021Grid({ shape }: Pick<Volume, "shape">): Pick<Volume, "shape" | "affine"> {
  return { shape: [shape[2], CHEN_SIZE, CHEN_SIZE], affine: NO_GEOMETRY };
}

/**
 * Back from {@linkcode prepareChen2021}: each slice scaled to 0-1 again and brought back onto
 * `grid`, zero outside the crop.
 */
export function finishChen2021(stack: Volume, grid: Volume): Volume {
  const turned = reversedAxes(stack);
  const fitted = { ...turned, data: minMaxSlices(turned.data, CHEN_SIZE ** 2) };
  return resampleOnto(unfitInPlane(fitted, resampledGrid(grid)), grid, "linear");
}

/** Shape and affine of what the grid is resampled to. */
function resampledGrid({ shape, affine }: Volume): Pick<Volume, "shape" | "affine"> {
  const data = new Uint8Array(shape[0] * shape[1] * shape[2]);
  return resampleInPlane({ data, shape, affine }, CHEN_SPACING, "nearest");
}

/** Axes (i, j, k) as (k, j, i), and back. */
function reversedAxes(volume: Volume): Volume {
  const [ni, nj, nk] = volume.shape, data = new Float32Array(volume.data.length);
  for (let k = 0, o = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, o++) data[k + nk * (j + nj * i)] = volume.data[o]!;
    }
  }
  return { ...volume, data, shape: [nk, nj, ni] };
}
