import type { LabelledSlice, SliceTransform } from "./slice_transform.ts";
import { warpLinear } from "./warp_linear.ts";

/** The angle between neighbouring choices, in degrees; must divide 360. */
export interface TurnOptions {
  /** Degrees between neighbouring choices, a divisor of 360. */
  readonly step: number;
}

/** Degrees. */
export interface TurnParams {
  readonly angle: number;
}

/** A rotation by one of the multiples of a step, each as likely, none included. */
export const turn: SliceTransform<TurnOptions, TurnParams> = {
  name: "turn",
  defaults: { step: 45 },
  sample(options, rng) {
    const count = 360 / options.step;
    if (!Number.isInteger(count)) {
      throw new RangeError(`Cannot draw a turn: step is ${options.step}, wanted a divisor of 360`);
    }
    const angle = options.step * rng.integer(0, count - 1);
    return angle === 0 ? null : { angle };
  },
  apply(slice: LabelledSlice, { angle }): LabelledSlice {
    // Exact at quarter turns, which then move pixels without mixing them.
    const [cos, sin] = [cosine(angle), cosine(angle - 90)];
    return warpLinear(slice, [cos, -sin, sin, cos], [0, 0]);
  },
};

function cosine(degrees: number): number {
  const turned = ((degrees % 360) + 360) % 360;
  if (turned % 90 === 0) return [1, 0, -1, 0][turned / 90]!;
  return Math.cos(turned * Math.PI / 180);
}
