/**
 * One in-plane orientation for short-axis stacks, whatever way a file stores its slices.
 *
 * Scanners and converters store the same short-axis slice turned or mirrored in-plane. The affine
 * tells which way: of the eight turns and mirrors of a slice, the canonical one points its first
 * axis most to the patient's left and its second most to the posterior. Short-axis planes are
 * oblique, so "left" leans a little to superior and "posterior" to inferior; the target directions
 * lean the same way, which settles planes of which one axis is exactly perpendicular to left or to
 * posterior. The slice axis is never turned: networks see one slice at a time, and the order of
 * slices is the file's own.
 */
import { applyAffine, multiplyAffines } from "./affine.ts";
import type { Affine, Volume, Voxels } from "./volume.ts";

/**
 * How slices are turned: first the two in-plane axes are swapped if `transpose`, then the new first
 * axis is reversed if `flipI` and the new second axis if `flipJ`.
 */
export interface InPlaneOrientation {
  /** Swap i and j. */
  readonly transpose: boolean;
  /** Reverse the first axis, after swapping. */
  readonly flipI: boolean;
  /** Reverse the second axis, after swapping. */
  readonly flipJ: boolean;
}

/** The orientation that changes nothing. */
export const UNTURNED: InPlaneOrientation = { transpose: false, flipI: false, flipJ: false };

/** Mostly left, leaning to superior; in RAS+. */
const LEFT: readonly number[] = [-1, 0, 0.1];
/** Mostly posterior, leaning to inferior; in RAS+. */
const POSTERIOR: readonly number[] = [0, -1, -0.1];

/**
 * How slices with this affine are brought to the canonical form: first axis to the patient's left,
 * second to posterior.
 *
 * @param affine Voxel indices to RAS+ mm; only the directions of its first two columns count.
 * @throws {RangeError} If one of the first two columns is zero or not finite.
 */
export function canonicalInPlane(affine: Affine): InPlaneOrientation {
  const [i, j] = [unitColumn(affine, 0), unitColumn(affine, 1)];
  let best: InPlaneOrientation = UNTURNED;
  let bestScore = -Infinity;
  for (const transpose of [false, true]) {
    const left = dot(transpose ? j : i, LEFT);
    const posterior = dot(transpose ? i : j, POSTERIOR);
    const score = Math.abs(left) + Math.abs(posterior);
    if (score > bestScore + 1e-9) {
      bestScore = score;
      best = { transpose, flipI: left < 0, flipJ: posterior < 0 };
    }
  }
  return best;
}

/** Turns every slice; the affine follows, so that each voxel stays where it was in the patient. */
export function orient<T extends Voxels>(
  volume: Volume<T>,
  orientation: InPlaneOrientation,
): Volume<T> {
  const { transpose, flipI, flipJ } = orientation;
  const [ni, nj, nk] = volume.shape;
  const [wide, high] = transpose ? [nj, ni] : [ni, nj];
  // Source index = start + i * stepI + j * stepJ within a slice.
  let [stepI, stepJ] = transpose ? [ni, 1] : [1, ni];
  const start = (flipI ? (wide - 1) * stepI : 0) + (flipJ ? (high - 1) * stepJ : 0);
  if (flipI) stepI = -stepI;
  if (flipJ) stepJ = -stepJ;
  const data = volume.data.slice() as T;
  for (let k = 0, to = 0; k < nk; k++) {
    for (let j = 0; j < high; j++) {
      let from = k * ni * nj + start + j * stepJ;
      for (let i = 0; i < wide; i++, from += stepI) data[to++] = volume.data[from]!;
    }
  }
  const [signI, signJ] = [flipI ? -1 : 1, flipJ ? -1 : 1];
  const [shiftI, shiftJ] = [flipI ? wide - 1 : 0, flipJ ? high - 1 : 0];
  const toOld = transpose
    ? [0, signJ, 0, shiftJ, signI, 0, 0, shiftI, 0, 0, 1, 0, 0, 0, 0, 1]
    : [signI, 0, 0, shiftI, 0, signJ, 0, shiftJ, 0, 0, 1, 0, 0, 0, 0, 1];
  return { data, shape: [wide, high, nk], affine: multiplyAffines(volume.affine, toOld) };
}

/** The orientation that undoes another: `orient(orient(v, o), inverseOrientation(o))` is `v`. */
export function inverseOrientation(orientation: InPlaneOrientation): InPlaneOrientation {
  const { transpose, flipI, flipJ } = orientation;
  return transpose ? { transpose, flipI: flipJ, flipJ: flipI } : orientation;
}

function unitColumn(affine: Affine, column: number): number[] {
  const origin = applyAffine(affine, [0, 0, 0]);
  const end = applyAffine(affine, [column === 0 ? 1 : 0, column === 1 ? 1 : 0, 0]);
  const direction = end.map((value, axis) => value - origin[axis]!);
  const length = Math.hypot(...direction);
  if (!(length > 0 && Number.isFinite(length))) {
    throw new RangeError(
      `Cannot orient a volume: column ${column} of its affine has length ${length}, wanted more than 0`,
    );
  }
  return direction.map((value) => value / length);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!;
}
