/** The box of voxels from `from` to, but without, `from + shape`. */
export interface VoxelBox {
  readonly from: readonly [number, number, number];
  readonly shape: readonly [number, number, number];
}

/** The smallest box around the voxels of a class in either volume, or null if there are none. */
export function boxAround(
  volumes: readonly ArrayLike<number>[],
  classIndex: number,
  [ni, nj, nk]: readonly [number, number, number],
): VoxelBox | null {
  const low = [ni, nj, nk], high = [-1, -1, -1];
  for (const classes of volumes) {
    for (let k = 0, row = 0; k < nk; k++) {
      for (let j = 0; j < nj; j++, row += ni) {
        let first = 0;
        while (first < ni && classes[row + first] !== classIndex) first++;
        if (first === ni) continue;
        let last = ni - 1;
        while (classes[row + last] !== classIndex) last--;
        low[0] = Math.min(low[0]!, first);
        low[1] = Math.min(low[1]!, j);
        low[2] = Math.min(low[2]!, k);
        high[0] = Math.max(high[0]!, last);
        high[1] = Math.max(high[1]!, j);
        high[2] = k > high[2]! ? k : high[2]!;
      }
    }
  }
  if (high[0]! < 0) return null;
  const size = (axis: number) => high[axis]! - low[axis]! + 1;
  return { from: [low[0]!, low[1]!, low[2]!], shape: [size(0), size(1), size(2)] };
}

/** The voxels of a class within a box: 1, else 0, for each voxel of the box. */
export function maskWithin(
  classes: ArrayLike<number>,
  classIndex: number,
  [ni, nj]: readonly [number, number, number],
  { from, shape: [bi, bj, bk] }: VoxelBox,
): Uint8Array {
  const mask = new Uint8Array(bi * bj * bk);
  for (let k = 0, n = 0; k < bk; k++) {
    for (let j = 0; j < bj; j++) {
      const row = from[0] + ni * (from[1] + j + nj * (from[2] + k));
      for (let i = 0; i < bi; i++, n++) mask[n] = classes[row + i] === classIndex ? 1 : 0;
    }
  }
  return mask;
}

/**
 * The surface of a class within a box: its voxels with at least one of six neighbours outside the
 * class. What lies outside the grid counts as outside the class, as in medpy.
 *
 * @param box Holds all voxels of the class.
 * @returns 1 at the surface, else 0, for each voxel of the box.
 */
export function maskSurface(
  classes: ArrayLike<number>,
  classIndex: number,
  shape: readonly [number, number, number],
  box: VoxelBox,
): Uint8Array {
  const mask = maskWithin(classes, classIndex, shape, box), [bi, bj, bk] = box.shape;
  const surface = new Uint8Array(mask.length);
  const slice = bi * bj;
  for (let k = 0, n = 0; k < bk; k++) {
    for (let j = 0; j < bj; j++) {
      for (let i = 0; i < bi; i++, n++) {
        if (mask[n] === 0) continue;
        const inside = i > 0 && i < bi - 1 && j > 0 && j < bj - 1 && k > 0 && k < bk - 1 &&
          mask[n - 1] === 1 && mask[n + 1] === 1 && mask[n - bi] === 1 && mask[n + bi] === 1 &&
          mask[n - slice] === 1 && mask[n + slice] === 1;
        if (!inside) surface[n] = 1;
      }
    }
  }
  return surface;
}
