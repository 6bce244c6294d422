import { z } from "../../../base/deps/zod.ts";
import { type SliceSize, sliceSizeSchema } from "../../../base/volume/slice_size.ts";
import { type Intensity, intensitySchema } from "./intensity.ts";

/**
 * How cases are prepared, as a run keeps it: whatever goes through its networks is prepared so. Every
 * setting has the published method's value by default.
 */
export const preparationSchema: z.ZodType<Preparation> = z.strictObject({
  size: sliceSizeSchema.default({ height: 192, width: 192 }),
  spacing: z.number().positive().default(1.36719),
  sliceAxis: z.union([z.literal("auto"), z.literal(0), z.literal(1), z.literal(2)]).default("auto"),
  sliceDirection: z.enum(["R", "A", "S"]).optional(),
  intensity: intensitySchema.default({ kind: "slice" }),
  larger: z.enum(["crop", "tiles"]).default("crop"),
  clip: z.tuple([z.number().min(0).max(100), z.number().min(0).max(100)]).default([2, 98]),
});

/** See {@linkcode preparationSchema}. */
export interface Preparation {
  /** The slices that the network sees. */
  readonly size: SliceSize;
  /** In-plane spacing in mm. */
  readonly spacing: number;
  /** The axis of the file that slices are stacked along, or the coarsest. */
  readonly sliceAxis: 0 | 1 | 2 | "auto";
  /** Where the range of intensities comes from. */
  readonly intensity: Intensity;
  /** What becomes of slices larger than `size`: cut to their centre, or kept and seen in tiles. */
  readonly larger: "crop" | "tiles";
  /** Percentiles, 0 to 100, that the volume is clipped to, but for `ct`. */
  readonly clip: [number, number];
  /** The patient's axis that slices are stacked along where no spacing is clearly the largest. */
  readonly sliceDirection?: "R" | "A" | "S" | undefined;
}
