/** A 3-D image in space: voxels, their grid, and where the grid lies in the patient. */

/** Any typed array that holds voxels. */
export type Voxels =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

/**
 * The 4 x 4 matrix, by rows, that maps voxel indices (i, j, k, 1) to RAS+ millimetres
 * (x to the patient's right, y to anterior, z to superior).
 */
export type Affine = readonly number[];

/** Voxels `(i, j, k)`, `i` running fastest, with an affine in mm. */
export interface Volume<T extends Voxels = Float32Array> {
  /** `shape[0] * shape[1] * shape[2]` voxels; voxel (i, j, k) is at `i + ni * (j + nj * k)`. */
  readonly data: T;
  /** Number of voxels along i, j and k. */
  readonly shape: readonly [number, number, number];
  /** 16 numbers by rows; see {@linkcode Affine}. */
  readonly affine: Affine;
}

/** The distance in mm between neighbouring voxels along i, j and k. */
export function spacingOf(affine: Affine): [number, number, number] {
  const column = (c: number) => Math.hypot(affine[c]!, affine[4 + c]!, affine[8 + c]!);
  return [column(0), column(1), column(2)];
}
