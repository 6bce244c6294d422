import { MNMS_TASK } from "../layouts/cardiac.ts";
import type { LayoutName, SiteName } from "../../../names.ts";
import type { OpenDatasetOptions } from "../layouts/layout.ts";
import type { CaseSource, Dataset, FileCase } from "./case_source.ts";
import { phantomCases } from "./phantom_cases.ts";

/** Where cases come from; plain JSON, so that a worker finds the same ones. */
export type CaseOrigin =
  | {
    readonly kind: "dataset";
    readonly dir: string;
    readonly layout: LayoutName | "auto";
    readonly options?: OpenDatasetOptions;
  }
  | {
    readonly kind: "phantom";
    readonly sites: readonly SiteName[];
    /** Subjects of each site. */
    readonly subjects: number;
    readonly seed: number;
  };

/**
 * The data set of an origin, without voxels; the same origin gives the same cases.
 *
 * @throws {RangeError | DatasetError} As `openDataset` and `phantomCases`.
 */
export async function openOrigin(
  origin: CaseOrigin,
): Promise<Dataset<CaseSource & Partial<FileCase>>> {
  if (origin.kind === "phantom") {
    const cases = origin.sites.flatMap((site) => phantomCases(site, origin.subjects, origin.seed));
    return { name: "phantom", layout: "mnms", task: MNMS_TASK, cases, notices: [] };
  }
  // The readers of lists take time to load, which a run on the phantom need not spend.
  const { openDataset } = await import("./open_dataset.ts");
  return await openDataset(origin.dir, origin.layout, origin.options);
}
