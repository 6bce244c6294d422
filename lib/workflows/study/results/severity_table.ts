import {
  differenceText,
  intervalText,
  pValueText,
  scoreText,
} from "../../../base/report/number_text.ts";
import type { TableCell, TextTable } from "../../../base/report/text_table.ts";
import { referenceTitle } from "./score_tables.ts";
import type { SeverityCell, StudySummary } from "./study_summary.ts";

/** Dice under physical artifacts by method; undefined where it was not kept by volume. */
export function severityTable(summary: StudySummary): TextTable | undefined {
  const { severityCells, rows } = summary;
  if (severityCells.length === 0) return undefined;
  const titles = new Map(rows.map(({ method, title }) => [method, title]));
  const byRow = Map.groupBy(
    severityCells,
    ({ method, network }) => JSON.stringify([method, network]),
  );
  const subjects = new Set(severityCells.map(({ cell }) => cell.subjects));
  const reference = referenceTitle(summary);
  return {
    caption: "Dice under bias, spikes, ghosting and motion (physical), by severity",
    columns: [
      ...["Method", "1 to 5", "against the first", "p (Holm)"],
      ...["5", "against the first", "p (Holm)"],
    ],
    rows: [...byRow.values()].map((cells) => {
      const { method, network } = cells[0]!;
      return {
        name: `${titles.get(method) ?? method}${network === "stn" ? ", with STN" : ""}`,
        cells: (["1-5", "5"] as const).flatMap((part) =>
          cellsOf(cells.find(({ severities }) => severities === part))
        ),
      };
    }),
    notes: [
      `Means over the four artifacts, severities and ${
        [...subjects].join(" or ")
      } subjects, with ` +
      `95 % bootstrap intervals; differences from ${reference}, each network against the same, are ` +
      "paired by subject (Wilcoxon signed-rank test, Holm-corrected over methods).",
    ],
  };
}

function cellsOf(found: SeverityCell | undefined): TableCell[] {
  if (found === undefined) return Array.from({ length: 3 }, () => ({ text: scoreText(undefined) }));
  const { mean, low, high, comparison } = found.cell;
  return [
    { text: scoreText(mean), detail: intervalText(low, high) },
    ...comparison === undefined ? [{ text: "" }, { text: "" }] : [
      {
        text: differenceText(comparison.difference),
        detail: intervalText(comparison.low, comparison.high),
      },
      { text: pValueText(comparison.holmPValue) },
    ],
  ];
}
