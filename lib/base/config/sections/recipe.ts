import { ARTIFACT_MODES } from "../../../names.ts";
import { z } from "../../deps/zod.ts";
import type { ArtifactRecipeConfig } from "../artifact_recipe_config.ts";
import { fraction } from "./numbers.ts";

/** Artifacts by name, put together; see `Recipe`. Names and options are checked when it is used. */
export const recipeSchema: z.ZodType<ArtifactRecipeConfig> = z.lazy(() =>
  z.union([
    z.strictObject({
      artifact: z.string(),
      mode: z.enum(ARTIFACT_MODES).default("physical"),
      severity: z.union([1, 2, 3, 4, 5].map((n) => z.literal(n))).optional(),
      options: z.record(z.string(), z.unknown()).default({}),
    }),
    z.strictObject({ chain: z.array(recipeSchema).min(1) }),
    z.strictObject({ oneOf: z.array(recipeSchema).min(1) }),
    z.strictObject({ probability: fraction, of: recipeSchema }),
  ])
).meta({
  typeInWords: "{ artifact, mode?, severity?, options? }, { chain: [recipe, …] }, " +
    "{ oneOf: [recipe, …] } or { probability, of: recipe }",
});
