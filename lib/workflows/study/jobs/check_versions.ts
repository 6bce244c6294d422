import { isSameVersion, readVersions, versionText } from "../../../formats/run_folder/versions.ts";
import { exists } from "../../../formats/files/exists.ts";
import { thisVersion } from "../../runs/this_version.ts";
import { StudyError } from "../plan/study_error.ts";
import type { StudyFolder } from "../plan/study_folder.ts";
import type { StudyJob } from "../plan/study_plan.ts";

/** How runs of other versions are taken. */
export interface VersionOptions {
  /** Whether runs of several versions may stand in one table; false by default. */
  readonly allowOther?: boolean | undefined;
  /** Is told, a line each, of runs whose version is another or was not recorded. */
  readonly onNotice?: ((line: string) => void) | undefined;
}

/**
 * Holds a study that goes on to one version of the code: what of its runs was trained by another may
 * have other numbers for no reason that a table shows.
 *
 * @param jobs All jobs of the study, begun or not.
 * @throws {StudyError} If a run was trained by another version and that is not allowed.
 * @throws {RunFolderError} If a run's record cannot be read.
 */
export async function checkVersions(
  folder: StudyFolder,
  jobs: readonly StudyJob[],
  { allowOther = false, onNotice = () => {} }: VersionOptions = {},
): Promise<void> {
  const here = await thisVersion();
  const others = new Map<string, number>();
  let unknown = 0;
  for (const job of jobs) {
    const { versions, log } = folder.run(job);
    const sittings = await readVersions(versions);
    if (sittings === undefined) {
      // one that has just begun says so before its first step
      if (await exists(log)) unknown++;
      continue;
    }
    const texts = sittings.filter((sitting) => !isSameVersion(sitting, here)).map(versionText);
    for (const text of new Set(texts)) others.set(text, (others.get(text) ?? 0) + 1);
  }
  if (unknown > 0) onNotice(`${unknown} runs do not say which version trained them: not recorded`);
  if (others.size === 0) return;
  const found = [...others].map(([text, runs]) => `${runs} by ${text}`).join("; ");
  if (allowOther) {
    return onNotice(
      `runs were trained by other versions: ${found}; from here on ${versionText(here)}`,
    );
  }
  throw new StudyError(
    `Cannot go on with the study in ${folder.dir}: runs were trained by other versions (${found}), ` +
      `this is ${versionText(here)}; wanted the same one, or --allow-other-version`,
  );
}
