/**
 * From a case to what networks read, and from their labels back to the case's own grid.
 *
 * The steps of Chen et al. 2021: clip to the 2nd and 98th percentile of the volume and scale to
 * [0, 1]; turn slices to the canonical orientation; resample in-plane to 1.36719 mm (images linear,
 * labels nearest), slices left where they are; pad with the least value of each row and column; centre
 * crop; scale each slice to [0, 1].
 */
import type { CaseSource } from "./case_source.ts";
import type { NiftiGrid } from "../nifti/nifti_image.ts";
import { fitInPlane, unfitInPlane } from "../volume/fit.ts";
import { clipToPercentiles, minMaxSlices } from "../volume/normalise.ts";
import { canonicalInPlane, inverseOrientation, orient } from "../volume/orientation.ts";
import { resampleInPlane, resampleOnto } from "../volume/resample.ts";
import type { Volume, Voxels } from "../volume/volume.ts";

/** How to prepare a case. */
export interface PrepareOptions {
  /** Side of the square slices in pixels, a multiple of 16 (the networks' stride). Default 192. */
  readonly size?: number;
  /** In-plane spacing in mm. Default 1.36719. */
  readonly spacing?: number;
  /** Percentiles, 0 to 100, that the volume is clipped to. Default [2, 98]. */
  readonly clip?: readonly [number, number];
}

/** A case as slices of a fixed size. Slices are rows (j) of columns (i), in the order of the file. */
export interface PreparedCase {
  readonly id: string;
  readonly subject: string;
  readonly frame: string;
  readonly domain: string;
  /** Side of a slice in pixels. */
  readonly size: number;
  /** Number of slices. */
  readonly slices: number;
  /** `[slices, size, size]`, each slice scaled to [0, 1]: what networks are evaluated on. */
  readonly images: Float32Array;
  /** `[slices, size, size]`, classes 0-3; absent where the case has no label. */
  readonly labels?: Uint8Array;
  /** The wider slices that training augments before it crops them. */
  readonly field: PreparedField;
  /** Where predictions go, and what they are compared with. */
  readonly reference: {
    /** The case's own grid and header; see `withVoxels`. */
    readonly image: NiftiGrid;
    /** True classes 0-3 on that grid. */
    readonly label?: Volume<Uint8Array>;
  };
  /**
   * Brings labels of the prepared slices back to the case's own grid, orientation and shape, with
   * background outside the crop.
   *
   * @param labels `[slices, size, size]`.
   * @throws {TypeError} If their number is another.
   */
  restore(labels: Uint8Array): Volume<Uint8Array>;
}

/** Slices of `round(size * 224 / 192)` pixels a side, scaled to [0, 1] by volume, not by slice. */
export interface PreparedField {
  readonly size: number;
  /** `[slices, size, size]`. */
  readonly images: Float32Array;
  /** `[slices, size, size]`; absent where the case has no label. */
  readonly labels?: Uint8Array;
}

/** The side of the slices that are augmented before a centre crop to `size`. */
export function fieldSize(size: number): number {
  return Math.round(size * 224 / 192);
}

/**
 * Loads and prepares a case; see the top of this module.
 *
 * @throws {RangeError} If `size` is not a multiple of 16, or spacing or percentiles are out of range.
 * @throws {DatasetError | NiftiError} As the case's `load`.
 */
export async function prepareCase(
  source: CaseSource,
  options: PrepareOptions = {},
): Promise<PreparedCase> {
  const { size = 192, spacing = 1.36719, clip = [2, 98] } = options;
  if (!Number.isInteger(size) || size < 16 || size % 16 !== 0) {
    throw new RangeError(
      `Cannot prepare ${source.id}: size is ${size}, wanted a multiple of 16 from 16 up`,
    );
  }
  const { image, label } = await source.load();
  const grid = { shape: image.volume.shape, affine: image.volume.affine };
  const orientation = source.orientation ?? canonicalInPlane(grid.affine);
  const scaled = { ...grid, data: clipToPercentiles(image.volume.data, ...clip) };
  const turned = orient(scaled, orientation);
  const fine = resampleInPlane(turned, spacing, "linear");
  const side = fieldSize(size);
  const wide = fitInPlane(fine, [side, side], "minimum");
  const wideLabel = label &&
    fitInPlane(resampleInPlane(orient(label, orientation), spacing, "nearest"), [side, side]);
  const slices = grid.shape[2];
  return {
    id: source.id,
    subject: source.subject,
    frame: source.frame,
    domain: source.domain,
    size,
    slices,
    images: minMaxSlices(fitInPlane(wide, [size, size]).data, size * size),
    ...(wideLabel ? { labels: fitInPlane(wideLabel, [size, size]).data } : {}),
    field: {
      size: side,
      images: wide.data,
      ...(wideLabel ? { labels: wideLabel.data } : {}),
    },
    reference: {
      image: { header: image.header, warnings: image.warnings, volume: grid },
      ...(label ? { label } : {}),
    },
    restore: restorer(
      { turned: withoutData(turned), fine: withoutData(fine), wide: withoutData(wide) },
      size,
      (labels) => ({ ...orient(labels, inverseOrientation(orientation)), affine: grid.affine }),
      source.id,
    ),
  };
}

type Grid = Pick<Volume, "shape" | "affine">;

/** Grids are kept after preparation; voxels are not, or a data set would fill the memory. */
function withoutData({ shape, affine }: Volume<Voxels>): Grid {
  return { shape, affine };
}

function restorer(
  grids: { readonly turned: Grid; readonly fine: Grid; readonly wide: Grid },
  size: number,
  turnBack: (labels: Volume<Uint8Array>) => Volume<Uint8Array>,
  id: string,
): (labels: Uint8Array) => Volume<Uint8Array> {
  const shape = [size, size, grids.wide.shape[2]] as const;
  return (labels) => {
    if (labels.length !== size * size * shape[2]) {
      throw new TypeError(
        `Cannot restore ${id}: got ${labels.length} labels, wanted ${shape[2]} x ${size} x ${size}`,
      );
    }
    const fitted = { data: labels, shape, affine: grids.wide.affine };
    const fine = unfitInPlane(unfitInPlane(fitted, grids.wide), grids.fine);
    return turnBack(resampleOnto(fine, grids.turned, "nearest"));
  };
}
