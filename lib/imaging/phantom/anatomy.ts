/** The body that the phantom shows: numbers alone, drawn apart from any picture made of them. */
import type { RandomStream } from "../../base/random/random_stream.ts";

/** The type of heart; each has its own ranges of size, wall and contraction. */
export type HeartKind = "normal" | "dilated" | "hypertrophic" | "rightDilated";

/** The left ventricle. */
export interface LeftVentricle {
  /** From the cavity's apex to the valve plane at end diastole, mm. */
  readonly lengthMm: number;
  /** Largest radius of the cavity at end diastole, mm. */
  readonly radiusMm: number;
  /** Mean wall thickness at end diastole, mm. */
  readonly wallMm: number;
  /** Extra thickness of the septum (and lack of it opposite), as a share of the wall. */
  readonly septalExcess: number;
  /** Radius of the cavity at end systole as a share of end diastole. */
  readonly radialContraction: number;
  /** Length at end systole as a share of end diastole. */
  readonly lengthContraction: number;
  /** Direction from the left to the right ventricle in the image, degrees, clockwise from right. */
  readonly septumDegrees: number;
  /** Shift of the centre in mm for each mm towards the base, to the right and down. */
  readonly tilt: readonly [number, number];
  /** Second and third harmonic of the outline: share of the radius, and phase in degrees. */
  readonly outline: readonly [number, number, number, number];
  /** Radius of the two papillary muscles, mm. */
  readonly papillaryMm: readonly [number, number];
  /** Their angles from the septum's direction, degrees. */
  readonly papillaryDegrees: readonly [number, number];
  /** Depth of the trabeculae as a share of the radius. */
  readonly trabeculae: number;
}

/** The right ventricle: a crescent on the septum. */
export interface RightVentricle {
  /** Largest depth from septum to free wall at end diastole, mm. */
  readonly depthMm: number;
  /** Half of the angle under which the left ventricle's axis sees it, degrees. */
  readonly halfWidthDegrees: number;
  /** Shape of the free wall: 0.6 is round, 1.3 pointed. */
  readonly exponent: number;
  /** Leaning of the free wall, -1 to 1. */
  readonly skew: number;
  /** Where it begins, as a share of the left ventricle's length from its apex. */
  readonly apex: number;
  /** Depth at end systole as a share of end diastole. */
  readonly contraction: number;
}

/** The chest around the heart. */
export interface Chest {
  /** Middle of the trunk from the heart, mm to the right and down in the image. */
  readonly centreMm: readonly [number, number];
  /** Half width and half depth of the trunk, mm. */
  readonly halfSizeMm: readonly [number, number];
  /** Thickness of the fat under the skin, mm. */
  readonly fatMm: number;
  /** Thickness of the wall's muscle, mm. */
  readonly muscleMm: number;
  /** Thickness of the fat around the heart, mm. */
  readonly heartFatMm: number;
  /** Height of the diaphragm's dome: 0 low, 1 high. */
  readonly diaphragm: number;
  /** Share of the belly that is fat rather than organs, 0-1. */
  readonly bellyFat: number;
  /** Signal of what the stomach holds, as a share of blood. */
  readonly stomach: number;
  /** Radius of the descending aorta, mm. */
  readonly aortaMm: number;
  /** Whether an arm lies beside the trunk. */
  readonly arm: boolean;
  /** Seed of the small things: vessels, textures, outlines of organs. */
  readonly detailSeed: number;
}

/** A whole body, plain JSON. */
export interface Anatomy {
  /** The type of heart. */
  readonly kind: HeartKind;
  /** The left ventricle. */
  readonly left: LeftVentricle;
  /** The right ventricle. */
  readonly right: RightVentricle;
  /** The chest around them. */
  readonly chest: Chest;
}

