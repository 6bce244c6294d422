import { exists } from "../../formats/files/exists.ts";
import { readContents } from "../../formats/run_folder/contents.ts";
import { readDivision } from "../../formats/run_folder/division.ts";
import { runFolder } from "../../formats/run_folder/run_folder.ts";
import type { KnownSubjects } from "../../learning/evaluation/seen_subjects.ts";

/**
 * What a run was trained and validated on, by voxels and names; undefined where its folder does not
 * tell.
 *
 * @param onNotice Is told where names are all that there is.
 * @throws {RunFolderError} If what the folder tells cannot be read.
 */
export async function knownSubjects(
  dir: string,
  onNotice: (line: string) => void = () => {},
): Promise<KnownSubjects | undefined> {
  const folder = runFolder(dir);
  if (!await exists(folder.division)) {
    onNotice(`${dir} does not tell what it was trained on: it may be among what is scored`);
    return undefined;
  }
  const contents = await readContents(folder.contents);
  if (contents === undefined) {
    onNotice(`${dir} did not keep what its images hold: subjects are known by their names alone`);
  }
  return { contents: contents ?? [], division: await readDivision(folder.division) };
}
