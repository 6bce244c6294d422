/**
 * From a case to what networks read, and from their labels back to the case's own grid.
 *
 * The steps of Chen et al. 2021: clip to the 2nd and 98th percentile of the volume and scale to
 * [0, 1]; turn slices to the canonical orientation; resample in-plane to 1.36719 mm (images linear,
 * labels nearest), slices left where they are; pad with the least value of each row and column; centre
 * crop; scale each slice to [0, 1]. Beyond them: slices along any axis, several channels, other
 * intensities, and slices that are kept whole where they are larger than what the network sees.
 */
import { scalingAffine } from "../../../base/volume/affine.ts";
import { fitInPlane } from "../../../base/volume/fit.ts";
import { minMaxSlices } from "../../../base/volume/normalise.ts";
import { canonicalInPlane, orient } from "../../../base/volume/orientation.ts";
import { resampleInPlane } from "../../../base/volume/resample.ts";
import { sliceAxisOf, stackAlong, stackedGrid } from "../../../base/volume/slice_axis.ts";
import { spacingOf, type Volume, type Voxels } from "../../../base/volume/volume.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import type { NiftiGrid } from "../../../formats/nifti/nifti_image.ts";
import type { CaseSource, LoadedCase } from "../cases/case_source.ts";
import {
  type CaseContent,
  classesOf,
  imageContent,
  shareCutAway,
  volumesContent,
} from "./case_content.ts";
import { type PreparedWay, restoreLabels } from "./restore_grid.ts";
import { scaleIntensity, scalesSlices } from "./intensity.ts";
import { checkSliceSize, LARGEST_SIDE, type SliceSize } from "../../../base/volume/slice_size.ts";
import { type Preparation, preparationSchema } from "./preparation.ts";

export { type Preparation, preparationSchema };

/** The version of what preparation makes: raised whenever a case comes out otherwise. */
export const PREPARED_VERSION = 2;

/** How to prepare a case; what is left out has the default of {@linkcode preparationSchema}. */
export type PrepareOptions = Partial<Preparation>;

/**
 * A case as slices of one size. Slices are rows (j) of columns (i), in the order of the file.
 * Plain data, which a worker can send; {@linkcode withRestore} makes a case of it.
 */
export interface PreparedVoxels extends SliceSize {
  /** Unique within a data set. */
  readonly id: string;
  /** The person. */
  readonly subject: string;
  /** Which of the subject's images it is. */
  readonly frame: string;
  /** Where the case comes from, for results by domain. */
  readonly domain: string;
  /** Number of slices. */
  readonly slices: number;
  /** Channels of each slice. */
  readonly channels: number;
  /** What the network sees at once: the whole slice, or a tile of it. */
  readonly tile: SliceSize;
  /** Whether each of `images` is scaled by itself. */
  readonly scaled: boolean;
  /**
   * `[slices, channels, height, width]`, in [0, 1], with `intensity: slice` each scaled to it: what
   * networks are evaluated on.
   */
  readonly images: Float32Array;
  /** `[slices, height, width]`, classes, or `IGNORED`; absent where the case has no label. */
  readonly labels?: Uint8Array;
  /** The wider slices that training augments before it crops them. */
  readonly field: PreparedField;
  /** Where predictions go, and what they are compared with. */
  readonly reference: {
    /** The case's own grid and header; see `withVoxels`. */
    readonly image: NiftiGrid;
    /** True classes on that grid. */
    readonly label?: Volume<Uint8Array>;
  };
  /** The grids that the case went through, for the way back. */
  readonly way: PreparedWay;
  /** What its voxels are. */
  readonly content: CaseContent;
}

/** A prepared case with the way back to its own grid. */
export interface PreparedCase extends PreparedVoxels {
  /**
   * Brings labels of the prepared slices back to the case's own grid, orientation and shape, with
   * background outside the crop.
   *
   * @param labels `[slices, height, width]`.
   * @throws {TypeError} If their number is another.
   */
  restore(labels: Uint8Array): Volume<Uint8Array>;
}

/**
 * Slices scaled to [0, 1] by volume, not by slice: `round(size * 224 / 192)` pixels a side where they
 * are cropped, else whole.
 */
export interface PreparedField extends SliceSize {
  /** `[slices, channels, height, width]`. */
  readonly images: Float32Array;
  /** `[slices, height, width]`; absent where the case has no label. */
  readonly labels?: Uint8Array;
}

type Grid = Pick<Volume, "shape" | "affine">;

/** The slices that are augmented before a centre crop to `size`. */
export function fieldSize({ height, width }: SliceSize): SliceSize {
  return { height: Math.round(height * 224 / 192), width: Math.round(width * 224 / 192) };
}

/**
 * Loads and prepares a case; see the top of this module.
 *
 * @throws {RangeError} If a side is no multiple of 16, or spacing or percentiles are out of range.
 * @throws {DatasetError} If the spacing makes slices that no memory holds.
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
  const { size, spacing } = { ...preparationSchema.parse({}), ...options };
  checkSliceSize(size, `prepare ${source.id}`);
  const loaded = await source.load();
  const prepared = prepareImages(source, loaded.images, options);
  const content = { image: await imageContent(loaded) };
  const { id, subject, frame, domain } = source, { label } = loaded;
  const identity = { id, subject, frame, domain };
  if (label === undefined) return { ...identity, ...prepared, content };
  const { field, way: { axis, orientation } } = prepared;
  const turned = orient(
    stackAlong({ ...prepared.reference.image.volume, data: label.data }, axis),
    orientation,
  );
  const fine = resampleInPlane(turned, spacing, "nearest");
  const wide = fitInPlane(fine, [field.width, field.height]);
  const labels = shownPlanes(wide.data, field, prepared);
  return {
    ...identity,
    ...prepared,
    labels,
    field: { ...field, labels: wide.data },
    reference: { ...prepared.reference, label },
    content: {
      ...content,
      label: await volumesContent([label]),
      classes: classesOf(label),
      cutAway: shareCutAway(fine.data, labels),
    },
  };
}

/** What of a prepared case its images alone give. */
export type PreparedImages = Omit<
  PreparedVoxels,
  "subject" | "frame" | "domain" | "labels" | "content"
