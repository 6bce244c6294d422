import { directionOf } from "./slice_axis.ts";
import type { Affine } from "./volume.ts";

/** The ends of the patient's axes, by the end that RAS+ counts towards. */
const ENDS = { R: ["R", "L"], A: ["A", "P"], S: ["S", "I"] } as const;

/**
 * Where the axes of a volume point, as three letters: `RAS` counts to the patient's right, front and
 * head; oblique axes have the letter that they are nearest to.
 *
 * @throws {RangeError} If a column of the affine is zero or not finite.
 *
 * @example
 * ```ts
 * import { orientationCode } from "./orientation_code.ts";
 * import { scalingAffine } from "./affine.ts";
 *
 * const code = orientationCode(scalingAffine([-1, -1, 2]));
 * if (code !== "LPS") throw new Error(code);
 * ```
 */
export function orientationCode(affine: Affine): string {
  return ([0, 1, 2] as const).map((axis) => {
    const direction = directionOf(affine, axis);
    const towards = affine[4 * ["R", "A", "S"].indexOf(direction) + axis]! >= 0;
    return ENDS[direction][towards ? 0 : 1];
  }).join("");
}
