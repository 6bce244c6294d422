/**
 * Where the voxels of a NIfTI file lie in the patient.
 *
 * A header can say so three times over: the sform (a matrix), the qform (a quaternion and spacings)
 * and pixdim (spacings alone). The standard lets a reader choose; the usual order, followed here, is
 * the sform where its code is set, else the qform where its code is set, else pixdim. Files exist
 * whose forms disagree, most often an sform of unit scale beside a true pixdim. Then the order still
 * holds, a warning says what disagrees, and `geometry: "pixdim"` repairs the spacing. An sform that is
 * set but places all voxels on a plane (zeros, most often) is passed over with a warning.
 */
import { NiftiError } from "./nifti_error.ts";
import type { HeaderFields } from "./header.ts";
import { cornerDistance, determinantOf, voxelVolumeOf } from "../../base/volume/affine.ts";
import { type Affine, spacingOf } from "../../base/volume/volume.ts";

/**
 * Which part of the header to follow. `auto`, the default, takes the sform, else the qform, else
 * pixdim. `sform` and `qform` insist on that form. `pixdim` takes the spacings of pixdim and, for the
 * directions and origin, the form that `auto` would follow.
 */
export type GeometryChoice = "auto" | "sform" | "qform" | "pixdim";

/** Spacings further apart than this share of the greater are warned about. */
const SPACING_TOLERANCE = 0.01;

/** An affine whose voxels have this share of the volume of their spacings, or less, is singular. */
const FLAT = 1e-6;

/** Voxels that lack this share of the volume of their spacings are warned about: 0.6 degrees. */
const SHEAR_TOLERANCE = 5e-5;

/**
 * The affine of a header, in mm, with a warning for each disagreement.
 *
 * @param choice Absent: "auto".
 * @throws {NiftiError} ("geometry") If the form asked for is not set or the affine is singular.
 */
export function geometryOf(
  header: HeaderFields,
  file: string,
  choice: GeometryChoice = "auto",
): { affine: Affine; warnings: string[] } {
  const warnings: string[] = [];
  const scale = unitScale(header, file, warnings);
  const toMm = (affine: Affine) => affine.map((value, n) => n < 12 ? value * scale : value);
  const spacing = spacingsOf(header).map((value) => value * scale);
  const qform = header.qformCode > 0 ? toMm(qformAffine(header)) : undefined;
  let sform = header.sformCode > 0 ? toMm([...header.srow, 0, 0, 0, 1]) : undefined;
  if ((choice === "sform" && !sform) || (choice === "qform" && !qform)) {
    throw new NiftiError(
      "geometry",
      `Cannot open ${file}: its ${choice} is not set (code 0), and geometry "${choice}" was asked for`,
    );
  }
  if (sform && choice !== "sform" && !hasVolume(sform)) {
    warnings.push(
      `${file}: its sform is singular (determinant ${determinantOf(sform)}); the ${
        qform ? "qform" : "spacing of its pixdim"
      } is followed`,
    );
    sform = undefined;
  }
  const preferred = sform ?? qform;
  if (!preferred) {
    warnings.push(`${file}: has no sform and no qform; its orientation is unknown`);
  }
  if (choice === "auto") warnings.push(...disagreements(header, file, sform, qform, spacing));
  const affine = choice === "sform"
    ? sform!
    : choice === "qform"
    ? qform!
    : choice === "pixdim"
    ? withSpacing(preferred, spacing)
    : preferred ?? withSpacing(undefined, spacing);
  if (!hasVolume(affine)) {
    throw new NiftiError(
      "geometry",
      `Cannot open ${file}: its affine has determinant ${
        determinantOf(affine)
      }, wanted a finite number other than 0`,
    );
  }
  warnings.push(...shear(affine, file));
  return { affine, warnings };
}

/** Whether an affine gives voxels a volume: no column is 0, nor in the plane of the others. */
function hasVolume(affine: Affine): boolean {
  const [x, y, z] = spacingOf(affine);
  return affine.every(Number.isFinite) &&
    voxelVolumeOf(affine) > FLAT * x * y * z;
}

