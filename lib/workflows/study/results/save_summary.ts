import { dirname } from "../../../base/deps/std.ts";
import { makeFolder } from "../../../formats/files/make_folder.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";
import type { StudySummary } from "./study_summary.ts";

/**
 * Writes a summary as JSON, atomically, making its folder.
 *
 * @throws {WriteError} If the disk refuses.
 */
export async function saveSummary(path: string, summary: StudySummary): Promise<void> {
  await makeFolder(dirname(path));
  await writeAtomically(path, JSON.stringify(summary, null, 2) + "\n");
}
