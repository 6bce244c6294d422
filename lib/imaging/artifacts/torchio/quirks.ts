/**
 * Choices in which TorchIO departs from the physics, each with TorchIO's own way as the default.
 * Option and parameter names in this folder are TorchIO's, so that published settings can be
 * pasted as they stand.
 */
import { z } from "../../../base/deps/zod.ts";

/** What is kept of the complex image: TorchIO takes the real part, scanners the magnitude. */
export const outputQuirk = z.enum(["real", "magnitude"]).default("real");

/** What lies outside the volume: TorchIO takes its minimum. */
export const outsideQuirk = z.enum(["min", "zero", "edge"]).default("min");

/** A voxel axis. */
export const axisParam = z.literal([0, 1, 2], { error: "Wanted the axis 0, 1 or 2" });
