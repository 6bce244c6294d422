import { intensityRange } from "../../base/volume/intensity_range.ts";

/**
 * Peak signal-to-noise ratio of an image against a clean one, in dB:
 * `10 log10(range^2 / mean squared difference)`, range = greatest minus least value of the clean one.
 *
 * @param image Values to judge.
 * @param clean As many clean values.
 * @returns Infinity where they are equal; -Infinity where only the clean one is constant.
 * @throws {TypeError} If the numbers of values differ, or there are none.
 *
 * @example
 * ```ts
 * import { psnr } from "./psnr.ts";
 *
 * const value = psnr([0, 1.1], [0, 1]);
 * if (Math.abs(value - 10 * Math.log10(2 / 0.01)) > 1e-9) throw new Error(String(value));
 * ```
 */
export function psnr(image: ArrayLike<number>, clean: ArrayLike<number>): number {
  if (image.length !== clean.length || image.length === 0) {
    throw new TypeError(
      `Cannot compute the PSNR: the image has ${image.length} values, the clean one ${clean.length}`,
    );
  }
  let squares = 0;
  for (let o = 0; o < clean.length; o++) squares += (image[o]! - clean[o]!) ** 2;
  if (squares === 0) return Infinity;
  const { min, max } = intensityRange(clean);
  return 10 * Math.log10((max - min) ** 2 * clean.length / squares);
}
