/**
 * Which axis of a volume its slices are stacked along, and volumes with that axis in third place, where
 * everything that works slice by slice expects it.
 */
import { multiplyAffines } from "./affine.ts";
import { type Affine, spacingOf, type Volume, type Voxels } from "./volume.ts";

/** The place of an axis in a file: i, j or k. */
export type SliceAxis = 0 | 1 | 2;

/** A patient's axis, by the end that RAS+ counts towards: left-right, back-front or foot-head. */
export type SliceDirection = "R" | "A" | "S";

/** A spacing is the largest where it is by more than this share of itself. */
const TIE = 0.01;

/**
 * The axis of the largest spacing: scans are stacked where they are coarsest. Where none is larger than
 * both others by more than 1 %, the axis along `direction`, or the third where none is given.
 *
 * @param choice An axis that is taken whatever the spacings are.
 * @throws {RangeError} If a column of the affine is zero or not finite.
 */
export function sliceAxisOf(
  affine: Affine,
  choice: "auto" | SliceAxis = "auto",
  direction?: SliceDirection,
): SliceAxis {
  if (choice !== "auto") return choice;
  const spacing = spacingOf(affine);
  const [first, second] = spacing.toSorted((a, b) => b - a);
  if (first! - second! > TIE * first!) return spacing.indexOf(first!) as SliceAxis;
  if (direction === undefined) return 2;
  return ([0, 1, 2] as const).find((axis) => directionOf(affine, axis) === direction) ?? 2;
}

/**
 * The patient's axis that an axis of a volume runs along most, each taken once, so that three axes
 * have three directions.
 *
 * @throws {RangeError} If a column of the affine is zero or not finite.
 */
export function directionOf(affine: Affine, axis: SliceAxis): SliceDirection {
  const names = ["R", "A", "S"] as const;
  const spacing = spacingOf(affine);
  if (!spacing.every((mm) => mm > 0 && Number.isFinite(mm))) {
    throw new RangeError(
      `Cannot tell directions: the spacings are ${spacing.join(", ")} mm, wanted more than 0`,
    );
  }
  // Of all ways to give each axis a direction of its own, the one that fits best on the whole.
  const cosine = (column: number, row: number) =>
    Math.abs(affine[4 * row + column]!) / spacing[column]!;
  const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] as const;
  const fit = (order: readonly number[]) =>
    order.reduce((sum, row, column) => sum + cosine(column, row), 0);
  const best = orders.reduce((found, order) => fit(order) > fit(found) + 1e-9 ? order : found);
  return names[best[axis]]!;
}

/** The axes of a volume in the order that puts `axis` last and leaves the others as they follow. */
function orderFor(axis: SliceAxis): readonly [number, number, number] {
  return axis === 2 ? [0, 1, 2] : axis === 1 ? [0, 2, 1] : [1, 2, 0];
}

/** The volume with `axis` as its third; voxels stay where they are in the patient. */
export function stackAlong<T extends Voxels>(volume: Volume<T>, axis: SliceAxis): Volume<T> {
  return axis === 2 ? volume : permuted(volume, orderFor(axis));
}

/** Undoes {@linkcode stackAlong}. */
export function unstackFrom<T extends Voxels>(volume: Volume<T>, axis: SliceAxis): Volume<T> {
  if (axis === 2) return volume;
  const order = orderFor(axis);
  return permuted(volume, [order.indexOf(0), order.indexOf(1), order.indexOf(2)]);
}

/** The grid of {@linkcode stackAlong}, without voxels. */
export function stackedGrid(
  { shape, affine }: Pick<Volume, "shape" | "affine">,
  axis: SliceAxis,
): Pick<Volume, "shape" | "affine"> {
  const order = orderFor(axis);
  return {
    shape: order.map((from) => shape[from]!) as [number, number, number],
    affine: multiplyAffines(affine, permutation(order)),
  };
}

/** The volume whose axis n is axis `order[n]` of the one given. */
function permuted<T extends Voxels>(
  { data, shape, affine }: Volume<T>,
  order: readonly [number, number, number],
): Volume<T> {
  const strides = [1, shape[0], shape[0] * shape[1]];
  const [ni, nj, nk] = order.map((from) => shape[from]!) as [number, number, number];
  const [si, sj, sk] = order.map((from) => strides[from]!) as [number, number, number];
  const result = new (data.constructor as new (length: number) => T)(data.length);
  for (let k = 0, to = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0, from = k * sk + j * sj; i < ni; i++, from += si) result[to++] = data[from]!;
    }
  }
  return {
    data: result,
    shape: [ni, nj, nk],
    affine: multiplyAffines(affine, permutation(order)),
  };
}

/** Maps new indices to old ones. */
function permutation(order: readonly [number, number, number]): Affine {
  const matrix = new Array<number>(16).fill(0);
  order.forEach((from, to) => matrix[4 * from + to] = 1);
  matrix[15] = 1;
  return matrix;
}
