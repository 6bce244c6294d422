/**
 * Where the voxels of a NIfTI file lie in the patient.
 *
 * A header can say so three times over: the sform (a matrix), the qform (a quaternion and spacings)
 * and pixdim (spacings alone). The standard lets a reader choose; the usual order, followed here, is
 * the sform where its code is set, else the qform where its code is set, else pixdim. Files exist
 * whose forms disagree, most often an sform of unit scale beside a true pixdim. Then the order still
 * holds, a warning says what disagrees, and `geometry: "pixdim"` repairs the spacing.
 */
import { NiftiError } from "./nifti_error.ts";
import type { NiftiHeader } from "./header.ts";
import { cornerDistance, determinantOf } from "../../base/volume/affine.ts";
import { type Affine, spacingOf } from "../../base/volume/volume.ts";

/**
 * Which part of the header to follow. `sform` and `qform` insist on that form. `pixdim` takes the
 * spacings of pixdim and, for the directions and origin, the form that would be followed by default.
 */
export type GeometryChoice = "sform" | "qform" | "pixdim";

/** Spacings further apart than this share of the greater are warned about. */
const SPACING_TOLERANCE = 0.01;

/**
 * The affine of a header, in mm, with a warning for each disagreement.
 *
 * @param choice Absent: sform over qform over pixdim.
 * @throws {NiftiError} ("geometry") If the form asked for is not set or the affine is singular.
 */
export function geometryOf(
  header: NiftiHeader,
  file: string,
  choice?: GeometryChoice,
): { affine: Affine; warnings: string[] } {
  const warnings: string[] = [];
  const scale = unitScale(header, file, warnings);
  const toMm = (affine: Affine) => affine.map((value, n) => n < 12 ? value * scale : value);
  const sform = header.sformCode > 0 ? toMm([...header.srow, 0, 0, 0, 1]) : undefined;
  const qform = header.qformCode > 0 ? toMm(qformAffine(header)) : undefined;
  const spacing = spacingsOf(header).map((value) => value * scale);
  if ((choice === "sform" && !sform) || (choice === "qform" && !qform)) {
    throw new NiftiError(
      "geometry",
      `Cannot read ${file}: its ${choice} is not set (code 0), and geometry "${choice}" was asked for`,
    );
  }
  const preferred = sform ?? qform;
  if (!preferred) {
    warnings.push(`${file}: has no sform and no qform; its orientation is unknown`);
  }
  if (choice === undefined) warnings.push(...disagreements(header, file, sform, qform, spacing));
  const affine = choice === "sform"
    ? sform!
    : choice === "qform"
    ? qform!
    : choice === "pixdim"
    ? withSpacing(preferred, spacing)
    : preferred ?? withSpacing(undefined, spacing);
  const determinant = determinantOf(affine);
  if (!affine.every(Number.isFinite) || Math.abs(determinant) < 1e-12) {
    throw new NiftiError(
      "geometry",
      `Cannot read ${file}: its affine has determinant ${determinant}, wanted a finite number other than 0`,
    );
  }
  return { affine, warnings };
}

function disagreements(
  header: NiftiHeader,
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

function unitScale(header: NiftiHeader, file: string, warnings: string[]): number {
  const unit = header.xyztUnits & 7;
  if (unit > 3) warnings.push(`${file}: its unit of space is ${unit}, unknown; mm is assumed`);
  return unit === 1 ? 1000 : unit === 3 ? 0.001 : 1;
}

/** Spacings of pixdim, without sign; 1 where a spacing is missing, as the standard's own library. */
function spacingsOf(header: NiftiHeader): number[] {
  return [1, 2, 3].map((n) => Math.abs(header.pixdim[n]!) || 1);
}

/** Method 2 of the standard (nifti1.h): rotation by a unit quaternion, spacing, offset. */
function qformAffine(header: NiftiHeader): Affine {
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
