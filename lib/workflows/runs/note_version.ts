import type { RunFolder } from "../../formats/run_folder/run_folder.ts";
import {
  isSameVersion,
  readVersions,
  saveVersions,
  versionText,
} from "../../formats/run_folder/versions.ts";
import { thisVersion } from "./this_version.ts";

/**
 * Records in a run's folder which code trains it from here on, and tells where another did before.
 *
 * @param firstStep Steps done in earlier sittings.
 * @throws {RunFolderError} If the record is there and cannot be read.
 * @throws {WriteError} If the disk refuses.
 */
export async function noteVersion(
  { versions: path }: RunFolder,
  firstStep: number,
  onNotice: (line: string) => void = () => {},
): Promise<void> {
  const version = await thisVersion(), recorded = await readVersions(path);
  // what stood behind this step is trained anew
  const before = (recorded ?? []).filter((sitting) => sitting.firstStep < firstStep);
  const last = before.at(-1);
  const goesOn = last !== undefined && isSameVersion(last, version);
  if (last !== undefined && !goesOn) {
    onNotice(
      `trained by ${versionText(last)} up to step ${firstStep}, from there on by ` +
        `${versionText(version)}: the numbers may be others than without a break`,
    );
  }
  if (goesOn && before.length === recorded?.length) return;
  await saveVersions(path, goesOn ? before : [...before, { ...version, firstStep }]);
}