/** Ranges that depend on the type of heart (adult values of the imaging literature, rounded). */
const KINDS = {
  normal: {
    radius: [22.5, 27],
    wall: [7.5, 10],
    excess: [0, 0.14],
    radial: [0.63, 0.74],
    length: [0.82, 0.88],
    depth: [26, 34],
  },
  dilated: {
    radius: [30, 36],
    wall: [6.5, 9],
    excess: [-0.08, 0.08],
    radial: [0.8, 0.92],
    length: [0.9, 0.96],
    depth: [23, 32],
  },
  hypertrophic: {
    radius: [20, 25],
    wall: [12, 17],
    excess: [0.05, 0.4],
    radial: [0.5, 0.64],
    length: [0.82, 0.9],
    depth: [22, 30],
  },
  rightDilated: {
    radius: [21, 25],
    wall: [7.5, 10],
    excess: [0, 0.12],
    radial: [0.66, 0.76],
    length: [0.82, 0.9],
    depth: [33, 40],
  },
} as const;

/**
 * Draws a body.
 *
 * Half of the hearts are normal; dilated and hypertrophic ones take a fifth each and a wide right
 * ventricle a tenth.
 *
 * @param rng The stream to draw from.
 */
export function sampleAnatomy(rng: RandomStream): Anatomy {
  const between = ([low, high]: readonly [number, number]) => rng.uniform(low, high);
  const luck = rng.uniform();
  const kind = luck < 0.5
    ? "normal"
    : luck < 0.7
    ? "dilated"
    : luck < 0.9
    ? "hypertrophic"
    : "rightDilated";
  const ranges = KINDS[kind];
  const radiusMm = between(ranges.radius);
  const left: LeftVentricle = {
    lengthMm: 62 + radiusMm * 0.85 + rng.uniform(-7, 7),
    radiusMm,
    wallMm: between(ranges.wall),
    septalExcess: between(ranges.excess),
    radialContraction: between(ranges.radial),
    lengthContraction: between(ranges.length),
    septumDegrees: 226 + Math.max(-32, Math.min(32, rng.normal(0, 13))),
    tilt: [rng.uniform(-0.1, 0.08), rng.uniform(-0.06, 0.1)],
    outline: [
      rng.uniform(0.01, 0.055),
      rng.uniform(0, 360),
      rng.uniform(0, 0.022),
      rng.uniform(0, 360),
    ],
    papillaryMm: [rng.uniform(3, 5.2), rng.uniform(3, 5.2)],
    papillaryDegrees: [rng.uniform(105, 140), rng.uniform(-140, -100)],
    trabeculae: rng.uniform(0.03, 0.1),
  };
  const right: RightVentricle = {
    depthMm: between(ranges.depth),
    halfWidthDegrees: rng.uniform(70, 86),
    exponent: rng.uniform(0.5, 0.85),
    skew: rng.uniform(-0.3, 0.3),
    apex: rng.uniform(0.04, 0.2),
    contraction: rng.uniform(0.62, 0.8),
  };
  const halfDepth = rng.uniform(104, 122);
  const fatMm = rng.chance(0.3) ? rng.uniform(14, 22) : rng.uniform(5, 13);
  const muscleMm = rng.uniform(11, 16);
  // The trunk is laid around the heart, so that the right ventricle lies just behind its front.
  const heartTop = radiusMm + left.wallMm + 0.75 * right.depthMm;
  const front = heartTop + fatMm + muscleMm + rng.uniform(2, 9);
  const chest: Chest = {
    centreMm: [rng.uniform(-58, -36), halfDepth - front],
    halfSizeMm: [rng.uniform(158, 182), halfDepth],
    fatMm,
    muscleMm,
    heartFatMm: rng.uniform(2, 8),
    diaphragm: rng.uniform(0, 1),
    bellyFat: rng.uniform(0.1, 0.9),
    stomach: rng.choice([0.12, 0.35, 0.8, 0.95]),
    aortaMm: rng.uniform(9.5, 12.5),
    arm: rng.chance(0.45),
    detailSeed: rng.integer(0, 2 ** 31 - 1),
  };
  return { kind, left, right, chest };
}
