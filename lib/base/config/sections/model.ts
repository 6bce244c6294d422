import { z } from "../../deps/zod.ts";
import { wholeNumber } from "./numbers.ts";

/** The size of the networks. */
export const modelSchema = z.strictObject({
  baseWidth: wholeNumber(1, 256).default(16).describe(
    "Channels at full resolution; deeper levels have 2, 4 and 8 times as many.",
  ),
  levels: z.union([z.literal("auto"), wholeNumber(1, 4)]).default(4).describe(
    "Times that the networks halve a slice before they decode it; `auto` = as often as leaves the " +
      "latent code 12 positions a side, two to four times.",
  ),
});
