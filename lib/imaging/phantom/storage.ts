/** How a scan is stored: the order of its voxels and where they lie in the patient. */
import type { Affine } from "../../base/volume/volume.ts";
import type { Acquisition } from "./acquisition.ts";

type Vector = readonly [number, number, number];

/**
 * Usual directions of a short-axis scan, RAS+: to the right in the image, and from slice to slice
 * towards the heart's base. They differ by storage, as in the M&Ms data, so that the axis codes are
 * what the storage says.
 */
const DIRECTIONS: Readonly<Record<Acquisition["storage"], { right: Vector; base: Vector }>> = {
  LPS: { right: [-0.88, 0, 0.47], base: [0.37, -0.64, 0.68] },
  PIR: { right: [-0.5, 0.03, 0.87], base: [0.69, -0.6, 0.41] },
};

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const add = (a: Vector, b: Vector, factor: number): Vector => [
  a[0] + factor * b[0],
  a[1] + factor * b[1],
  a[2] + factor * b[2],
];
const unit = (a: Vector): Vector => {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
};

/** Where a scan's stored voxels lie. */
export interface StoredGrid {
  /** Number of voxels along the stored i, j and k. */
  readonly shape: readonly [number, number, number];
  /** Voxel indices to RAS+ mm. */
  readonly affine: Affine;
}

/** The stored grid of a scan. */
export function storedGrid(acquisition: Acquisition): StoredGrid {
  const { matrix: [width, height, slices], pixelMm, sliceMm, storage } = acquisition;
  const usual = DIRECTIONS[storage];
  const [a, b] = acquisition.tiltDegrees.map((degrees) => Math.tan(degrees * Math.PI / 180));
  const base = unit(add(usual.base, usual.right, a!));
  // Gram-Schmidt keeps the three directions at right angles.
  const leaning = add(usual.right, cross(base, usual.right), b!);
  const dot = leaning[0] * base[0] + leaning[1] * base[1] + leaning[2] * base[2];
  const right = unit(add(leaning, base, -dot));
  const down = cross(base, right);

  const [heartX, heartY] = acquisition.heartMm;
  let corner: Vector = acquisition.heartWorldMm;
  corner = add(corner, right, -heartX - (width - 1) / 2 * pixelMm);
  corner = add(corner, down, -heartY - (height - 1) / 2 * pixelMm);
  corner = add(corner, base, -(slices - 1) / 2 * sliceMm);
  const rows = (i: Vector, j: Vector, origin: Vector): number[] => [
    ...[0, 1, 2].flatMap((r) => [
      i[r]! * pixelMm,
      j[r]! * pixelMm,
      base[r]! * sliceMm,
      origin[r]!,
    ]),
    0,
    0,
    0,
    1,
  ];
  if (storage === "LPS") {
    return { shape: [width, height, slices], affine: rows(right, down, corner) };
  }
  const far = add(corner, right, (width - 1) * pixelMm);
  return {
    shape: [height, width, slices],
    affine: rows(down, [-right[0], -right[1], -right[2]], far),
  };
}

/**
 * Copies a slice from the painter's order (columns fastest, front row first) into a stored volume.
 *
 * @param from The slice, `width * height`.
 * @param to The volume's voxels.
 * @param acquisition The settings.
 * @param slice The number of the slice.
 * @param convert Applied to each value.
 */
export function storeSlice(
  from: Float32Array | Uint8Array,
  to: Int16Array | Uint8Array,
  acquisition: Acquisition,
  slice: number,
  convert: (value: number) => number,
): void {
  const { matrix: [width, height], storage } = acquisition;
  const start = slice * width * height;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const index = storage === "LPS" ? row * width + column : row + (width - 1 - column) * height;
      to[start + index] = convert(from[row * width + column]!);
    }
  }
}
