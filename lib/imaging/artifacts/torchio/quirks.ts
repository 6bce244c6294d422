/**
 * Choices in which TorchIO departs from the physics, each with TorchIO's own way as the default.
 * Option and parameter names in this folder are TorchIO's, so that published settings can be
 * pasted as they stand.
 */
import { z } from "../../../base/deps/zod.ts";

/**
 * What is kept of the complex image: TorchIO takes the real part, scanners the magnitude, ROOD-MRI the
 * real part with 0 in the place of what is below.
 */
export const outputQuirk = z.enum(["real", "magnitude", "real-cut"]).default("real");

/** Real lines with 0 in the place of negative voxels where `output` wants that; in place. */
export function cutWhere(output: z.output<typeof outputQuirk>, data: Float32Array): Float32Array {
  if (output === "real-cut") {
    for (let o = 0; o < data.length; o++) {
      if (data[o]! < 0) data[o] = 0;
    }
  }
  return data;
}

/** What is computed of the complex image for `output`. */
export function partOf(output: z.output<typeof outputQuirk>): "real" | "magnitude" {
  return output === "magnitude" ? output : "real";
}

/** What lies outside the volume: TorchIO takes its minimum. */
export const outsideQuirk = z.enum(["min", "zero", "edge"]).default("min");

/** A voxel axis. */
export const axisParam = z.literal([0, 1, 2], { error: "Wanted the axis 0, 1 or 2" });
