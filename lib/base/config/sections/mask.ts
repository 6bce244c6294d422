import { z } from "../../deps/zod.ts";

/** How one code is masked. */
export const maskSchema = z.strictObject({
  scheme: z.enum(["random", "dropout", "spatial", "channel"]).default("random").describe(
    "How entries of the code are chosen; `random` draws one of the other three a step.",
  ),
  maxThreshold: z.number().min(0).lt(1).default(0.5).describe(
    "Largest share of the code that is masked, 0 to below 1.",
  ),
  randomThreshold: z.boolean().default(true).describe(
    "Draw the share from 0 to `maxThreshold` each step, or always take `maxThreshold`.",
  ),
  soft: z.boolean().default(true).describe(
    "Multiply masked entries by a draw from 0 to 0.5, or by 0.",
  ),
  score: z.enum(["signed", "absolute", "negative", "gradient-x-code", "random"])
    .default("signed").describe(
      "What makes an entry worth masking, from the gradient of the decoder's loss.",
    ),
});
