/** One slice of a volume as people see it: upright, 8-bit, with its label. */
import { intensityRange } from "../volume/intensity_range.ts";
import { greyOf } from "./grey.ts";
import { canonicalInPlane, type InPlaneOrientation, orient } from "../volume/orientation.ts";
import { spacingOf, type Volume, type Voxels } from "../volume/volume.ts";

/** Pixels along the longer side at most; larger slices are averaged down. */
const MAX_SIDE = 256;

/** A slice for a screen. */
export interface SlicePicture {
  readonly width: number;
  readonly height: number;
  /** Width over height in mm. */
  readonly aspect: number;
  /** `[height, width]`, 0 (black) to 255 (white). */
  readonly grey: Uint8Array;
  /** `[height, width]`, classes. */
  readonly labels?: Uint8Array;
  /** The slice's number, from 0. */
  readonly slice: number;
}

/** The intensities that are shown black and white. */
export type GreyWindow = readonly [black: number, white: number];

/** Steps of grey that a window's end is found in; finer than eyes and screens. */
const BINS = 4096;

/** The window of a clean volume: its least value to about its 99.5th percentile. */
export function windowOf({ data }: Volume<Voxels>): GreyWindow {
  const { min: low, max: high } = intensityRange(data);
  const counts = new Uint32Array(BINS + 1), scale = BINS / (high - low || 1);
  for (const value of data) counts[Math.floor((value - low) * scale)]!++;
  let bin = BINS, above = counts[BINS]!;
  while (bin > 0 && above < 0.005 * data.length) above += counts[--bin]!;
  return [low, Math.min(high, low + (bin + 1) / scale)];
}

/**
 * Draws one slice.
 *
 * @param label On the volume's grid.
 * @param orientation How to turn it upright; absent: as the affine says.
 */
export function slicePicture(
  volume: Volume<Voxels>,
  label: Volume<Voxels> | undefined,
  slice: number,
  window: GreyWindow,
  orientation: InPlaneOrientation = canonicalInPlane(volume.affine),
): SlicePicture {
  const upright = orient(sliceOf(volume, slice), orientation);
  const [wide, high] = upright.shape, [si, sj] = spacingOf(upright.affine);
  const step = Math.ceil(Math.max(wide, high) / MAX_SIDE);
  const width = Math.ceil(wide / step), height = Math.ceil(high / step);
  const grey = new Uint8Array(width * height), [black, white] = window;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0, count = 0;
      for (let j = y * step; j < Math.min(high, (y + 1) * step); j++) {
        for (let i = x * step; i < Math.min(wide, (x + 1) * step); i++, count++) {
          sum += upright.data[i + wide * j]!;
        }
      }
      grey[x + width * y] = greyOf((sum / count - black) / (white - black || 1));
    }
  }
  const picture = { width, height, aspect: wide * si / (high * sj), grey, slice };
  if (label === undefined) return picture;
  const classes = orient(sliceOf(label, slice), orientation).data;
  const labels = new Uint8Array(width * height);
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0; x < width; x++, o++) labels[o] = classes[x * step + wide * y * step]!;
  }
  return { ...picture, labels };
}

/**
 * The slice to show of a corrupted volume: the middle one, or, where an artifact is in other slices,
 * the one nearest to it that has it.
 */
export function tellingSlice(volume: Volume, clean: Volume): number {
  const [ni, nj, nk] = clean.shape, middle = Math.floor(nk / 2), pixels = ni * nj;
  if (volume.shape.join() !== clean.shape.join()) return middle;
  const differences = Array.from({ length: nk }, (_, k) => {
    let sum = 0;
    for (let o = k * pixels; o < (k + 1) * pixels; o++) {
      sum += (volume.data[o]! - clean.data[o]!) ** 2;
    }
    return sum;
  });
  const least = Math.max(...differences) / 100;
  const fromMiddle = (k: number) => Math.abs(k - middle);
  return [...differences.keys()].filter((k) => differences[k]! >= least)
    .reduce((best, k) => fromMiddle(k) < fromMiddle(best) ? k : best);
}

function sliceOf<T extends Voxels>({ data, shape, affine }: Volume<T>, k: number): Volume<T> {
  const pixels = shape[0] * shape[1];
  return {
    data: data.slice(k * pixels, (k + 1) * pixels) as T,
    shape: [shape[0], shape[1], 1],
    affine,
  };
}
