import { z } from "../../deps/zod.ts";
import { count } from "./numbers.ts";

/** Adam and its learning rate. */
export const optimizerSchema = z.strictObject({
  learningRate: z.number().positive().default(1e-4).describe(
    "Step size of Adam, at the start where `schedule` lowers it.",
  ),
  schedule: z.enum(["constant", "cosine"]).default("constant").describe(
    "How the rate goes on: it stays, or falls to 0 along half a cosine.",
  ),
  decaySteps: count.nullable().default(null).describe(
    "Steps until a `cosine` schedule is at its end; null = all that the run has when it begins.",
  ),
  beta1: z.number().min(0).lt(1).default(0.9).describe(
    "Decay of Adam's mean of gradients, 0 to below 1.",
  ),
  beta2: z.number().min(0).lt(1).default(0.999).describe(
    "Decay of Adam's mean of squared gradients, 0 to below 1.",
  ),
  epsilon: z.number().positive().default(1e-8).describe(
    "Added to the root of Adam's mean of squared gradients, so that none divides by 0.",
  ),
});
