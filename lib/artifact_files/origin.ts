/** Where the clean volumes of a suite come from. */
import type { SuiteOrigin } from "../artifacts/suites/manifest.ts";
import { SuiteManifestError } from "../artifacts/suites/manifest.ts";
import { resolveConfig } from "../config/resolve_config.ts";
import type { CaseSource, FileCase } from "../data/case_source.ts";
import { CANONICAL_CODES, type LabelCodes } from "../data/label_codes.ts";
import { type LayoutName, LAYOUTS, openDataset } from "../data/open_dataset.ts";
import { phantomCases } from "../data/phantom_cases.ts";
import { selectSubjects } from "../data/splits/split.ts";
import { resolve } from "../deps/std.ts";
import { type SiteName, SITES } from "../phantom/sites.ts";
import { openRunCases } from "../training/run_data.ts";

/** The cases of an origin, and how suites made of them are laid out. */
export interface OpenedOrigin {
  /** The cases; those of a data set know their files. */
  readonly cases: readonly (CaseSource & Partial<Pick<FileCase, "imagePath" | "labelPath">>)[];
  /** The layout that the suite's sets are written in. */
  readonly layout: LayoutName;
  /** The codes of the label files. */
  readonly labelCodes: LabelCodes;
}

/** The origin of a data set's folder; not opened yet. */
export function datasetOrigin(path: string, layout: LayoutName): SuiteOrigin {
  return { kind: "dataset", path: resolve(path), layout };
}

/** The test subjects of the default training run: phantom hearts of site A. */
export async function defaultOrigin(): Promise<SuiteOrigin> {
  const config = await resolveConfig({ set: ["phantom.otherSubjects=0"] });
  const { phantom } = config, [site] = phantom.trainingSites;
  const { division } = await openRunCases(config);
  return {
    kind: "phantom",
    site: site!,
    subjects: phantom.subjects,
    seed: phantom.seed,
    only: [...division.test],
  };
}

/**
 * Lists the cases of an origin, without reading voxels.
 *
 * @throws {DatasetError} If the data set cannot be used.
 * @throws {SuiteManifestError} If there is no such layout or site.
 */
export async function openOrigin(origin: SuiteOrigin): Promise<OpenedOrigin> {
  if (origin.kind === "phantom") {
    const { site, subjects, seed, only } = origin;
    if (!Object.hasOwn(SITES, site)) throw unknown("phantom site", site, Object.keys(SITES));
    const cases = selectSubjects(phantomCases(site as SiteName, subjects, seed), only);
    return { cases, layout: "mnms", labelCodes: CANONICAL_CODES };
  }
  const layout = origin.layout as LayoutName;
  if (!Object.hasOwn(LAYOUTS, layout)) throw unknown("layout", layout, Object.keys(LAYOUTS));
  const { cases, labelCodes } = await openDataset(origin.path, layout);
  return { cases, layout, labelCodes };
}

function unknown(what: string, name: string, known: readonly string[]): SuiteManifestError {
  return new SuiteManifestError(
    `Cannot open the clean volumes: there is no ${what} ${name}, wanted one of ${known.join(", ")}`,
  );
}
