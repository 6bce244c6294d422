import type { TextTable } from "../../base/report/text_table.ts";
import { unknownName } from "../../base/text/unknown_name.ts";
import { StudyError } from "../study/plan/study_error.ts";
import { openStudy } from "../study/results/open_study.ts";
import {
  comparisonTable,
  crossDomainTable,
  distanceTable,
  flagTable,
  lowDataTable,
  table1,
} from "../study/results/score_tables.ts";
import { severityTable } from "../study/results/severity_table.ts";
import type { StudySummary } from "../study/results/study_summary.ts";
import { summarise } from "../study/results/summarise.ts";
import {
  calibrationTable,
  lesionTable,
  surfaceDiceTable,
} from "../study/results/surface_tables.ts";
import { ShownTable } from "./shown_table.ts";

const TABLES = {
  table1,
  comparisons: comparisonTable,
  cross_domains: crossDomainTable,
  low_data: lowDataTable,
  severities: severityTable,
  distances: distanceTable,
  surface_dice: surfaceDiceTable,
  lesions: lesionTable,
  calibration: calibrationTable,
  flags: flagTable,
} satisfies Record<StudyTableName, (summary: StudySummary) => TextTable | undefined>;

/** The name of a study's table, as its files have it. */
export type StudyTableName =
  | "table1"
  | "comparisons"
  | "cross_domains"
  | "low_data"
  | "severities"
  | "distances"
  | "surface_dice"
  | "lesions"
  | "calibration"
  | "flags";

/**
 * A table of a study, finished or not, of a single run or of scores, from the runs in its folder.
 *
 * @param dir The folder.
 * @param name Which table; `table1` by default.
 * @throws {StudyError} If it is no such folder, none of its runs has been evaluated yet, or it has nothing
 * for this table.
 * @throws {TypeError} For an unknown table.
 */
export async function showStudy(dir: string, name: StudyTableName = "table1"): Promise<ShownTable> {
  if (!Object.hasOwn(TABLES, name)) {
    throw new TypeError(`Cannot show a study: ${unknownName("table", name, Object.keys(TABLES))}`);
  }
  const { plan, results } = await openStudy(dir);
  if (results.length === 0) {
    throw new StudyError(`Cannot show ${dir}: none of its runs has been evaluated yet`);
  }
  const table = TABLES[name](summarise(plan, results));
  if (table === undefined) throw new StudyError(`Cannot show ${dir}: it has nothing for ${name}`);
  return new ShownTable(table);
}
