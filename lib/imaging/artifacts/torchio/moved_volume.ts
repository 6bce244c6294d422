/** A volume resampled after a rigid move, in ITK's conventions. */
import { applyAffine, invertAffine, multiplyAffines } from "../../../base/volume/affine.ts";
import type { Affine, Volume, Voxels } from "../../../base/volume/volume.ts";
import { nearestSampler, outsideValue, sampleRows } from "../linear_sampling.ts";

/** A rigid pose in LPS+ (x to the patient's left, y to posterior, z to superior). */
export interface RigidPose {
  /** Right-handed angles about x, y and z in degrees, applied in the order ZXY. */
  readonly degrees: readonly [number, number, number];
  /** Translation in mm. */
  readonly shift: readonly [number, number, number];
}

/** How {@linkcode movedVolume} reads the volume. */
export interface MoveRules {
  /** Between voxels. */
  readonly interpolation: "linear" | "nearest";
  /** The point that the rotation leaves in place. */
  readonly pivot: "world-origin" | "image-centre";
  /** Beyond the edge. */
  readonly outside: "min" | "zero" | "edge";
}

/** RAS+ to LPS+ and back. */
export const RAS_TO_LPS: Affine = [-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/**
 * The voxels read at `R (p - c) + c + t`, p being the voxel's place in mm and c the pivot: a
 * pull-back, so that the content moves the opposite way.
 */
export function movedVolume(volume: Volume, pose: RigidPose, rules: MoveRules): Float32Array {
  const pivot = rules.pivot === "image-centre" ? centreOf(volume) : [0, 0, 0] as const;
  const turn = rotation(pose.degrees);
  const turned = applyAffine(turn, pivot);
  const rigid = turn.slice();
  for (let a = 0; a < 3; a++) rigid[a * 4 + 3] = pose.shift[a]! + pivot[a]! - turned[a]!;
  return readThrough(volume, rigid, rules);
}

/** The middle of a volume in mm, LPS+. */
export function centreOf({ shape, affine }: Volume<Voxels>): [number, number, number] {
  const toWorld = multiplyAffines(RAS_TO_LPS, affine);
  return applyAffine(toWorld, [(shape[0] - 1) / 2, (shape[1] - 1) / 2, (shape[2] - 1) / 2]);
}

/**
 * The voxels read where an affine map of places in mm (LPS+) leads from each voxel's own. A lone slice
 * is read within its plane, however that lies.
 */
export function readThrough(
  volume: Volume,
  map: Affine,
  rules: Pick<MoveRules, "interpolation" | "outside">,
): Float32Array {
  const { data, shape } = volume;
  const toWorld = multiplyAffines(RAS_TO_LPS, volume.affine);
  const read = multiplyAffines(invertAffine(toWorld), multiplyAffines(map, toWorld));
  const m = shape[2] > 1 ? read : read.map((value, n) => n >= 8 && n < 12 ? 0 : value);
  const outside = outsideValue(data, rules.outside);
  const step: [number, number, number] = [m[0]!, m[4]!, m[8]!];
  const startOf = (j: number, k: number) => applyAffine(m, [0, j, k]);
  if (rules.interpolation === "linear") {
    return sampleRows(data, shape, outside, (j, k) => ({ start: startOf(j, k), step }));
  }
  const at = nearestSampler(data, shape, outside);
  const [ni, nj, nk] = shape, result = new Float32Array(data.length);
  for (let k = 0, o = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const [ci, cj, ck] = startOf(j, k);
      for (let i = 0; i < ni; i++, o++) {
        result[o] = at(ci + step[0] * i, cj + step[1] * i, ck + step[2] * i);
      }
    }
  }
  return result;
}

/** `Rz Rx Ry` of angles in degrees. */
export function rotation([x, y, z]: readonly [number, number, number]): number[] {
  const about = (degrees: number) => {
    const angle = degrees * Math.PI / 180;
    return [Math.cos(angle), Math.sin(angle)] as const;
  };
  const [cx, sx] = about(x), [cy, sy] = about(y), [cz, sz] = about(z);
  const rx = [1, 0, 0, 0, 0, cx, -sx, 0, 0, sx, cx, 0, 0, 0, 0, 1];
  const ry = [cy, 0, sy, 0, 0, 1, 0, 0, -sy, 0, cy, 0, 0, 0, 0, 1];
  const rz = [cz, -sz, 0, 0, sz, cz, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  return [...multiplyAffines(rz, multiplyAffines(rx, ry))];
}
