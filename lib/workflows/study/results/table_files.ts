import { NETWORKS } from "../../../names.ts";
import { join, stringifyCsv } from "../../../base/deps/std.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";
import { spreadsheetText } from "../../../base/report/spreadsheet_text.ts";
import { latexTable, markdownTable, type TextTable } from "../../../base/report/text_table.ts";
import {
  crossDomainTable,
  distanceTable,
  flagTable,
  largestRows,
  lowDataTable,
  table1,
} from "./score_tables.ts";
import { calibrationTable, lesionTable, surfaceDiceTable } from "./surface_tables.ts";
import { severityTable } from "./severity_table.ts";
import type { Cell, Column, MethodRow, StudySummary } from "./study_summary.ts";

/** One row of a CSV table: a cell in full. */
type CsvRow = Record<string, string | number>;

/**
 * Writes the tables of a study, each as Markdown, LaTeX (booktabs), CSV and JSON, atomically:
 * `table1`, and where there is such, `cross_domains`, `low_data`, `distances`, `surface_dice`, `lesions`,
 * `calibration` and `flags`. Texts have three digits, JSON and CSV all. The CSV has a row a cell: method, column, mean, interval, test; a name that a
 * spreadsheet would take for a formula has an apostrophe before it there.
 *
 * @param dir The study's folder.
 * @returns The paths written.
 * @throws {WriteError} If the disk refuses.
 */
export async function writeTables(dir: string, summary: StudySummary): Promise<string[]> {
  const { columns, crossColumns, rows, plan, badDice, distances, flags } = summary;
  const { surfaceScores, calibration, severities, severityCells } = summary;
  const largest = largestRows(summary);
  const tables = [
    {
      name: "table1",
      text: table1(summary),
      csv: cellRows(largest, columns, true),
      json: { plan, columns, rows: largest },
    },
    {
      name: "cross_domains",
      text: crossDomainTable(summary),
      csv: cellRows(largest, crossColumns, false),
      json: { columns: crossColumns, rows: largest },
    },
    {
      name: "low_data",
      text: lowDataTable(summary),
      csv: cellRows(rows, columns, true),
      json: { columns, rows },
    },
    {
      name: "distances",
      text: distanceTable(summary),
      csv: distances.map((cell) => ({
        ...cell,
        trainingSubjects: cell.trainingSubjects ?? "all",
        hd95Mm: cell.hd95Mm ?? "",
        assdMm: cell.assdMm ?? "",
      })),
      json: { columns, distances },
    },
    {
      name: "surface_dice",
      text: surfaceDiceTable(summary),
      csv: surfaceScores.flatMap(({ surfaceDice = {}, lesions: _, ...cell }) =>
        Object.entries(surfaceDice).map(([toleranceMm, value]) => ({
          ...cell,
          trainingSubjects: cell.trainingSubjects ?? "all",
          ...{ toleranceMm, surfaceDice: value ?? "" },
        }))
      ),
      json: {
        columns,
        surfaceDice: surfaceScores.map(({ lesions: _, ...cell }) => cell),
      },
    },
    {
      name: "lesions",
      text: lesionTable(summary),
      csv: surfaceScores.flatMap(({ lesions = {}, surfaceDice: _, ...cell }) =>
        Object.entries(lesions).map(([label, own]) => ({
          ...cell,
          trainingSubjects: cell.trainingSubjects ?? "all",
          ...{ label, ...own, f1: own.f1 ?? "" },
        }))
      ),
      json: {
        columns,
        lesions: surfaceScores.map(({ surfaceDice: _, ...cell }) => cell),
      },
    },
    {
      name: "calibration",
      text: calibrationTable(summary),
      csv: calibration.flatMap(({ cases, ece, counts, confidence, correct, ...cell }) =>
        counts.map((count, bin) => ({
          ...cell,
          trainingSubjects: cell.trainingSubjects ?? "all",
          ...{ volumes: cases, ece: ece ?? "" },
          ...{ from: bin / counts.length, to: (bin + 1) / counts.length, voxels: count },
          confidence: count === 0 ? "" : confidence[bin]! / count,
          right: count === 0 ? "" : correct[bin]! / count,
        }))
      ),
      json: { columns, calibration },
    },
    {
      name: "severities",
      text: severityTable(summary),
      csv: severityCells.map(({ cell, ...of }) => ({ ...of, ...cellNumbers(cell) })),
      json: { severities, severityCells },
    },
    {
      name: "flags",
      text: flagTable(summary),
      csv: flags.map((flag) => ({
        ...flag,
        auroc: flag.auroc ?? "",
        spearman: flag.spearman ?? "",
      })),
      json: { badDice, flags },
    },
  ];
  const written: string[] = [];
  for (const { name, text, csv, json } of tables) {
    if (text === undefined) continue;
    for (const [extension, content] of filesOf(name, text, csv, json)) {
      const path = join(dir, `${name}.${extension}`);
      await writeAtomically(path, content);
      written.push(path);
    }
  }
  return written;
}

function filesOf(name: string, text: TextTable, csv: readonly CsvRow[], json: unknown) {
  return [
    ["md", markdownTable(text)],
    ["tex", latexTable(text, `tab:${name.replaceAll("_", "-")}`)],
    ["csv", stringifyCsv(csv.map(safeCells), Object.keys(csv[0] ?? { method: "" }))],
    ["json", JSON.stringify(json, null, 2) + "\n"],
  ] as const;
}

/** Texts as spreadsheets shall take them; JSON has them as they are. */
function safeCells(row: CsvRow): CsvRow {
  return Object.fromEntries(
    Object.entries(row).map(([column, cell]) => [
      column,
      typeof cell === "string" ? spreadsheetText(cell) : cell,
    ]),
  );
}

function cellRows(
  rows: readonly MethodRow[],
  columns: readonly Column[],
  average: boolean,
): CsvRow[] {
  return rows.flatMap((row) =>
    NETWORKS.flatMap((network) => {
      const scores = row[network];
      if (scores === undefined) return [];
      const cells = [
        ...columns.map(({ name }) => [name, scores.cells[name]] as const),
        ...(average ? [["average", scores.average] as const] : []),
      ];
      return cells.flatMap(([column, cell]) =>
        cell === undefined ? [] : [{
          method: row.method,
          trainingSubjects: row.trainingSubjects ?? "all",
          runs: row.runs,
          network,
          column,
          ...cellNumbers(cell),
        }]
      );
    })
  );
}

/** A cell in full, with its comparison. */
function cellNumbers({ comparison, ...cell }: Cell): CsvRow {
  return {
    subjects: cell.subjects,
    mean: cell.mean,
    low: cell.low ?? "",
    high: cell.high ?? "",
    replicateSd: cell.replicateSd ?? "",
    reference: comparison?.reference ?? "",
    difference: comparison?.difference ?? "",
    differenceLow: comparison?.low ?? "",
    differenceHigh: comparison?.high ?? "",
    pValue: comparison?.pValue ?? "",
    holmPValue: comparison?.holmPValue ?? "",
    rankBiserial: comparison?.rankBiserial ?? "",
  };
}
