/** From prepared slices back to the grid that a case came with. */
import { unfitInPlane } from "../../../base/volume/fit.ts";
import {
  type InPlaneOrientation,
  inverseOrientation,
  orient,
} from "../../../base/volume/orientation.ts";
import { type Interpolation, resampleOnto } from "../../../base/volume/resample.ts";
import { type SliceAxis, unstackFrom } from "../../../base/volume/slice_axis.ts";
import type { SliceSize } from "../../../base/volume/slice_size.ts";
import type { Volume } from "../../../base/volume/volume.ts";

/** How a case was turned, and its grid after turning, after resampling, and in the wider slices. */
export interface PreparedWay {
  /** The file's axis that became the third. */
  readonly axis: SliceAxis;
  /** How slices were turned. */
  readonly orientation: InPlaneOrientation;
  /** The grid after turning. */
  readonly turned: Pick<Volume, "shape" | "affine">;
  /** The grid after resampling. */
  readonly fine: Pick<Volume, "shape" | "affine">;
  /** The grid of the wider slices. */
  readonly wide: Pick<Volume, "shape" | "affine">;
}

type Grid = Pick<Volume, "shape" | "affine">;

/** Where the slices of a case lie, and where they came from. */
export interface PreparedGrid extends SliceSize {
  readonly id: string;
  readonly slices: number;
  readonly reference: { readonly image: { readonly volume: Grid } };
  readonly way: PreparedWay;
}

/**
 * Brings labels of prepared slices back to the case's own grid, orientation and shape, with background
 * outside the crop: each voxel has the nearest pixel's.
 *
 * @param labels `[slices, height, width]`.
 * @throws {TypeError} If their number is another.
 */
export function restoreLabels(prepared: PreparedGrid, labels: Uint8Array): Volume<Uint8Array> {
  return restore(prepared, labels, "nearest", 0);
}

/**
 * The same of a map of numbers, as a class's probability, between whose pixels is interpolated
 * linearly.
 *
 * @param values `[slices, height, width]`.
 * @param outside What stands where the network saw nothing.
 * @throws {TypeError} If their number is another.
 */
export function restoreMap(
  prepared: PreparedGrid,
  values: Float32Array,
  outside: number,
): Volume<Float32Array> {
  return restore(prepared, values, "linear", outside);
}

function restore<T extends Uint8Array | Float32Array>(
  { id, height, width, slices, reference, way }: PreparedGrid,
  values: T,
  interpolation: Interpolation,
  outside: number,
): Volume<T> {
  if (values.length !== slices * height * width) {
    throw new TypeError(
      `Cannot restore ${id}: got ${values.length} labels, wanted ${slices} x ${height} x ${width}`,
    );
  }
  const shape = [width, height, slices] as const;
  const fitted = { data: values, shape, affine: way.wide.affine };
  const whole = unfitInPlane(unfitInPlane(fitted, way.wide, outside), way.fine, outside);
  const stored = resampleOnto(whole, way.turned, interpolation);
  const stacked = orient(stored, inverseOrientation(way.orientation));
  return { ...unstackFrom(stacked, way.axis), affine: reference.image.volume.affine };
}
