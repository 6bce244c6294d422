/** Where the clean volumes of a suite come from. */
import type { LayoutName, SiteName } from "../../names.ts";
import { unknownName } from "../../base/text/unknown_name.ts";
import type { SuiteOrigin } from "../../imaging/artifacts/suites/manifest.ts";
import { SuiteManifestError } from "../../imaging/artifacts/suites/manifest.ts";
import { resolveConfig } from "../../formats/files/resolve_config.ts";
import type { CaseSource, FileCase } from "../../imaging/data/cases/case_source.ts";
import { MNMS_TASK } from "../../imaging/data/layouts/cardiac.ts";
import { ArtifactRequestError } from "./request_error.ts";
import { LAYOUTS, openDataset } from "../../imaging/data/cases/open_dataset.ts";
import { phantomCases } from "../../imaging/data/cases/phantom_cases.ts";
import { selectSubjects } from "../../imaging/data/splits/split.ts";
import { resolve } from "../../base/deps/std.ts";
import type { Task } from "../../base/task/task.ts";
import { SITES } from "../../imaging/phantom/sites.ts";
import { openRunCases } from "../../imaging/data/cases/run_cases.ts";

/** The cases of an origin, and how suites made of them are laid out. */
export interface OpenedOrigin {
  /** The cases; those of a data set know their files. */
  readonly cases: readonly (CaseSource & Partial<Pick<FileCase, "imagePaths">>)[];
  /** The layout that the suite's sets are written in. */
  readonly layout: LayoutName;
  /** What the classes of the label maps are, and the codes of their files. */
  readonly task: Task;
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
 * @param layout What the sets are written in, in the place of the origin's own layout. nnU-Net's test
 * sets lie in `imagesTs` and `labelsTs`.
 * @throws {DatasetError} If the data set cannot be used.
 * @throws {SuiteManifestError} If there is no such layout or site.
 * @throws {ArtifactRequestError} If the layout is of other labels than the data set.
 */
export async function openOrigin(origin: SuiteOrigin, layout?: string): Promise<OpenedOrigin> {
  const opened = await openOwn(origin);
  return layout === undefined ? opened : inLayout(opened, layout as LayoutName);
}

/** The same cases for sets of a layout that a person chose. */
function inLayout(opened: OpenedOrigin, layout: LayoutName): OpenedOrigin {
  if (!Object.hasOwn(LAYOUTS, layout)) throw unknown("layout", layout, Object.keys(LAYOUTS));
  const { layout: own, cases } = opened;
  if (LAYOUTS[layout].reading?.task !== undefined && layout !== own) {
    const free = Object.values(LAYOUTS).filter(({ reading }) => reading?.task === undefined);
    throw new ArtifactRequestError(
      `Cannot write the sets of a data set of layout ${own} as ${layout}, whose labels are its own; ` +
        `wanted ${free.map(({ name }) => name).join(", ")}`,
    );
  }
  return {
    ...opened,
    layout,
    cases: cases.map(({ imagePaths, ...source }) => ({
      ...source,
      ...layout === "nnunet" && { part: "test" as const },
      // names of another layout tell this one nothing
      ...layout === own && imagePaths !== undefined && { imagePaths },
    })),
  };
}

async function openOwn(origin: SuiteOrigin): Promise<OpenedOrigin> {
  if (origin.kind === "phantom") {
    const { site, subjects, seed, only } = origin;
    if (!Object.hasOwn(SITES, site)) throw unknown("phantom site", site, Object.keys(SITES));
    const cases = selectSubjects(phantomCases(site as SiteName, subjects, seed), only);
    return { cases, layout: "mnms", task: MNMS_TASK };
  }
  const layout = origin.layout as LayoutName;
  if (!Object.hasOwn(LAYOUTS, layout)) throw unknown("layout", layout, Object.keys(LAYOUTS));
  const { cases, task } = await openDataset(origin.path, layout);
  return { cases, layout, task };
}

function unknown(what: string, name: string, known: readonly string[]): SuiteManifestError {
  return new SuiteManifestError(
    `Cannot open the clean volumes: ${unknownName(what, name, known)}`,
  );
}