>;

/**
 * Prepares images, one a channel on one grid; see the top of this module.
 *
 * @throws {RangeError} If a side is no multiple of 16, or spacing or percentiles are out of range.
 * @throws {DatasetError} If the spacing makes slices that no memory holds.
 */
export function prepareImages(
  { id, orientation: own }: Pick<CaseSource, "id" | "orientation">,
  images: LoadedCase["images"],
  options: PrepareOptions = {},
): PreparedImages {
  const { size, spacing, sliceAxis, sliceDirection, intensity, larger, clip } = {
    ...preparationSchema.parse({}),
    ...options,
  };
  checkSliceSize(size, `prepare ${id}`);
  const { shape, affine } = images[0].volume;
  const axis = sliceAxisOf(affine, sliceAxis, sliceDirection);
  // A layout's own turn is of slices along the third axis.
  const orientation = axis === 2 && own !== undefined
    ? own
    : canonicalInPlane(stackedGrid({ shape, affine }, axis).affine);
  const warnings = [...images[0].warnings];
  const turned = images.map(({ volume }, channel) => {
    const { data, warning } = scaleIntensity(volume.data, intensity, channel, clip);
    if (warning !== undefined) warnings.push(`${id}: ${warning}`);
    return orient(stackAlong({ data, shape, affine }, axis), orientation);
  });
  checkSpacing(id, turned[0]!, spacing);
  const fine = turned.map((channel) => resampleInPlane(channel, spacing, "linear"));
  const whole = { height: fine[0]!.shape[1], width: fine[0]!.shape[0] };
  const field = larger === "crop" ? fieldSize(size) : largest(whole, size);
  const shown = larger === "crop" ? size : field;
  const wide = fine.map((channel) => fitInPlane(channel, [field.width, field.height], "minimum"));
  const planes = interleaved(wide.map(({ data }) => data), field.height * field.width);
  const scaled = scalesSlices(intensity);
  return {
    id,
    ...shown,
    slices: wide[0]!.shape[2],
    channels: images.length,
    tile: size,
    scaled,
    images: shownPlanes(planes, field, shown, scaled),
    field: { ...field, images: planes },
    reference: { image: { header: images[0].header, warnings, volume: { shape, affine } } },
    way: {
      axis,
      orientation,
      turned: withoutData(turned[0]!),
      fine: withoutData(fine[0]!),
      wide: withoutData(wide[0]!),
    },
  };
}

/**
 * What networks see of planes of wide slices, one after another: their centres, and each scaled to
 * [0, 1] where that is wanted.
 */
export function shownPlanes<T extends Float32Array | Uint8Array>(
  planes: T,
  field: SliceSize,
  shown: SliceSize,
  scaled = false,
): T {
  const shape = [field.width, field.height, planes.length / (field.width * field.height)] as const;
  // The affine plays no part.
  const affine = scalingAffine([1, 1, 1]);
  const { data } = fitInPlane({ data: planes, shape, affine }, [shown.width, shown.height]);
  return scaled ? minMaxSlices(data, shown.width * shown.height) as T : data;
}

/** Refuses by arithmetic what would fill the memory. */
function checkSpacing(id: string, { shape, affine }: Grid, spacing: number): void {
  const sides = spacingOf(affine).slice(0, 2).map((mm, axis) => mm * shape[axis]! / spacing);
  if (sides.every((side) => side <= 2 * LARGEST_SIDE)) return;
  throw new DatasetError(
    `Cannot prepare ${id}: spacing is ${spacing} mm, which makes slices of ${
      sides.map((side) => Math.round(side)).join(" x ")
    } pixels, wanted at most ${2 * LARGEST_SIDE} a side`,
  );
}

function largest(a: SliceSize, b: SliceSize): SliceSize {
  return { height: Math.max(a.height, b.height), width: Math.max(a.width, b.width) };
}

/** Channels `[slices, area]` each as one `[slices, channels, area]`. */
function interleaved(channels: readonly Float32Array[], area: number): Float32Array {
  if (channels.length === 1) return channels[0]!;
  const slices = channels[0]!.length / area;
  const result = new Float32Array(channels.length * slices * area);
  channels.forEach((planes, channel) => {
    for (let slice = 0; slice < slices; slice++) {
      const plane = planes.subarray(slice * area, (slice + 1) * area);
      result.set(plane, (slice * channels.length + channel) * area);
    }
  });
  return result;
}

/** Grids are kept after preparation; voxels are not, or a data set would fill the memory. */
function withoutData({ shape, affine }: Volume<Voxels>): Grid {
  return { shape, affine };
}

/** The prepared case of what {@linkcode prepareVoxels} gave, here or in a worker. */
export function withRestore(prepared: PreparedVoxels): PreparedCase {
  return { ...prepared, restore: (labels) => restoreLabels(prepared, labels) };
}
