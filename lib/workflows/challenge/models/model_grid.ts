/** From a case's images to the grid that a foreign model sees, and from its maps back to the file's. */
import { percentile } from "../../../base/volume/normalise.ts";
import { reorderOnto } from "../../../base/volume/reorder_onto.ts";
import { orientationCode } from "../../../base/volume/orientation_code.ts";
import { resample, resampleOnto } from "../../../base/volume/resample.ts";
import {
  type SliceAxis,
  sliceAxisOf,
  stackAlong,
  stackedGrid,
  unstackFrom,
} from "../../../base/volume/slice_axis.ts";
import { spacingOf, type Volume, type Voxels } from "../../../base/volume/volume.ts";
import type { ModelConfig, ModelIntensity } from "./model_config.ts";

type Grid = Pick<Volume, "shape" | "affine">;

/** Channels as a model sees them: width, height and depth are the axes, width running fastest. */
export interface ModelGrid {
  readonly channels: readonly Float32Array[];
  readonly shape: readonly [width: number, height: number, depth: number];
  /** Brings a map of this grid to the file's own, between voxels linearly. */
  restore(map: Float32Array): Float32Array;
}

/** Prepares channels, which lie on one grid. */
export function modelGrid(
  images: readonly Volume<Voxels>[],
  { intensity, orientation, sliceAxis, spacing, dims }: ModelConfig,
): ModelGrid {
  const own: Grid = { shape: images[0]!.shape, affine: images[0]!.affine };
  const turned = orientation === "file" ? own : turnedGrid(own, orientation);
  const axis: SliceAxis = sliceAxisOf(turned.affine, sliceAxis);
  const stacked = stackedGrid(turned, axis);
  const target = spacing === null
    ? undefined
    : spacingFor(spacing, spacingOf(stacked.affine), dims);
  const fine = images.map(({ data, ...grid }) => {
    const scaled = { ...grid, data: scaleForModel(data, intensity) };
    const there = orientation === "file" ? scaled : reorderOnto(scaled, turned)!;
    const along = stackAlong(there, axis);
    return target === undefined ? along : resample(along, target, "linear");
  });
  const { shape, affine } = fine[0]!;
  return {
    channels: fine.map(({ data }) => data),
    shape,
    restore(data) {
      const map = { data, shape, affine };
      const coarse = target === undefined ? map : resampleOnto(map, stacked, "linear");
      const whole = unstackFrom(coarse, axis);
      return orientation === "file" ? whole.data : reorderOnto({ ...whole, ...turned }, own)!.data;
    },
  };
}

/** mm along width, height and depth. */
function spacingFor(
  spacing: NonNullable<ModelConfig["spacing"]>,
  own: readonly [number, number, number],
  dims: 2 | 3,
): [number, number, number] {
  const given = typeof spacing === "number" ? Array<number>(dims).fill(spacing) : [...spacing];
  const [width, height, depth = own[2]] = given.reverse();
  return [width!, height!, depth];
}

/** The grid of the same voxels, stored so that their axes point as a code says. */
function turnedGrid({ shape, affine }: Grid, code: string): Grid {
  const own = orientationCode(affine);
  const pairs = ["RL", "AP", "SI"];
  const pairOf = (letter: string) => pairs.find((pair) => pair.includes(letter))!;
  const axes = [...code].map((letter) => {
    const axis = [...own].findIndex((other) => pairOf(other) === pairOf(letter));
    return { axis, flipped: own[axis] !== letter };
  });
  const result = [...affine];
  for (let row = 0; row < 3; row++) {
    axes.forEach(({ axis, flipped }, to) => {
      const step = affine[4 * row + axis]!;
      result[4 * row + to] = flipped ? -step : step;
      if (flipped) result[4 * row + 3]! += step * (shape[axis]! - 1);
    });
  }
  const [a, b, c] = axes.map(({ axis }) => shape[axis]!);
  return { shape: [a!, b!, c!], affine: result };
}

/** Intensities as a model wants them. */
export function scaleForModel(voxels: Voxels, intensity: ModelIntensity): Float32Array {
  const between = (low: number, high: number) =>
    Float32Array.from(
      voxels,
      (value) => high > low ? (Math.min(high, Math.max(low, value)) - low) / (high - low) : 0,
    );
  switch (intensity.kind) {
    case "none":
      return Float32Array.from(voxels);
    case "window":
      return between(intensity.low, intensity.high);
    case "percentiles":
      return between(percentile(voxels, intensity.low), percentile(voxels, intensity.high));
    case "minmax":
      return between(percentile(voxels, 0), percentile(voxels, 100));
    case "ct": {
      const { low, high, mean, deviation } = intensity;
      return Float32Array.from(
        voxels,
        (value) => (Math.min(high, Math.max(low, value)) - mean) / deviation,
      );
    }
    case "zscore": {
      const counts = (value: number) => !intensity.nonzero || value !== 0;
      let sum = 0, squares = 0, count = 0;
      for (const value of voxels) if (counts(value)) sum += value, count++;
      const mean = count === 0 ? 0 : sum / count;
      for (const value of voxels) if (counts(value)) squares += (value - mean) ** 2;
      const deviation = count === 0 ? 0 : Math.sqrt(squares / count);
      return Float32Array.from(
        voxels,
        (value) => counts(value) && deviation > 0 ? (value - mean) / deviation : 0,
      );
    }
  }
}
