import { z } from "../../deps/zod.ts";

/** Where a run is written. */
export const outputSchema = z.strictObject({
  dir: z.string().min(1).nullable().default(null).describe(
    "The run folder; null = the next free `runs/NNN`.",
  ),
  pictures: z.boolean().default(true).describe("Draw the loss curves and slices."),
});
