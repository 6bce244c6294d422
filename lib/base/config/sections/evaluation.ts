import { EMPTY_RULES } from "../../../names.ts";
import { z } from "../../deps/zod.ts";
import { count, wholeNumber } from "./numbers.ts";

/** How networks are scored. */
export const evaluationSchema = z.strictObject({
  grid: z.enum(["native", "network"]).default("native").describe(
    "Where Dice is taken: in the file's own voxels, or on the network's cropped grid.",
  ),
  chunk: count.default(10).describe("Slices that go through the network at once."),
  refinements: wholeNumber(1, 10).default(1).describe(
    "Times that the slow-thinking network is applied, each to what the one before made; " +
      "Dice is taken after each.",
  ),
  empty: z.enum(EMPTY_RULES).default("skip").describe(
    "What a class counts that is in neither prediction nor label of a volume: `skip` = it is left out " +
      "of the means and counted beside them, as in nnU-Net; `one` = as perfect; `zero` = a Dice of 0.",
  ),
  surfaceTolerances: z.array(z.number().min(0)).default([1, 2, 3]).describe(
    "Millimetres within which surfaces count as one in the surface Dice.",
  ),
  lesions: z.array(z.string().min(1)).default([]).describe(
    "Labels whose connected components are counted as lesions: found, missed, made up.",
  ),
  distancePenalty: z.number().positive().nullable().default(null).describe(
    "Millimetres that count as HD95 and ASSD where just one of prediction and label holds a class; null = " +
      "such masks are left out of the means.",
  ),
  severityVolumes: count.default(2).describe(
    "Clean test volumes on which the fall of Dice with artifacts is measured, 20 of each.",
  ),
  artifacts: z.boolean().default(true).describe(
    "Also evaluate on the four artifact sets of the paper, made from the test subjects.",
  ),
});
