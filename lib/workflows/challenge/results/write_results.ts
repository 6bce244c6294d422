import { stringifyCsv } from "../../../base/deps/std.ts";
import { spreadsheetText } from "../../../base/report/spreadsheet_text.ts";
import { markdownTable } from "../../../base/report/text_table.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";
import type { ChallengeFolder } from "../challenge_folder.ts";
import type { ChallengeResults, MetricResults } from "./challenge_results.ts";
import { measureTable, transformTable } from "./result_tables.ts";
import { type Estimate, MEASURES } from "./robustness.ts";

type CsvRow = Record<string, string | number>;

/** The columns of the CSV. */
const COLUMNS = [
  ...["metric", "model", "transform", "severity", "measure", "mean", "low", "high", "subjects"],
  ...["difference", "differenceLow", "differenceHigh", "pValue", "holmPValue", "rankBiserial"],
];

/**
 * Writes the tables: `robustness.md` for people, `robustness.csv` with a row a number (scores by severity
 * included), `robustness.json` with all.
 *
 * @throws {WriteError} If the disk refuses.
 */
export async function writeResults(
  folder: ChallengeFolder,
  results: ChallengeResults,
): Promise<void> {
  const tables = results.metrics.flatMap((metric) => [
    measureTable(results, metric),
    transformTable(results, metric),
  ]);
  const rows = results.metrics.flatMap(csvRows);
  await writeAtomically(folder.table("md"), tables.map(markdownTable).join("\n"));
  await writeAtomically(folder.table("csv"), stringifyCsv(rows, COLUMNS));
  await writeAtomically(folder.table("json"), JSON.stringify(results, null, 2) + "\n");
}

function csvRows({ id, models }: MetricResults): CsvRow[] {
  return models.flatMap(({ name, robustness, tests }) => {
    const row = (transform: string, measure: string, estimate: Estimate): CsvRow => ({
      metric: id,
      model: spreadsheetText(name),
      transform,
      severity: "",
      measure,
      mean: estimate.mean ?? "",
      low: estimate.low ?? "",
      high: estimate.high ?? "",
      subjects: robustness.subjects,
      ...Object.fromEntries(COLUMNS.slice(9).map((column) => [column, ""])),
    });
    return [
      ...MEASURES.map((measure): CsvRow => {
        const test = tests?.find((own) => own.measure === measure);
        return {
          ...row("all", measure, robustness[measure]),
          ...test && {
            difference: test.difference ?? "",
            differenceLow: test.low ?? "",
            differenceHigh: test.high ?? "",
            pValue: test.pValue ?? "",
            holmPValue: test.holmPValue ?? "",
            rankBiserial: test.rankBiserial ?? "",
          },
        };
      }),
      ...robustness.transforms.flatMap(({ transform, overall, degradation, curve }) => [
        row(transform, "overall", overall),
        row(transform, "degradation", degradation),
        ...curve.map(({ severity, mean }) => ({
          ...row(transform, "score", { mean, low: null, high: null }),
          severity,
        })),
      ]),
    ];
  });
}