/** A warning where axes are not at right angles: distances in mm are measured along them. */
function shear(affine: Affine, file: string): string[] {
  const [x, y, z] = spacingOf(affine);
  const filled = voxelVolumeOf(affine) / (x * y * z);
  if (filled > 1 - SHEAR_TOLERANCE) return [];
  return [
    `${file}: its axes are not at right angles (a voxel has ${
      (100 * filled).toFixed(1)
    } % of the volume of its spacings); volumes are exact, distances in mm are as if they were`,
  ];
}

function disagreements(
  header: HeaderFields,
  file: string,
  sform: Affine | undefined,
  qform: Affine | undefined,
  spacing: readonly number[],
): string[] {
  const warnings: string[] = [];
  if (sform) {
    const own = spacingOf(sform);
    const apart = own.some((value, n) =>
      Math.abs(value - spacing[n]!) > SPACING_TOLERANCE * Math.max(value, spacing[n]!)
    );
    if (apart) {
      const show = (values: readonly number[]) => values.map((v) => +v.toFixed(4)).join(" x ");
      warnings.push(
        `${file}: its sform gives a spacing of ${show(own)} mm and its pixdim ${
          show(spacing)
        } mm; the sform is followed (geometry "pixdim" would follow the other)`,
      );
    }
  }
  if (sform && qform) {
    const shape = [header.dim[1]!, header.dim[2]!, header.dim[3]!] as const;
    const distance = cornerDistance(sform, qform, shape);
    if (distance > Math.min(...spacing)) {
      warnings.push(
        `${file}: its sform and qform lie up to ${
          distance.toFixed(1)
        } mm apart; the sform is followed (geometry "qform" would follow the other)`,
      );
    }
  }
  return warnings;
}

function unitScale(header: HeaderFields, file: string, warnings: string[]): number {
  const unit = header.xyztUnits & 7;
  if (unit > 3) warnings.push(`${file}: its unit of space is ${unit}, unknown; mm is assumed`);
  return unit === 1 ? 1000 : unit === 3 ? 0.001 : 1;
}

/** Spacings of pixdim, without sign; 1 where a spacing is missing, as the standard's own library. */
function spacingsOf(header: HeaderFields): number[] {
  return [1, 2, 3].map((n) => Math.abs(header.pixdim[n]!) || 1);
}

/** Method 2 of the standard (nifti1.h): rotation by a unit quaternion, spacing, offset. */
function qformAffine(header: HeaderFields): Affine {
  let [b, c, d] = header.quaternion;
  let a = 1 - (b * b + c * c + d * d);
  if (a < 1e-7) {
    const norm = 1 / Math.sqrt(b * b + c * c + d * d);
    [a, b, c, d] = [0, b * norm, c * norm, d * norm];
  } else a = Math.sqrt(a);
  const [x, y, z] = spacingsOf(header) as [number, number, number];
  const kz = header.pixdim[0]! < 0 ? -z : z;
  const [ox, oy, oz] = header.qoffset;
  return [
    ...[(a * a + b * b - c * c - d * d) * x, 2 * (b * c - a * d) * y, 2 * (b * d + a * c) * kz, ox],
    ...[2 * (b * c + a * d) * x, (a * a + c * c - b * b - d * d) * y, 2 * (c * d - a * b) * kz, oy],
    ...[2 * (b * d - a * c) * x, 2 * (c * d + a * b) * y, (a * a + d * d - c * c - b * b) * kz, oz],
    ...[0, 0, 0, 1],
  ];
}

/** The affine with its columns scaled to these spacings; axes along x, y, z where there is none. */
function withSpacing(affine: Affine | undefined, spacing: readonly number[]): Affine {
  const base = affine ?? [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const old = spacingOf(base);
  return base.map((value, n) => {
    const column = n % 4;
    return n < 12 && column < 3 ? value * spacing[column]! / old[column]! : value;
  });
}
