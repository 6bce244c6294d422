/** How a scan of the phantom is made: numbers alone, drawn apart from the picture. */
import type { SiteName } from "../../names.ts";
import { unknownName } from "../../base/text/unknown_name.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import { SITES, type TissueTable } from "./sites.ts";

/** The settings of one scan, plain JSON. */
export interface Acquisition {
  /** The site whose ranges they come from. */
  readonly site: SiteName;
  /** This scan's signal of each tissue: the site's table, some percent off. */
  readonly tissue: TissueTable;
  /** The pixel's side, mm. */
  readonly pixelMm: number;
  /** The distance between slices, which touch, mm. */
  readonly sliceMm: number;
  /** The number of pixels across, down, and of slices. */
  readonly matrix: readonly [number, number, number];
  /** The first slice's distance from the cavity's apex, mm, below it where negative. */
  readonly firstSliceMm: number;
  /** The heart's place from the image's middle, mm to the right and down. */
  readonly heartMm: readonly [number, number];
  /** The shift of each slice by breathing, mm to the right and down. */
  readonly breathMm: readonly (readonly [number, number])[];
  /** The point spread's standard deviation in pixels. */
  readonly blurPixels: number;
  /** Edge enhancement and ringing, 0-0.5. */
  readonly ringing: number;
  /** The standard deviation of the noise in each of two channels. */
  readonly noise: number;
  /** The logarithm of the shading: factors of x, y, x^2, y^2, xy, z, all from -1 to 1. */
  readonly shading: readonly number[];
  /** Depth of the dark bands, 0-1, and their phase in degrees. */
  readonly banding: readonly [number, number];
  /** Axis codes of the stored i, j and k. */
  readonly storage: "LPS" | "PIR";
  /** Turns of the image plane off the site's usual one, degrees, about two axes. */
  readonly tiltDegrees: readonly [number, number];
  /** The heart's place in the scanner, RAS+ mm. */
  readonly heartWorldMm: readonly [number, number, number];
  /** The stored whole number of signal 1. */
  readonly fullScale: number;
  /** The seed of the noise. */
  readonly noiseSeed: number;
}

/**
 * Draws the settings of a scan.
 *
 * @param site The site whose ranges apply.
 * @param rng The stream to draw from.
 * @param lengthMm The left ventricle from apex to valve plane at end diastole, mm: the stack is
 * planned to cover it, as an operator does, and so reaches past the valve at end systole.
 * @throws {RangeError} If there is no such site.
 */
export function sampleAcquisition(
  site: SiteName,
  rng: RandomStream,
  lengthMm = 85,
): Acquisition {
  const known = SITES[site];
  if (known === undefined) {
    throw new RangeError(
      `Cannot scan the phantom: ${unknownName("site", site, Object.keys(SITES))}`,
    );
  }
  const between = ([low, high]: readonly [number, number]) => rng.uniform(low, high);
  const vary = (signal: number, share: number) => signal * (1 + rng.uniform(-share, share));
  const sliceMm = rng.choice(known.sliceMm);
  const firstSliceMm = rng.uniform(0, 5);
  const slices = Math.floor((lengthMm - firstSliceMm) / sliceMm + rng.uniform(0.5, 0.9));
  const strength = between(known.shading);
  const breathMm: [number, number][] = [];
  for (let k = 0; k < slices; k++) breathMm.push([rng.normal(0, 0.7), rng.normal(0, 0.9)]);
  return {
    site,
    tissue: {
      blood: vary(known.tissue.blood, 0.07),
      rightBlood: vary(known.tissue.rightBlood, 0.05),
      myocardium: vary(known.tissue.myocardium, 0.09),
      fat: vary(known.tissue.fat, 0.1),
      muscle: vary(known.tissue.muscle, 0.1),
      lung: vary(known.tissue.lung, 0.2),
      liver: vary(known.tissue.liver, 0.12),
      marrow: vary(known.tissue.marrow, 0.15),
    },
    pixelMm: between(known.pixelMm),
    sliceMm,
    matrix: [known.matrix[0], known.matrix[1], slices],
    firstSliceMm,
    heartMm: [rng.normal(0, 9), rng.normal(-10, 6)],
    breathMm,
    blurPixels: known.blurPixels,
    ringing: known.ringing,
    noise: between(known.noise),
    shading: [
      strength * rng.uniform(-0.5, 0.5),
      -strength * rng.uniform(0.3, 0.8), // the front coil lies on the chest: brighter above
      strength * rng.uniform(-0.2, 0.45),
      strength * rng.uniform(-0.2, 0.45),
      strength * rng.uniform(-0.5, 0.5),
      strength * rng.uniform(-0.2, 0.2),
    ],
    banding: [known.banding * rng.uniform(0.6, 1), rng.uniform(0, 360)],
    storage: known.storage,
    tiltDegrees: [rng.uniform(-4, 4), rng.uniform(-4, 4)],
    heartWorldMm: [rng.uniform(-45, -25), rng.uniform(10, 35), rng.uniform(-30, 30)],
    fullScale: between(known.fullScale),
    noiseSeed: rng.integer(0, 2 ** 31 - 1),
  };
}
