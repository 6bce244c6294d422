/**
 * Centre crop or pad of slices to a size, and the way back.
 *
 * Along each axis the slice is cropped where it is longer and padded where it is shorter, half of the
 * difference (rounded down) at the low end.
 */
import { multiplyAffines } from "./affine.ts";
import type { Volume, Voxels } from "./volume.ts";

/**
 * What fills the padding: a number, or `minimum` for the least value of the same row or column (as
 * NumPy's `pad(mode="minimum")`, first along j, then along i).
 */
export type Fill = number | "minimum";

/** How much is cut (negative) or added (positive) at the low end of an axis. */
export function fitOffset(from: number, to: number): number {
  return from > to ? -Math.floor((from - to) / 2) : Math.floor((to - from) / 2);
}

/**
 * Crops or pads one slice about its centre.
 *
 * @param slice `width * height` values, `width` running fastest.
 * @returns `newWidth * newHeight` values of the same type.
 * @throws {TypeError} If the slice does not have `width * height` values.
 */
export function fitSlice<T extends Voxels>(
  slice: T,
  [width, height]: readonly [number, number],
  [newWidth, newHeight]: readonly [number, number],
  fill: Fill,
): T {
  if (slice.length !== width * height) {
    throw new TypeError(
      `Cannot fit a slice: it has ${slice.length} values, wanted ${width} x ${height}`,
    );
  }
  const result = new (slice.constructor as new (length: number) => T)(newWidth * newHeight);
  if (typeof fill === "number" && fill !== 0) result.fill(fill);
  const [dx, dy] = [fitOffset(width, newWidth), fitOffset(height, newHeight)];
  const [x0, x1] = [Math.max(0, dx), Math.min(newWidth, width + dx)];
  const [y0, y1] = [Math.max(0, dy), Math.min(newHeight, height + dy)];
  for (let y = y0; y < y1; y++) {
    const from = (y - dy) * width - dx;
    result.set(slice.subarray(from + x0, from + x1) as never, y * newWidth + x0);
  }
  if (fill === "minimum") {
    padRange(result, x0, x1, 1, newWidth, y0, y1, newHeight);
    padRange(result, 0, newHeight, newWidth, 1, x0, x1, newWidth);
  }
  return result;
}

/**
 * A window of a slice.
 *
 * @param slice `width * height` values, `width` running fastest.
 * @param at The window's first pixel, `[x, y]`, inside the slice or not.
 * @param size The window's size in pixels.
 * @param outside What lies beyond the slice: a number, or `edge` for its nearest pixel.
 */
export function windowOf<T extends Voxels>(
  slice: T,
  { width, height }: { readonly width: number; readonly height: number },
  [x0, y0]: readonly [number, number],
  size: { readonly width: number; readonly height: number },
  outside: number | "edge",
): T {
  const result = new (slice.constructor as new (length: number) => T)(size.width * size.height);
  for (let y = 0, to = 0; y < size.height; y++) {
    const row = Math.min(height - 1, Math.max(0, y0 + y)), rowInside = row === y0 + y;
    for (let x = 0; x < size.width; x++, to++) {
      const column = Math.min(width - 1, Math.max(0, x0 + x));
      const inside = rowInside && column === x0 + x;
      result[to] = inside || outside === "edge" ? slice[row * width + column]! : outside;
    }
  }
  return result;
}

/** Fills each line, outside `inner`, with the least value it has inside. */
function padRange(
  data: Voxels,
  first: number,
  last: number,
  lineStride: number,
  stride: number,
  inner0: number,
  inner1: number,
  size: number,
): void {
  if (inner0 === 0 && inner1 === size) return;
  for (let line = first; line < last; line++) {
    const start = line * lineStride;
    let least = Infinity;
    for (let n = inner0; n < inner1; n++) least = Math.min(least, data[start + n * stride]!);
    for (let n = 0; n < inner0; n++) data[start + n * stride] = least;
    for (let n = inner1; n < size; n++) data[start + n * stride] = least;
  }
}

/**
 * Crops or pads every slice about its centre; the affine follows.
 *
 * @param size New numbers of voxels along i and j, whole and more than 0.
 * @throws {RangeError} If a size is not a whole number more than 0.
 */
export function fitInPlane<T extends Voxels>(
  volume: Volume<T>,
  size: readonly [number, number],
  fill: Fill = 0,
): Volume<T> {
  for (const n of size) {
    if (!Number.isInteger(n) || n < 1) {
      throw new RangeError(`Cannot crop or pad to ${n} voxels: wanted a whole number more than 0`);
    }
  }
  const [ni, nj, nk] = volume.shape;
  const Type = volume.data.constructor as new (length: number) => T;
  const data = new Type(size[0] * size[1] * nk);
  for (let k = 0; k < nk; k++) {
    const slice = volume.data.subarray(k * ni * nj, (k + 1) * ni * nj) as T;
    data.set(fitSlice(slice, [ni, nj], size, fill) as never, k * size[0] * size[1]);
  }
  const [di, dj] = [fitOffset(ni, size[0]), fitOffset(nj, size[1])];
  return {
    data,
    shape: [size[0], size[1], nk],
    affine: multiplyAffines(volume.affine, [1, 0, 0, -di, 0, 1, 0, -dj, 0, 0, 1, 0, 0, 0, 0, 1]),
  };
}

/**
 * Undoes {@linkcode fitInPlane}: puts each slice back where it was cut from or padded in.
 *
 * @param fitted What `fitInPlane` gave, or another volume of that shape (labels, say).
 * @param grid The volume that was fitted; gives shape and affine of the result.
 * @param outside What to put where `grid` had voxels that were cropped away.
 */
export function unfitInPlane<T extends Voxels>(
  fitted: Volume<T>,
  grid: Pick<Volume<Voxels>, "shape" | "affine">,
  outside = 0,
): Volume<T> {
  const [wide, high, nk] = fitted.shape;
  const [ni, nj] = grid.shape;
  const Type = fitted.data.constructor as new (length: number) => T;
  const data = new Type(ni * nj * nk).fill(outside as never) as T;
  const [di, dj] = [fitOffset(ni, wide), fitOffset(nj, high)];
  for (let k = 0; k < nk; k++) {
    for (let j = Math.max(0, -dj); j < Math.min(nj, high - dj); j++) {
      const [i0, i1] = [Math.max(0, -di), Math.min(ni, wide - di)];
      const from = k * wide * high + (j + dj) * wide + di;
      data.set(
        fitted.data.subarray(from + i0, from + i1) as never,
        k * ni * nj + j * ni + i0,
      );
    }
  }
  return { data, shape: [ni, nj, nk], affine: grid.affine };
}
