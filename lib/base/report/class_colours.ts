/** Red, green and blue, 0-255 each. */
export type Color = readonly [number, number, number];

/** The outline colours of classes 1, 2, 3, …; bright on the greys of an image. */
const FIRST: readonly Color[] = [
  [240, 70, 60],
  [250, 205, 40],
  [70, 160, 255],
  [90, 220, 120],
  [230, 110, 230],
];

/** Hues this far apart stay apart however many there are. */
const GOLDEN_ANGLE = 137.508;

/**
 * The colour of a class, from 1: as given (`#e69f00`), or one of its place that no other class has.
 *
 * @example
 * ```ts
 * import { classColour } from "./class_colours.ts";
 *
 * if (classColour(1, "#0a0b0c").join() !== "10,11,12") throw new Error();
 * ```
 */
export function classColour(index: number, given?: string): Color {
  if (given !== undefined) {
    const value = Number.parseInt(given.slice(1), 16);
    return [value >> 16, (value >> 8) & 255, value & 255];
  }
  return FIRST[index - 1] ?? hue(index * GOLDEN_ANGLE, index % 2 === 0 ? 0.65 : 0.5);
}

/** A colour as CSS and SVG have it. */
export function cssColour(colour: Color): string {
  return `rgb(${colour.join(",")})`;
}

/** A saturated colour of a hue in degrees and a lightness, 0-1 (CSS Color 4, hsl to rgb). */
function hue(degrees: number, lightness: number): Color {
  const amplitude = 0.85 * Math.min(lightness, 1 - lightness);
  const channel = (n: number) => {
    const k = (n + degrees / 30) % 12;
    return Math.round(255 * (lightness - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
