import type { LayoutName, SiteName } from "../../../names.ts";
import type { CaseSource } from "./case_source.ts";
import { phantomCases } from "./phantom_cases.ts";

/** Where cases come from; plain JSON, so that a worker finds the same ones. */
export type CaseOrigin =
  | { readonly kind: "dataset"; readonly dir: string; readonly layout: LayoutName }
  | {
    readonly kind: "phantom";
    readonly sites: readonly SiteName[];
    /** Subjects of each site. */
    readonly subjects: number;
    readonly seed: number;
  };

/**
 * The cases of an origin, without voxels; the same origin gives the same cases.
 *
 * @throws {RangeError | DatasetError} As `openDataset` and `phantomCases`.
 */
export async function openCases(origin: CaseOrigin): Promise<readonly CaseSource[]> {
  if (origin.kind === "phantom") {
    return origin.sites.flatMap((site) => phantomCases(site, origin.subjects, origin.seed));
  }
  // The readers of lists take time to load, which a run on the phantom need not spend.
  const { openDataset } = await import("./open_dataset.ts");
  return (await openDataset(origin.dir, origin.layout)).cases;
}
