/** The suites: whole test sets by name. */
import type { SuiteName } from "../../../names.ts";
import type { Severity } from "../artifact.ts";
import { CHEN_2021 } from "../aliases.ts";
import { type Recipe, recipeNeeds } from "../compose.ts";
import type { Need } from "../needs.ts";
import { artifactsOf } from "../registry.ts";
import type { SuitePreparation } from "./preparation.ts";
import { ROOD_MRI } from "./rood_mri.ts";

/** One test set of a suite. */
export interface SuiteSet {
  /** The set's name, also that of its folder. */
  readonly name: string;
  /** What is drawn for each volume. */
  readonly recipe: Recipe;
  /** The severity, where it has one. */
  readonly severity?: Severity;
  /** What the recipe needs beside the volume. */
  readonly needs: readonly Need[];
  /** Names the stream; sets that share it draw alike, so that only the severity differs. */
  readonly stream: string;
}

/** A suite. */
export interface SuiteDefinition {
  /** Its name. */
  readonly name: string;
  /**
   * Part of every draw: raised whenever the same seed shall draw otherwise. What artifacts make of what
   * was drawn is told by the version that made a volume.
   */
  readonly version: number;
  /** What it is, for people. */
  readonly summary: string;
  /** Volumes made of each volume and set, unless asked otherwise. */
  readonly repeats: number;
  /** What is done before and after. */
  readonly preparation: SuitePreparation;
  /** The sets, for the severities asked for where the suite has them. */
  sets(severities: readonly Severity[]): SuiteSet[];
}

/**
 * The four sets of Chen et al., MICCAI 2021: TorchIO 0.18 with their settings, on volumes clipped to the 2nd and
 * 98th percentile, slices at 1.36719 mm cropped to 192 x 192, scaled one by one, without geometry; three volumes of each.
 */
const chen2021: SuiteDefinition = {
  name: "chen2021",
  version: 2,
  summary: "RandBias, RandSpike, RandGhost and RandMotion as in Chen et al., MICCAI 2021",
  repeats: 3,
  preparation: "chen2021",
  sets: () =>
    Object.entries(CHEN_2021).map(([name, recipe]) => ({ name, recipe, needs: [], stream: name })),
};

/** Every physical artifact at each severity, on the volume as it is. */
const physical: SuiteDefinition = {
  name: "physical",
  version: 1,
  summary: "Every physical artifact at every severity",
  repeats: 1,
  preparation: "none",
  sets: (severities) =>
    artifactsOf("physical").flatMap(({ name }) =>
      severities.map((severity): SuiteSet => {
        const recipe = { artifact: name, severity };
        return {
          name: `${name}-${severity}`,
          recipe,
          severity,
          needs: recipeNeeds(recipe),
          stream: name,
        };
      })
    ),
};

/** The ten transforms of ROOD-MRI, each at its five severities, on the volume as it is. */
const roodMri: SuiteDefinition = {
  name: "rood-mri",
  version: 1,
  summary:
    "The ten transforms of ROOD-MRI at five severities (Boone et al. 2022, arXiv 2203.06060)",
  repeats: 1,
  preparation: "none",
  sets: (severities) =>
    Object.entries(ROOD_MRI).flatMap(([name, recipeOf]) =>
      severities.map((severity): SuiteSet => {
        const recipe = recipeOf(severity);
        const stream = `rood-mri/${name}`;
        return {
          name: `${name}-${severity}`,
          recipe,
          severity,
          needs: recipeNeeds(recipe),
          stream,
        };
      })
    ),
};

/** All suites by name. */
export const SUITES: Readonly<Record<SuiteName, SuiteDefinition>> = {
  chen2021,
  physical,
  "rood-mri": roodMri,
};
