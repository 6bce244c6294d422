import { join } from "../../../base/deps/std.ts";
import { checkOutputs } from "../../../formats/files/check_outputs.ts";
import { openStudy } from "../results/open_study.ts";
import { saveSummary } from "../results/save_summary.ts";
import type { PageOptions } from "./page_data.ts";
import { StudyError } from "../plan/study_error.ts";
import { studyFolder } from "../plan/study_folder.ts";
import type { StudySummary } from "../results/study_summary.ts";
import { summarise } from "../results/summarise.ts";

/** What a report consists of. */
export interface StudyReport {
  /** What the runs say together, as it was saved. */
  readonly summary: StudySummary;
  /** The path of the page. */
  readonly page: string;
}

/**
 * Writes summary, tables and page of a study, finished or not, or of a single run, or of scored
 * predictions, from what is in its folder.
 *
 * @throws {StudyError} If it is no such folder, or none of its runs has been evaluated, or they share
 * no test set.
 * @throws {ConfigError} If the configuration of a single run is no valid one.
 * @throws {OutputPathError} If a folder or a device has the name of one of these files.
 * @throws {WriteError} If the disk refuses.
 */
export async function reportStudy(dir: string, options: PageOptions = {}): Promise<StudyReport> {
  const { plan, results } = await openStudy(dir);
  if (results.length === 0) {
    throw new StudyError(`Cannot report ${dir}: none of its runs has been evaluated yet`);
  }
  // The scores of predictions have nnU-Net's summary.json already.
  const path = plan.preset === "scores" ? join(dir, "report.json") : studyFolder(dir).summary;
  await checkOutputs({ outputs: [path, join(dir, "index.html")], inputs: [], overwrite: true });
  const summary = summarise(plan, results);
  await saveSummary(path, summary);
  // Charts and tables need packages that a study loads once it has something to show.
  const { writeTables } = await import("../results/table_files.ts");
  await writeTables(dir, summary);
  const { writePage } = await import("./write_page.ts");
  return { summary, page: await writePage(dir, options) };
}
