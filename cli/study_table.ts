import { NETWORKS } from "../lib/names.ts";
import type { Cell, MethodRow, StudySummary } from "../mod.ts";
import { renderTable } from "./deps/cli_table.ts";

/**
 * Table 1 as text: mean Dice by column, each method in a row a network. The average comes with its
 * interval and, against the first method, its p-value after Holm's correction.
 */
export function studyTable({ columns, rows, done, jobs }: StudySummary): string {
  const several = new Set(rows.map(({ trainingSubjects }) => trainingSubjects)).size > 1;
  const lines = rows.flatMap((row) =>
    NETWORKS.flatMap((network) => {
      const scores = row[network];
      if (scores === undefined) return [];
      const { average } = scores;
      return [[
        `${nameOf(row, several)} (${row.runs})`,
        network.toUpperCase(),
        ...columns.map(({ name }) => numberText(scores.cells[name])),
        intervalText(average),
        average.comparison?.holmPValue.toPrecision(2) ?? "–",
      ]];
    })
  );
  const head = [
    "method (runs)",
    "network",
    ...columns.map(({ title }) => title),
    "average",
    "p (Holm)",
  ];
  return [
    renderTable(head, lines),
    `${done} of ${jobs} runs; mean 3-D Dice over subjects, average with its 95 % interval; ` +
    "p against the same network of the first method, Wilcoxon over subjects, after Holm",
  ].join("\n");
}

/**
 * The comparisons with the first run or method as text: a row a column, with difference, interval,
 * p-value before and after Holm's correction, and effect size.
 */
export function comparisonTable({ columns, crossColumns, rows }: StudySummary): string {
  const parts = [
    ...columns,
    ...(crossColumns.length > 1 ? crossColumns : []),
    { name: undefined, title: "average" },
  ];
  const lines = rows.flatMap((row) =>
    NETWORKS.flatMap((network) =>
      parts.flatMap(({ name, title }) => {
        const cell = name === undefined ? row[network]?.average : row[network]?.cells[name];
        if (cell === undefined) return [];
        const { comparison } = cell;
        return [[
          ...[row.method, network.toUpperCase(), title, numberText(cell), String(cell.subjects)],
          ...comparison === undefined ? ["–", "–", "–", "–"] : [
            `${signed(comparison.difference)} [${signed(comparison.low)}, ${
              signed(comparison.high)
            }]`,
            comparison.pValue.toPrecision(2),
            comparison.holmPValue.toPrecision(2),
            comparison.rankBiserial.toFixed(2),
          ],
        ]];
      })
    )
  );
  const head = [
    ...["run", "network", "column", "Dice", "subjects"],
    ...["difference [95 %]", "p", "p (Holm)", "rank-biserial"],
  ];
  return [
    renderTable(head, lines),
    `mean 3-D Dice over subjects; differences from ${rows[0]?.method}, paired by subject: ` +
    "Wilcoxon's test, Holm's correction over the runs, rank-biserial correlation",
  ].join("\n");
}

function nameOf({ method, trainingSubjects }: MethodRow, several: boolean): string {
  const subjects = trainingSubjects === 1 ? "subject" : "subjects";
  return several ? `${method}, ${trainingSubjects ?? "all"} ${subjects}` : method;
}

function numberText(cell: Cell | undefined): string {
  return cell?.mean.toFixed(3) ?? "–";
}

function intervalText({ mean, low, high }: Cell): string {
  const interval = low === null || high === null ? "" : ` [${low.toFixed(3)}, ${high.toFixed(3)}]`;
  return mean.toFixed(3) + interval;
}

function signed(value: number): string {
  return (value < 0 ? "-" : "+") + Math.abs(value).toFixed(3);
}
