import { join } from "../../../base/deps/std.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";
import { type PageOptions, readPageData } from "./page_data.ts";
import { studyPage } from "./study_page.ts";

/**
 * Writes the page of a study (finished or not) or of a single run, `index.html`, atomically: one
 * file with tables, charts and pictures that opens anywhere, without a network.
 *
 * @param dir The folder of the study or run.
 * @param options What is shown.
 * @returns The path of the page.
 * @throws {StudyError} If the folder is neither, or something in it cannot be read.
 * @throws {WriteError} If the disk refuses.
 */
export async function writePage(dir: string, options: PageOptions = {}): Promise<string> {
  const path = join(dir, "index.html");
  await writeAtomically(path, await studyPage(await readPageData(dir, options)));
  return path;
}
