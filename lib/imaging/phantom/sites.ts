/**
 * The five imaginary hospitals ("sites") of the phantom.
 *
 * Site A is made to train on. B to E move away from it step by step, as scanners of other vendors
 * and field strengths do: the contrast between blood and muscle, the resolution and sharpness, the
 * noise, the shading of the coils, the field of view and the order in which voxels are stored.
 */

import type { SiteName } from "../../names.ts";

/** Signal of each tissue in balanced SSFP, where 1 is about the brightest fat of the chest wall. */
export interface TissueTable {
  /** Blood in the left ventricle and the aorta. */
  readonly blood: number;
  /** Blood in the right heart, as a share of `blood`: flow makes it a little darker. */
  readonly rightBlood: number;
  /** Heart muscle. */
  readonly myocardium: number;
  /** Fat under the skin, around the heart and in the belly. */
  readonly fat: number;
  /** Skeletal muscle. */
  readonly muscle: number;
  /** Air-filled lung. */
  readonly lung: number;
  /** Liver and, some shades off it, spleen. */
  readonly liver: number;
  /** Bone marrow. */
  readonly marrow: number;
}

/** What makes a site; every number is documented with its unit. */
export interface PhantomSite {
  /** A description of the imaginary scanner. */
  readonly description: string;
  /** The mean signal of each tissue. */
  readonly tissue: TissueTable;
  /** The pixel's side in mm: range to draw from. */
  readonly pixelMm: readonly [number, number];
  /** The distance between slices in mm: one is chosen. */
  readonly sliceMm: readonly number[];
  /** The number of pixels across (patient's left-right) and down. */
  readonly matrix: readonly [number, number];
  /** The point spread's standard deviation, in pixels. */
  readonly blurPixels: number;
  /** Edge enhancement and ringing of the reconstruction, 0 (none) to about 0.5. */
  readonly ringing: number;
  /** The standard deviation of the noise in each of the two channels: range to draw from. */
  readonly noise: readonly [number, number];
  /** Strength of the shading: the logarithm of the signal changes by about this over the image. */
  readonly shading: readonly [number, number];
  /** Depth of the dark bands far from the heart, 0 (none) to 1. */
  readonly banding: number;
  /** How the voxels are stored: axis codes of i, j and k, as in the M&Ms data. */
  readonly storage: "LPS" | "PIR";
  /** The stored whole number of signal 1: range to draw from. */
  readonly fullScale: readonly [number, number];
}

/** The sites by name. */
export const SITES: Readonly<Record<SiteName, PhantomSite>> = {
  A: {
    description: "1.5 T, the reference: crisp contrast, little noise",
    tissue: {
      blood: 0.74,
      rightBlood: 0.9,
      myocardium: 0.21,
      fat: 0.92,
      muscle: 0.15,
      lung: 0.035,
      liver: 0.24,
      marrow: 0.34,
    },
    pixelMm: [1.4, 1.5],
    sliceMm: [10],
    matrix: [208, 176],
    blurPixels: 0.6,
    ringing: 0.12,
    noise: [0.012, 0.018],
    shading: [0.35, 0.65],
    banding: 0.15,
    storage: "LPS",
    fullScale: [620, 820],
  },
  B: {
    description: "1.5 T of the same vendor elsewhere: greyer muscle, steeper shading",
    tissue: {
      blood: 0.72,
      rightBlood: 0.88,
      myocardium: 0.26,
      fat: 0.85,
      muscle: 0.18,
      lung: 0.04,
      liver: 0.28,
      marrow: 0.36,
    },
    pixelMm: [1.55, 1.65],
    sliceMm: [8, 10],
    matrix: [192, 164],
    blurPixels: 0.55,
    ringing: 0.05,
    noise: [0.018, 0.028],
    shading: [0.45, 0.8],
    banding: 0.25,
    storage: "LPS",
    fullScale: [320, 480],
  },
  C: {
    description: "1.5 T of another vendor: fine pixels, hard edges, bright liver, rows swapped",
    tissue: {
      blood: 0.8,
      rightBlood: 0.94,
      myocardium: 0.28,
      fat: 0.8,
      muscle: 0.2,
      lung: 0.03,
      liver: 0.36,
      marrow: 0.3,
    },
    pixelMm: [1.2, 1.28],
    sliceMm: [8],
    matrix: [224, 208],
    blurPixels: 0.55,
    ringing: 0.35,
    noise: [0.028, 0.04],
    shading: [0.3, 0.6],
    banding: 0.1,
    storage: "PIR",
    fullScale: [140, 200],
  },
  D: {
    description: "1.5 T of a third vendor: interpolated, soft, low contrast, fat darker than blood",
    tissue: {
      blood: 0.66,
      rightBlood: 0.92,
      myocardium: 0.33,
      fat: 0.62,
      muscle: 0.24,
      lung: 0.07,
      liver: 0.34,
      marrow: 0.4,
    },
    pixelMm: [1.35, 1.45],
    sliceMm: [8, 9],
    matrix: [216, 196],
    blurPixels: 0.95,
    ringing: 0,
    noise: [0.03, 0.045],
    shading: [0.5, 0.9],
    banding: 0.3,
    storage: "PIR",
    fullScale: [1500, 2300],
  },
  E: {
    description: "3 T, fast protocol: coarse pixels, strong noise, shading and bands",
    tissue: {
      blood: 0.6,
      rightBlood: 0.84,
      myocardium: 0.29,
      fat: 0.8,
      muscle: 0.25,
      lung: 0.06,
      liver: 0.25,
      marrow: 0.42,
    },
    pixelMm: [1.72, 1.8],
    sliceMm: [10],
    matrix: [184, 164],
    blurPixels: 0.6,
    ringing: 0.2,
    noise: [0.05, 0.07],
    shading: [0.8, 1.3],
    banding: 0.75,
    storage: "LPS",
    fullScale: [900, 1400],
  },
};
