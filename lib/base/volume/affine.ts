/** Arithmetic of 4 x 4 affines by rows; see {@linkcode Affine}. Nothing here changes its input. */
import type { Affine } from "./volume.ts";

/** An affine of a diagonal: spacings (mm, signed) along x, y and z, and an origin in mm. */
export function scalingAffine(
  spacing: readonly [number, number, number],
  origin: readonly [number, number, number] = [0, 0, 0],
): Affine {
  const [x, y, z] = spacing;
  return [x, 0, 0, origin[0], 0, y, 0, origin[1], 0, 0, z, origin[2], 0, 0, 0, 1];
}

/**
 * The product `a b`: applies `b` first, then `a`.
 *
 * @example Two shifts add up
 * ```ts
 * import { applyAffine, multiplyAffines, scalingAffine } from "./affine.ts";
 *
 * const shift = scalingAffine([1, 1, 1], [5, 0, 0]);
 * const [x] = applyAffine(multiplyAffines(shift, shift), [1, 0, 0]);
 * if (x !== 11) throw new Error(`x is ${x}`);
 * ```
 */
export function multiplyAffines(a: Affine, b: Affine): Affine {
  const product = new Array<number>(16).fill(0);
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      for (let k = 0; k < 4; k++) {
        product[row * 4 + column]! += a[row * 4 + k]! * b[k * 4 + column]!;
      }
    }
  }
  return product;
}

/** The determinant of the upper left 3 x 3 part, in mm^3 a voxel; negative where left-handed. */
export function determinantOf(affine: Affine): number {
  const [a, b, c, , d, e, f, , g, h, i] = affine as number[];
  return a! * (e! * i! - f! * h!) - b! * (d! * i! - f! * g!) + c! * (d! * h! - e! * g!);
}

/**
 * The volume of a voxel in mm^3, wherever its axes point: the size of the determinant. It is the
 * product of the spacings only where the axes are at right angles.
 */
export function voxelVolumeOf(affine: Affine): number {
  return Math.abs(determinantOf(affine));
}

/**
 * The affine that undoes `affine`.
 *
 * @throws {RangeError} If the affine has no inverse.
 */
export function invertAffine(affine: Affine): Affine {
  const determinant = determinantOf(affine);
  if (!Number.isFinite(determinant) || determinant === 0) {
    throw new RangeError(
      `Cannot invert an affine: its determinant is ${determinant}, wanted a finite number other than 0`,
    );
  }
  const [a, b, c, x, d, e, f, y, g, h, i, z] = affine as number[];
  const rows = [
    [e! * i! - f! * h!, c! * h! - b! * i!, b! * f! - c! * e!],
    [f! * g! - d! * i!, a! * i! - c! * g!, c! * d! - a! * f!],
    [d! * h! - e! * g!, b! * g! - a! * h!, a! * e! - b! * d!],
  ].map((row) => row.map((value) => value / determinant));
  const result: number[] = [];
  for (const row of rows) {
    result.push(row[0]!, row[1]!, row[2]!, -(row[0]! * x! + row[1]! * y! + row[2]! * z!));
  }
  return [...result, 0, 0, 0, 1];
}

/** Where the affine takes a point: voxel indices (i, j, k) to mm. */
export function applyAffine(
  affine: Affine,
  point: readonly [number, number, number],
): [number, number, number] {
  const row = (r: number) =>
    affine[r * 4]! * point[0] + affine[r * 4 + 1]! * point[1] + affine[r * 4 + 2]! * point[2] +
    affine[r * 4 + 3]!;
  return [row(0), row(1), row(2)];
}

/**
 * The greatest distance in mm between the places that two affines give to the corner voxels of a
 * grid: how far two volumes of the same shape lie apart.
 */
export function cornerDistance(
  a: Affine,
  b: Affine,
  shape: readonly [number, number, number],
): number {
  let greatest = 0;
  for (let corner = 0; corner < 8; corner++) {
    const point: [number, number, number] = [
      corner & 1 ? shape[0] - 1 : 0,
      corner & 2 ? shape[1] - 1 : 0,
      corner & 4 ? shape[2] - 1 : 0,
    ];
    const [p, q] = [applyAffine(a, point), applyAffine(b, point)];
    greatest = Math.max(greatest, Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
  }
  return greatest;
}
