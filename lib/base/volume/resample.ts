/**
 * Resampling to another spacing, and back onto a given grid.
 *
 * The new grid has the centre of the old one and the spacing asked for, exactly; its size is the old
 * field of view (voxels times spacing) over the new spacing, rounded. Voxel centres are therefore
 * not pinned to the first and last voxel as in `scipy.ndimage.zoom` (align-corners), which would
 * stretch the spacing. Points outside the old voxel centres take the nearest edge voxel.
 */
import { multiplyAffines } from "./affine.ts";
import { spacingOf, type Volume, type Voxels } from "./volume.ts";

/** `linear` for images, `nearest` for labels. */
export type Interpolation = "linear" | "nearest";

/** Where along one old axis the voxels of the new axis lie: `offset + step * index`. */
interface AxisMap {
  readonly size: number;
  readonly step: number;
  readonly offset: number;
}

/**
 * Resamples to a spacing along i, j and k.
 *
 * @param volume Voxels to read; a linear result of a whole-number type is rounded.
 * @param spacing New spacing in mm, each more than 0.
 * @throws {RangeError} If a spacing is not more than 0 and finite.
 *
 * @example Half the spacing, twice the voxels
 * ```ts
 * import { resample } from "./resample.ts";
 * import { scalingAffine } from "./affine.ts";
 *
 * const volume = { data: new Float32Array(8), shape: [2, 2, 2], affine: scalingAffine([2, 2, 2]) } as const;
 * const { shape } = resample(volume, [1, 1, 2], "linear");
 * if (shape.join() !== "4,4,2") throw new Error(shape.join());
 * ```
 */
export function resample<T extends Voxels>(
  volume: Volume<T>,
  spacing: readonly [number, number, number],
  interpolation: Interpolation,
): Volume<T> {
  const old = spacingOf(volume.affine);
  const maps = spacing.map((wanted, axis): AxisMap => {
    if (!(wanted > 0 && Number.isFinite(wanted))) {
      throw new RangeError(
        `Cannot resample: spacing along axis ${axis} is ${wanted} mm, wanted more than 0`,
      );
    }
    const step = wanted / old[axis]!;
    const size = Math.max(1, Math.round(volume.shape[axis]! / step));
    return { size, step, offset: (volume.shape[axis]! - 1) / 2 - step * (size - 1) / 2 };
  });
  return resampleAxes(volume, maps, interpolation);
}

/** Resamples i and j to a spacing in mm and leaves the slices where they are; see {@linkcode resample}. */
export function resampleInPlane<T extends Voxels>(
  volume: Volume<T>,
  spacing: number,
  interpolation: Interpolation,
): Volume<T> {
  return resample(volume, [spacing, spacing, spacingOf(volume.affine)[2]], interpolation);
}

/**
 * Resamples onto a grid that {@linkcode resample} started from: the way back. The grids share their
 * centre and axes, so only shape and spacing of `grid` count; the result has its affine.
 *
 * @throws {RangeError} If a spacing of `grid` is zero.
 */
export function resampleOnto<T extends Voxels>(
  volume: Volume<T>,
  grid: Pick<Volume<Voxels>, "shape" | "affine">,
  interpolation: Interpolation,
): Volume<T> {
  const [old, wanted] = [spacingOf(volume.affine), spacingOf(grid.affine)];
  const maps = grid.shape.map((size, axis): AxisMap => {
    const step = wanted[axis]! / old[axis]!;
    if (!(step > 0 && Number.isFinite(step))) {
      throw new RangeError(
        `Cannot resample: spacing along axis ${axis} is ${wanted[axis]} mm, wanted more than 0`,
      );
    }
    return { size, step, offset: (volume.shape[axis]! - 1) / 2 - step * (size - 1) / 2 };
  });
  return { ...resampleAxes(volume, maps, interpolation), affine: grid.affine };
}

function resampleAxes<T extends Voxels>(
  volume: Volume<T>,
  maps: readonly AxisMap[],
  interpolation: Interpolation,
): Volume<T> {
  let { data, shape } = volume;
  maps.forEach((map, axis) => {
    if (map.step === 1 && map.offset === 0 && map.size === shape[axis]) return;
    data = resampleAxis(data, shape, axis, map, interpolation);
    shape = shape.map((size, a) => a === axis ? map.size : size) as [number, number, number];
  });
  const [i, j, k] = maps as [AxisMap, AxisMap, AxisMap];
  const toOld = [
    i.step,
    0,
    0,
    i.offset,
    0,
    j.step,
    0,
    j.offset,
    0,
    0,
    k.step,
    k.offset,
    0,
    0,
    0,
    1,
  ];
  return {
    data: data === volume.data ? data.slice() as T : data,
    shape,
    affine: multiplyAffines(volume.affine, toOld),
  };
}

/** One axis at a time: linear interpolation is separable, and each pass is a plain loop. */
function resampleAxis<T extends Voxels>(
  data: T,
  shape: readonly [number, number, number],
  axis: number,
  map: AxisMap,
  interpolation: Interpolation,
): T {
  const size = shape[axis]!;
  const stride = axis === 0 ? 1 : axis === 1 ? shape[0] : shape[0] * shape[1];
  const outer = data.length / (size * stride);
  const result = new (data.constructor as new (length: number) => T)(outer * map.size * stride);
  const whole = !(data instanceof Float32Array || data instanceof Float64Array);
  for (let to = 0; to < map.size; to++) {
    const at = Math.min(size - 1, Math.max(0, map.offset + map.step * to));
    // The margin keeps a centre that falls between two voxels on the same side after rounding error.
    const low = interpolation === "nearest" ? Math.floor(at + 0.5 - 1e-9) : Math.floor(at);
    const high = Math.min(size - 1, low + 1);
    const weight = interpolation === "nearest" ? 0 : at - low;
    for (let o = 0; o < outer; o++) {
      const a = (o * size + low) * stride;
      const b = (o * size + high) * stride;
      const target = (o * map.size + to) * stride;
      for (let s = 0; s < stride; s++) {
        const value = data[a + s]! + weight * (data[b + s]! - data[a + s]!);
        result[target + s] = whole ? Math.round(value) : value;
      }
    }
  }
  return result;
}
