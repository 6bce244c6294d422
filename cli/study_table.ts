import { NETWORKS } from "../lib/names.ts";
import type { Cell, MethodRow, StudySummary } from "../mod.ts";
import { renderTable } from "./deps/cli_table.ts";

/**
 * Table 1 as text: mean Dice by column, each method in a row a network. The average comes with its
 * interval and, against the first method, its p-value after Holm's correction.
 */
export function studyTable(
  { columns, rows, done, jobs, distances, cautions, given }: StudySummary,
): string {
  const several = new Set(rows.map(({ trainingSubjects }) => trainingSubjects)).size > 1;
  const lines = rows.flatMap((row) =>
    NETWORKS.flatMap((network) => {
      const scores = row[network];
      if (scores === undefined) return [];
      const { average } = scores;
      return [[
        `${nameOf(row, several)} (${row.runs})`,
        given.includes(row.method) ? "–" : network.toUpperCase(),
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
    renderTable(head, lines, { keys: 2 }),
    `${done} of ${jobs} runs; mean 3-D Dice over subjects, average with its 95 % interval; ` +
    "p against the same network of the first method, Wilcoxon over subjects, after Holm",
    ...distanceLines(columns, distances, given),
    ...cautions,
  ].join("\n");
}

/** HD95 and ASSD as text, each beside the number of masks that it was measured on. */
function distanceLines(
  columns: StudySummary["columns"],
  distances: StudySummary["distances"],
  given: StudySummary["given"],
): string[] {
  if (distances.length === 0) return [];
  const byRow = Map.groupBy(distances, ({ method, network }) => JSON.stringify([method, network]));
  const lines = [...byRow.values()].map((cells) => [
    cells[0]!.method,
    given.includes(cells[0]!.method) ? "–" : cells[0]!.network.toUpperCase(),
    ...columns.map(({ name }) => {
      const cell = cells.find(({ column }) => column === name);
      if (cell === undefined) return "–";
      const { hd95Mm, assdMm, measured, masks } = cell;
      return `${hd95Mm?.toFixed(1) ?? "–"} / ${assdMm?.toFixed(2) ?? "–"} (${measured}/${masks})`;
    }),
  ]);
  return [
    renderTable(["method", "network", ...columns.map(({ title }) => title)], lines, { keys: 2 }),
    "HD95 / ASSD in mm (masks measured / all): the others are in just one of prediction and label",
  ];
}

/**
 * The comparisons with the first run or method as text: a row a column, with difference, interval,
 * p-value before and after Holm's correction, and effect size.
 */
export function comparisonTable(
  { plan, columns, crossColumns, rows, distances, cautions, given }: StudySummary,
): string {
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
          ...[row.method, given.includes(row.method) ? "–" : network.toUpperCase()],
          ...[title, numberText(cell), String(cell.subjects)],
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
    renderTable(head, lines, { keys: 3 }),
    `mean 3-D Dice over subjects; differences from ${plan.methods[0]}, paired by subject: ` +
    "Wilcoxon's test, Holm's correction over the runs, rank-biserial correlation",
    ...distanceLines(columns, distances, given),
    ...cautions,
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
