/** Holds the affine that a converter wrote to the places that the slices' own headers tell. */
import { type Affine, spacingOf } from "../../base/volume/volume.ts";
import { cornerDistance } from "../../base/volume/affine.ts";
import type { DicomHeader } from "./dicom_header.ts";
import { sliceHeights } from "./slice_heights.ts";

/** Corners that lie closer, as a share of the distance between slices, lie as the headers say. */
const TOLERANCE = 0.05;

/** Where pixdim of the third axis, the code of the qform and the sform's rows stand in a NIfTI-1 header. */
const PIXDIM_AT = 88, QFORM_CODE_AT = 252, SFORM_AT = 280;

/**
 * The affine with its last axis as the first voxels of the slices lie (Image Position Patient), where
 * it disagrees with them; undefined where it does not, where evenly spaced single slices in parallel
 * planes do not tell, or where the converter has put other axes in the slices' place.
 *
 * Slices that move sideways from one to the next, as under a tilted gantry, are further apart than
 * their planes are. dcm2niix has been seen to take the distance of the planes along the tilted way
 * (CT), which makes every volume too small by the cosine of the tilt, and to stack them at right angles
 * to their planes (MR).
 *
 * @param affine Of the image, RAS+.
 * @param shape The image's size in voxels.
 */
export function affineByHeaders(
  files: readonly Pick<DicomHeader, "orientation" | "position">[],
  affine: Affine,
  shape: readonly [number, number, number],
): Affine | undefined {
  const heights = sliceHeights(files), steps = shape[2] - 1;
  if (heights === undefined || steps < 1) return undefined;
  const [least, most] = [Math.min(...heights), Math.max(...heights)];
  // files of one slice, as its echoes, may differ in the last digits
  const bin = TOLERANCE * (most - least) / steps || 1;
  const byHeight = [...Map.groupBy(files, (_, n) => Math.round((heights[n]! - least) / bin))]
    .sort(([a], [b]) => a - b)
    .map(([, own]) => own[0]!.position!);
  if (byHeight.length !== shape[2]) return undefined;
  const [low, high] = [byHeight[0]!, byHeight.at(-1)!].map(([x, y, z]) => [-x!, -y!, z!] as const);
  const step = low!.map((value, a) => (high![a]! - value) / steps);
  const distance = Math.hypot(...step), near = TOLERANCE * distance;
  const isEven = byHeight.every(([x, y, z], n) =>
    Math.hypot(
      ...[-x!, -y!, z!].map((value, a) => value - low![a]! - n * step[a]!),
    ) < near
  );
  if (!isEven) return undefined;
  const column = (axis: number) => [0, 1, 2].map((a) => affine[4 * a + axis]!);
  const [a, b, c, d, e, f] = files[0]!.orientation as readonly number[];
  const written = [[-a!, -b!, c!], [-d!, -e!, f!], step];
  const isNearest = written.every((own, axis) => {
    const near = [0, 1, 2].map((other) => Math.abs(cosine(own, column(other))));
    return near.every((value, other) => other === axis || value < near[axis]!);
  });
  if (!isNearest) return undefined;
  const sign = cosine(column(2), step) < 0 ? -1 : 1;
  // the file's first pixel is the first voxel but for axes that the converter has turned round
  const corner = [0, 1].reduce((at, axis) => {
    const own = column(axis), isTurned = cosine(own, written[axis]!) < 0;
    return isTurned ? at.map((value, a) => value - own[a]! * (shape[axis]! - 1)) : at;
  }, [...(sign > 0 ? low! : high!)]);
  const placed = affine.map((value, n) => {
    const row = Math.floor(n / 4), axis = n % 4;
    if (row === 3 || axis < 2) return value;
    return axis === 2 ? sign * step[row]! : corner[row]!;
  }) as unknown as Affine;
  return cornerDistance(affine, placed, shape) < near ? undefined : placed;
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const product = a.reduce((sum, value, n) => sum + value * b[n]!, 0);
  return product / (Math.hypot(...a) * Math.hypot(...b));
}

/**
 * A copy of an uncompressed NIfTI-1 file, little-endian, with another sform, and no qform beside it: that
 * is a rotation, which holds no slices that move sideways.
 */
export function withSform(nifti: Uint8Array, affine: Affine): Uint8Array {
  const copy = nifti.slice(), view = new DataView(copy.buffer);
  view.setFloat32(PIXDIM_AT, spacingOf(affine)[2], true);
  view.setInt16(QFORM_CODE_AT, 0, true);
  affine.slice(0, 12).forEach((value, n) => view.setFloat32(SFORM_AT + 4 * n, value, true));
  return copy;
}
