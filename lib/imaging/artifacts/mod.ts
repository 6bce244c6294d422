/**
 * Artifacts of acquisition on typed arrays, and suites of them: `tandem/artifacts`. Loads no tensors.
 *
 * @module
 */
export type { Artifact, ArtifactContext, ArtifactDoc, Geometry, Severity } from "./artifact.ts";
export type { Draws } from "./draws.ts";
export type { ZodType } from "../../base/deps/zod.ts";
export {
  ArtifactNeedError,
  type Available,
  classesOfRole,
  type Need,
  needText,
  type RoleLabel,
  unmetNeed,
} from "./needs.ts";
export { aliasesOf, type ArtifactAlias } from "./aliases.ts";
export { ARTIFACTS, artifactsOf, findArtifact } from "./registry.ts";
export {
  applySteps,
  applyToChannels,
  type ArtifactRecipe,
  type ArtifactStep,
  type ChannelContext,
  type Corrupted,
  type CorruptedChannels,
  type Recipe,
  recipeNeeds,
  sampleRecipe,
  stepsOfChannel,
} from "./compose.ts";
export {
  makeSuite,
  type SuiteOptions,
  type SuiteSource,
  type SuiteVolume,
} from "./suites/make_suite.ts";
export { type SuiteDefinition, SUITES, type SuiteSet } from "./suites/suite_definition.ts";
export type { SuitePreparation } from "./suites/preparation.ts";
export {
  parseSuiteManifest,
  type SuiteEntry,
  type SuiteManifest,
  SuiteManifestError,
  type SuiteOrigin,
} from "./suites/manifest.ts";
export {
  ARTIFACT_MODES,
  ARTIFACT_NAMES,
  type ArtifactMode,
  type ArtifactName,
  SUITE_NAMES,
  type SuiteName,
} from "../../names.ts";
export { RandomStream } from "../../base/random/random_stream.ts";
export type { Volume } from "../../base/volume/volume.ts";
