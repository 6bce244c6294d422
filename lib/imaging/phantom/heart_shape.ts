/** The outlines of the ventricles in a slice, at a phase of the heart beat. */
import type { Anatomy } from "./anatomy.ts";
import { ANGLES, type Polar, polar } from "./canvas.ts";

/** End diastole or end systole. */
export type Phase = "ED" | "ES";

/** The ventricles in one slice; every outline is around the left ventricle's axis. */
export interface HeartSlice {
  /** Height over the cavity's apex as a share of the ventricle's length at this phase. */
  readonly level: number;
  /** The axis, mm from the heart's middle. */
  readonly centre: readonly [number, number];
  /** The left cavity; all 0 where there is none. */
  readonly endo: Polar;
  /** The left ventricle's outer side; all 0 where there is none. */
  readonly epi: Polar;
  /** The right cavity's outer side; equal to `epi` where there is none. */
  readonly right: Polar;
  /** Cosine between the right outline's normal and the radius, 0-1. */
  readonly rightSlant: Polar;
  /** Direction of the septum, radians. */
  readonly septum: number;
  /** Change of the cavity's radius through half the slice, mm. */
  readonly endoBlur: number;
  /** Change of the outer radius through half the slice, mm. */
  readonly epiBlur: number;
}

const radians = (degrees: number) => degrees * Math.PI / 180;
const smooth = (x: number) => {
  const t = Math.min(1, Math.max(0, x));
  return t * t * (3 - 2 * t);
};

/** The radius of a ventricle at a level, as a share of its largest: a bullet, narrower at its base. */
export function bullet(level: number): number {
  if (level <= 0) return 0;
  const tip = 1 - Math.min(1, level / 0.7);
  const base = Math.max(0, (level - 0.7) / 0.3);
  return Math.sqrt(1 - tip * tip) * (1 - 0.09 * base * base);
}

/** The left ventricle's sizes at a phase, mm. */
export interface LeftSize {
  /** From the cavity's apex to the valve plane. */
  readonly length: number;
  /** Largest radius of the cavity. */
  readonly radius: number;
  /** Mean thickness of the wall. */
  readonly wall: number;
}

/**
 * The left ventricle's sizes at a phase.
 *
 * The wall's volume stays: as the cavity shrinks and shortens, the wall thickens.
 */
export function leftSize(anatomy: Anatomy, phase: Phase): LeftSize {
  const { lengthMm, radiusMm, wallMm, radialContraction, lengthContraction } = anatomy.left;
  if (phase === "ED") return { length: lengthMm, radius: radiusMm, wall: wallMm };
  const radius = radiusMm * radialContraction;
  const wallArea = (radiusMm + wallMm) ** 2 - radiusMm ** 2;
  const wall = Math.sqrt(radius ** 2 + wallArea / lengthContraction * 0.96) - radius;
  return { length: lengthMm * lengthContraction, radius, wall };
}

/** Thickness of the wall between the cavity's apex and the heart's, as a share of the wall. */
const APEX_WALL = 0.7;

/**
 * The ventricles in a slice.
 *
 * @param anatomy The body.
 * @param phase The phase of the beat.
 * @param height The slice's height over the cavity's apex, mm; negative below it.
 * @param thickness The slice's thickness, mm.
 */
export function heartSlice(
  anatomy: Anatomy,
  phase: Phase,
  height: number,
  thickness: number,
): HeartSlice {
  const { left, right } = anatomy;
  const size = leftSize(anatomy, phase);
  const septum = radians(left.septumDegrees);
  const apexWall = APEX_WALL * size.wall;
  const endoMean = (z: number) => size.radius * bullet(z / size.length);
  const epiMean = (z: number) =>
    (size.radius + size.wall) * bullet((z + apexWall) / (size.length + apexWall));
  const level = height / size.length;
  const endoRadius = endoMean(height), epiRadius = epiMean(height);

  const [amount2, phase2, amount3, phase3] = left.outline;
  const outline = (angle: number) =>
    1 + amount2 * Math.cos(2 * angle - radians(phase2)) +
    amount3 * Math.cos(3 * angle - radians(phase3));
  const endo = polar((angle) => endoRadius * outline(angle));
  const epi = polar((angle) => {
    if (epiRadius === 0) return 0;
    const inner = endoRadius * outline(angle);
    const wall = Math.max(2.5, epiRadius - endoRadius);
    return inner + wall * (1 + left.septalExcess * Math.cos(angle - septum));
  });

  const rise = smooth((level - right.apex) / (0.75 - right.apex)) ** 0.7;
  const shrink = phase === "ED" ? 1 : right.contraction;
  const depth = level > right.apex ? right.depthMm * shrink * (0.3 + 0.7 * rise) : 0;
  const half = radians(right.halfWidthDegrees) * (0.55 + 0.45 * rise) *
    (phase === "ED" ? 1 : 0.95);
  // The crescent's tail grows backwards and down towards the base, where the inflow is.
  const middle = septum - radians(10) * (rise - 0.5);
  const outer = polar((angle) => {
    const turn = Math.atan2(Math.sin(angle - middle), Math.cos(angle - middle)) / half;
    if (Math.abs(turn) >= 1) return 0;
    const bump = (1 - turn * turn) ** right.exponent *
      (1 + 0.5 * right.skew * turn + 0.1 * right.skew * Math.cos(7 * turn));
    return depth * bump;
  });
  const rightOutline = epi.map((radius, i) => radius + outer[i]!);
  const step = 2 * Math.PI / ANGLES;
  const rightSlant = rightOutline.map((radius, i) => {
    const next = rightOutline[(i + 1) % ANGLES]!;
    const before = rightOutline[(i + ANGLES - 1) % ANGLES]!;
    return radius === 0 ? 1 : 1 / Math.hypot(1, (next - before) / (2 * step * radius));
  });
  const middleHeight = left.lengthMm * 0.55;
  return {
    level,
    centre: [left.tilt[0] * (height - middleHeight), left.tilt[1] * (height - middleHeight)],
    endo,
    epi,
    right: rightOutline,
    rightSlant,
    septum,
    endoBlur: Math.abs(endoMean(height + thickness / 4) - endoMean(height - thickness / 4)),
    epiBlur: Math.abs(epiMean(height + thickness / 4) - epiMean(height - thickness / 4)),
  };
}
