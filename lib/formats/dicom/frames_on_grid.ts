/** Which voxels of a volume the pixels of source images are. */
import { applyAffine, invertAffine } from "../../base/volume/affine.ts";
import type { Volume } from "../../base/volume/volume.ts";
import { DicomError } from "./dicom_error.ts";
import type { SourceFrame, SourceSeries } from "./source_frames.ts";

/** A place of a source series: the images that lie there, and the voxels that their pixels are. */
export interface SourcePlane {
  /** One, or several times or echoes of one place. */
  readonly frames: readonly SourceFrame[];
  /** The voxel of the first pixel, and steps in the volume's data along a row and down a column. */
  readonly start: number;
  readonly alongRow: number;
  readonly downColumn: number;
}

/** Voxels may lie this share of a voxel apart and still be the same. */
const TOLERANCE = 0.1;

/**
 * Finds the planes of a volume that the images of a series show, in the order of the volume's slices.
 * Images that lie outside it are left out. Where distances between slices are uneven, which no affine
 * tells, as many slices as the volume has are taken in their order.
 *
 * @param grid RAS+, as all volumes.
 * @param name What errors call the series.
 * @throws {DicomError} "place" if pixels are no voxels, or a slice of the volume has no image.
 */
export function framesOnGrid(
  { frames, rows, columns }: Pick<SourceSeries, "frames" | "rows" | "columns">,
  grid: Pick<Volume, "shape" | "affine">,
  name: string,
): SourcePlane[] {
  const refuse = (what: string) =>
    new DicomError("place", `Cannot put a segmentation beside ${name}: ${what}`);
  const toVoxel = invertAffine(grid.affine),
    strides = [1, grid.shape[0], grid.shape[0] * grid.shape[1]];
  const placed = frames.map((frame) => {
    const at = voxelOf(toVoxel, frame, 0, 0);
    const row = difference(voxelOf(toVoxel, frame, 1, 0), at);
    const column = difference(voxelOf(toVoxel, frame, 0, 1), at);
    return { frame, at, row, column };
  });
  const [first] = placed;
  const [across, down] = [axisOf(first!.row, columns), axisOf(first!.column, rows)];
  if (across === undefined || down === undefined || across === down) {
    throw refuse("its rows and columns do not run along the volume's");
  }
  const axis = 3 - across - down;
  const fits = (wanted: number, found: number) => Math.abs(wanted - found) <= TOLERANCE;
  const inPlane = placed.filter(({ at, row, column }) => {
    const far = [0, 1, 2].map((a) => at[a]! + row[a]! * (columns - 1) + column[a]! * (rows - 1));
    return [across, down].every((a) =>
      fits(Math.min(at[a]!, far[a]!), 0) && fits(Math.max(at[a]!, far[a]!), grid.shape[a]! - 1)
    ) && fits(at[axis]!, far[axis]!);
  });
  if (inPlane.length === 0 || columns !== grid.shape[across] || rows !== grid.shape[down]) {
    throw refuse(
      `its images of ${columns} x ${rows} pixels are not the slices of a volume of ` +
        grid.shape.join(" x "),
    );
  }
  const places = new Map<number, typeof placed>();
  for (const one of inPlane.toSorted((a, b) => a.at[axis]! - b.at[axis]!)) {
    const height = one.at[axis]!;
    const known = [...places.keys()].find((other) => fits(other, height));
    places.set(known ?? height, [...places.get(known ?? height) ?? [], one]);
  }
  const heights = [...places.keys()], depth = grid.shape[axis]!;
  const onSlices = heights.filter((height) =>
    fits(height, Math.round(height)) && height > -0.5 && height < depth - 0.5
  );
  const chosen = onSlices.length === depth
    ? onSlices
    : heights.length === depth
    ? heights
    : undefined;
  if (chosen === undefined) {
    throw refuse(`of ${depth} slices of the volume, ${onSlices.length} have an image`);
  }
  return chosen.map((height, slice) => {
    const own = places.get(height)!, { at, row, column } = own[0]!;
    const corner = [across, down].reduce(
      (sum: number, a) => sum + Math.round(at[a]!) * strides[a]!,
      0,
    );
    return {
      frames: own.map(({ frame }) => frame),
      start: corner + slice * strides[axis]!,
      alongRow: Math.round(row[across]!) * strides[across]!,
      downColumn: Math.round(column[down]!) * strides[down]!,
    };
  });
}

/** Where a pixel lies in the volume, in voxels. */
function voxelOf(
  toVoxel: readonly number[],
  { position, orientation, spacing }: SourceFrame,
  x: number,
  y: number,
): number[] {
  const [lps0, lps1, lps2] = [0, 1, 2].map((a) =>
    position[a]! + orientation[a]! * spacing[1]! * x + orientation[3 + a]! * spacing[0]! * y
  ) as [number, number, number];
  return applyAffine(toVoxel, [-lps0, -lps1, lps2]);
}

function difference(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, n) => value - b[n]!);
}

/** The axis along which a step runs, one voxel at a time; undefined where it runs along none. */
function axisOf(step: readonly number[], count: number): 0 | 1 | 2 | undefined {
  // So small that the last pixel, too, is where its voxel is.
  const least = TOLERANCE / Math.max(1, count - 1);
  return ([0, 1, 2] as const).find((axis) =>
    step.every((value, a) => Math.abs(Math.abs(value) - (a === axis ? 1 : 0)) <= least)
  );
}
