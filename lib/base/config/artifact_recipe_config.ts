import type { ArtifactMode } from "../../names.ts";

/** A recipe of artifacts as it stands in a configuration. */
export type ArtifactRecipeConfig =
  | {
    artifact: string;
    mode?: ArtifactMode | undefined;
    severity?: number | undefined;
    options?: Record<string, unknown> | undefined;
  }
  | { chain: ArtifactRecipeConfig[] }
  | { oneOf: ArtifactRecipeConfig[] }
  | { probability: number; of: ArtifactRecipeConfig };
