/** A cubic B-spline displacement field on a volume's box, in ITK's conventions. */
import { invertAffine, multiplyAffines } from "../../../base/volume/affine.ts";
import type { Affine, Volume, Voxels } from "../../../base/volume/volume.ts";
import type { Sampler } from "../linear_sampling.ts";
import { RAS_TO_LPS } from "./moved_volume.ts";

/** Control points in mm, LPS+. */
export interface ControlGrid {
  /** Points along the grid's axes, which follow +L, +P and +S; at least 4 each. */
  readonly points: readonly [number, number, number];
  /** Displacements in mm, the grid's last axis running fastest. */
  readonly displacements: readonly (readonly [number, number, number])[];
}

/** Which grid axis a voxel axis follows, and whether backwards. */
interface AxisMatch {
  readonly gridAxis: number;
  readonly reversed: boolean;
}

/** Writes `read(x + d(x))` for every voxel x, d being the spline in voxels. */
export function warpedVoxels(
  volume: Volume<Voxels>,
  grid: ControlGrid,
  read: Sampler,
  target: Voxels,
): void {
  const toWorld = multiplyAffines(RAS_TO_LPS, volume.affine);
  const matches = matchAxes(toWorld);
  const [ni, nj, nk] = volume.shape;
  const counts = matches.map(({ gridAxis }) => grid.points[gridAxis]!) as [number, number, number];
  const inVoxels = reordered(grid, matches, counts, invertAffine(toWorld));
  const taps = volume.shape.map((n, axis) =>
    Array.from({ length: n }, (_, x) => splineTaps(x, n, counts[axis]!, matches[axis]!.reversed))
  );
  const [ci, cj] = counts;
  const plane = new Float64Array(ci * cj * 3), row = new Float64Array(ci * 3);
  for (let k = 0, o = 0; k < nk; k++) {
    combine(inVoxels, taps[2]![k]!, ci * cj * 3, plane);
    for (let j = 0; j < nj; j++) {
      combine(plane, taps[1]![j]!, ci * 3, row);
      for (let i = 0; i < ni; i++, o++) {
        const { first, weights } = taps[0]![i]!;
        let di = 0, dj = 0, dk = 0;
        for (let t = 0, c = 3 * first; t < 4; t++, c += 3) {
          const w = weights[t]!;
          di += w * row[c]!;
          dj += w * row[c + 1]!;
          dk += w * row[c + 2]!;
        }
        target[o] = read(i + di, j + dj, k + dk);
      }
    }
  }
}

interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

/** The four control points that act on a voxel; the domain exceeds the voxels by 1/8 each side. */
function splineTaps(x: number, n: number, points: number, reversed: boolean): Taps {
  const cells = points - 3;
  const along = (x + 0.625) / (n + 0.25) * cells;
  const u = reversed ? cells - along : along;
  const first = Math.min(cells - 1, Math.max(0, Math.floor(u))), s = u - first;
  const weights = Float64Array.of(
    (1 - s) ** 3 / 6,
    (3 * s ** 3 - 6 * s ** 2 + 4) / 6,
    (-3 * s ** 3 + 3 * s ** 2 + 3 * s + 1) / 6,
    s ** 3 / 6,
  );
  return { first, weights };
}

function combine(source: Float64Array, taps: Taps, stride: number, target: Float64Array): void {
  target.fill(0);
  for (let t = 0; t < 4; t++) {
    const w = taps.weights[t]!, start = (taps.first + t) * stride;
    for (let c = 0; c < stride; c++) target[c]! += w * source[start + c]!;
  }
}

/** Control points by voxel axes (i fastest), each with its displacement in voxels. */
function reordered(
  grid: ControlGrid,
  matches: readonly AxisMatch[],
  [ci, cj, ck]: readonly [number, number, number],
  toVoxels: Affine,
): Float64Array {
  const result = new Float64Array(ci * cj * ck * 3);
  const at = [0, 0, 0];
  for (let c = 0, o = 0; c < ck; c++) {
    for (let b = 0; b < cj; b++) {
      for (let a = 0; a < ci; a++, o += 3) {
        [a, b, c].forEach((x, axis) => at[matches[axis]!.gridAxis] = x);
        const [l, p, s] = grid
          .displacements[(at[0]! * grid.points[1] + at[1]!) * grid.points[2] + at[2]!]!;
        for (let r = 0; r < 3; r++) {
          result[o + r] = toVoxels[r * 4]! * l + toVoxels[r * 4 + 1]! * p +
            toVoxels[r * 4 + 2]! * s;
        }
      }
    }
  }
  return result;
}

/** Pairs each voxel axis with the world axis it follows most, the clearest pair first. */
function matchAxes(toWorld: Affine): AxisMatch[] {
  const matches: AxisMatch[] = [];
  const free = { grid: new Set([0, 1, 2]), voxel: new Set([0, 1, 2]) };
  while (free.voxel.size > 0) {
    let best = { size: -1, gridAxis: 0, voxelAxis: 0, reversed: false };
    for (const voxelAxis of free.voxel) {
      const column = [0, 1, 2].map((r) => toWorld[r * 4 + voxelAxis]!);
      for (const gridAxis of free.grid) {
        const cosine = column[gridAxis]! / Math.hypot(...column);
        if (Math.abs(cosine) > best.size) {
          best = { size: Math.abs(cosine), gridAxis, voxelAxis, reversed: cosine < 0 };
        }
      }
    }
    matches[best.voxelAxis] = { gridAxis: best.gridAxis, reversed: best.reversed };
    free.grid.delete(best.gridAxis);
    free.voxel.delete(best.voxelAxis);
  }
  return matches;
}
