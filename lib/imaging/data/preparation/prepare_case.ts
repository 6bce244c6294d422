/**
 * From a case to what networks read, and from their labels back to the case's own grid.
 *
 * The steps of Chen et al. 2021: clip to the 2nd and 98th percentile of the volume and scale to
 * [0, 1]; turn slices to the canonical orientation; resample in-plane to 1.36719 mm (images linear,
 * labels nearest), slices left where they are; pad with the least value of each row and column; centre
 * crop; scale each slice to [0, 1].
 */
import type { CaseSource } from "../cases/case_source.ts";
import { clipStored } from "../../../base/volume/clip_stored.ts";
import type { NiftiGrid } from "../../../formats/nifti/nifti_image.ts";
import { fitInPlane, unfitInPlane } from "../../../base/volume/fit.ts";
import { minMaxSlices } from "../../../base/volume/normalise.ts";
import {
  canonicalInPlane,
  type InPlaneOrientation,
  inverseOrientation,
  orient,
} from "../../../base/volume/orientation.ts";
import { resampleInPlane, resampleOnto } from "../../../base/volume/resample.ts";
import type { Volume, Voxels } from "../../../base/volume/volume.ts";

/** How to prepare a case. */
export interface PrepareOptions {
  /** Side of the square slices in pixels, a multiple of 16 (the networks' stride). Default 192. */
  readonly size?: number;
  /** In-plane spacing in mm. Default 1.36719. */
  readonly spacing?: number;
  /** Percentiles, 0 to 100, that the volume is clipped to. Default [2, 98]. */
  readonly clip?: readonly [number, number];
}

/**
 * A case as slices of a fixed size. Slices are rows (j) of columns (i), in the order of the file.
 * Plain data, which a worker can send; {@linkcode withRestore} makes a case of it.
 */
export interface PreparedVoxels {
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
  /** The grids that the case went through, for the way back. */
  readonly way: PreparedWay;
}

/** A prepared case with the way back to its own grid. */
export interface PreparedCase extends PreparedVoxels {
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

/** How a case was turned, and its grid after turning, after resampling, and in the wider slices. */
export interface PreparedWay {
  readonly orientation: InPlaneOrientation;
  readonly turned: Grid;
  readonly fine: Grid;
  readonly wide: Grid;
}

type Grid = Pick<Volume, "shape" | "affine">;

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
  return withRestore(await prepareVoxels(source, options));
}

/** As {@linkcode prepareCase}, without the way back. */
export async function prepareVoxels(
  source: CaseSource,
  options: PrepareOptions = {},
): Promise<PreparedVoxels> {
  const { size = 192, spacing = 1.36719, clip = [2, 98] } = options;
  if (!Number.isInteger(size) || size < 16 || size % 16 !== 0) {
    throw new RangeError(
      `Cannot prepare ${source.id}: size is ${size}, wanted a multiple of 16 from 16 up`,
    );
  }
  const { image, label } = await source.load();
  const grid = { shape: image.volume.shape, affine: image.volume.affine };
  const orientation = source.orientation ?? canonicalInPlane(grid.affine);
  const scaled = { ...grid, data: clipStored(image.volume.data, ...clip) };
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
    way: {
      orientation,
      turned: withoutData(turned),
      fine: withoutData(fine),
      wide: withoutData(wide),
    },
  };
}

/** Grids are kept after preparation; voxels are not, or a data set would fill the memory. */
function withoutData({ shape, affine }: Volume<Voxels>): Grid {
  return { shape, affine };
}

/** The prepared case of what {@linkcode prepareVoxels} gave, here or in a worker. */
export function withRestore(prepared: PreparedVoxels): PreparedCase {
  const { id, size, reference, way: { orientation, turned, fine, wide } } = prepared;
  const shape = [size, size, wide.shape[2]] as const;
  return {
    ...prepared,
    restore(labels) {
      if (labels.length !== size * size * shape[2]) {
        throw new TypeError(
          `Cannot restore ${id}: got ${labels.length} labels, wanted ${
            shape[2]
          } x ${size} x ${size}`,
        );
      }
      const fitted = { data: labels, shape, affine: wide.affine };
      const whole = unfitInPlane(unfitInPlane(fitted, wide), fine);
      const stored = resampleOnto(whole, turned, "nearest");
      return {
        ...orient(stored, inverseOrientation(orientation)),
        affine: reference.image.volume.affine,
      };
    },
  };
}
