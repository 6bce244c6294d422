/** The tables of a study: what stands in their cells, whatever they are written as. */
import { EMPTY_TEXTS, NETWORKS } from "../../../names.ts";
import {
  differenceText,
  intervalText,
  pEquals,
  pValueText,
  scoreText,
} from "../../../base/report/number_text.ts";
import type { TableCell, TextTable } from "../../../base/report/text_table.ts";
import type { Cell, Column, MethodRow, StudySummary } from "./study_summary.ts";

/** The rows with the most training subjects: those of Table 1. */
export function largestRows({ rows }: Pick<StudySummary, "rows">): MethodRow[] {
  const size = ({ trainingSubjects }: MethodRow) => trainingSubjects ?? Infinity;
  const most = Math.max(...rows.map(size));
  return rows.filter((row) => size(row) === most);
}

/** The paper's main table: Dice of the fast-thinking network, and averages without and with the other. */
export function table1(summary: StudySummary): TextTable {
  const rows = largestRows(summary);
  const withStn = rows.some(({ stn }) => stn !== undefined);
  const columns = [
    ...summary.columns.map((column) => scoresOf(rows, column)),
    rows.map(({ ftn }) => ftn.average),
    ...(withStn ? [rows.map(({ stn }) => stn?.average)] : []),
  ];
  const averages = withStn ? ["Average without STN", "Average with STN"] : ["Average"];
  return {
    caption: "Dice by method and test set (means over subjects, 95 % bootstrap intervals)",
    columns: ["Method", ...summary.columns.map(({ title }) => title), ...averages],
    rows: tableRows(rows, columns),
    notes: [notation(summary, withStn), ...testNotes(rows), ...summary.cautions],
  };
}

/** HD95 and ASSD beside the masks that they were measured on; undefined where there are none. */
export function distanceTable(
  { distances, columns, rows, distancePenalties }: StudySummary,
): TextTable | undefined {
  if (distances.length === 0) return undefined;
  const titles = new Map(rows.map(({ method, title }) => [method, title]));
  const byRow = Map.groupBy(distances, ({ method, network }) => JSON.stringify([method, network]));
  const counts = distancePenalties.map((mm) =>
    mm === null ? "it is left out" : `it counts as ${mm} mm`
  );
  return {
    caption: "Distances of surfaces by method and test set, in mm: HD95 / ASSD (masks measured)",
    columns: ["Method", ...columns.map(({ title }) => title)],
    rows: [...byRow.values()].map((cells) => {
      const { method, network } = cells[0]!;
      return {
        name: `${titles.get(method) ?? method}${network === "stn" ? ", with STN" : ""}`,
        cells: columns.map(({ name }): TableCell => {
          const cell = cells.find(({ column }) => column === name);
          if (cell === undefined) return { text: scoreText(undefined) };
          const { hd95Mm, assdMm, measured, masks } = cell;
          return {
            text: `${hd95Mm?.toFixed(1) ?? "–"} / ${assdMm?.toFixed(2) ?? "–"}`,
            detail: `(${measured} of ${masks})`,
          };
        }),
      };
    }),
    notes: [
      "Means over labels of means over volumes and replicates. A mask is a label of a volume; where " +
      "just one of prediction and label holds it there is no distance: " +
      (counts.length < 2
        ? `${counts[0] ?? "it is left out"}.`
        : `${counts.join(" of some runs, ")} of others: these cannot be compared.`),
    ],
  };
}

/** A column a test set of another domain; undefined where there is none. */
export function crossDomainTable(summary: StudySummary): TextTable | undefined {
  if (summary.crossColumns.length === 0) return undefined;
  const rows = largestRows(summary);
  return {
    caption: summary.crossColumns.every(({ kind }) => kind === "given")
      ? "Dice by set"
      : "Dice by method and domain that was not trained on",
    columns: ["Method", ...summary.crossColumns.map(({ title }) => title)],
    rows: tableRows(rows, summary.crossColumns.map((column) => scoresOf(rows, column))),
    notes: [notation(summary)],
  };
}

/** Averages by the number of training subjects; undefined where there is just one number. */
export function lowDataTable({ rows, plan }: StudySummary): TextTable | undefined {
  const sizes = [...new Set(rows.map(({ trainingSubjects }) => trainingSubjects))];
  if (sizes.length < 2) return undefined;
  const series = plan.methods.flatMap((method) => {
    const own = rows.filter((row) => row.method === method);
    const at = (size: number | null) => own.find((row) => row.trainingSubjects === size);
    const networks = own.some(({ stn }) => stn) ? NETWORKS : ["ftn"] as const;
    return networks.map((network) => ({
      name: `${own[0]?.title ?? method}${network === "stn" ? ", with STN" : ""}`,
      scores: sizes.map((size) => at(size)?.[network]?.average),
    }));
  });
  const columns = sizes.map((_, n) => series.map(({ scores }) => scores[n]));
  return {
    caption: "Average Dice by the number of training subjects",
    columns: ["Method", ...sizes.map((size) => size === null ? "all" : String(size))],
    rows: tableRows(series.map(({ name }) => ({ title: name })), columns),
    notes: ["Averages are those of Table 1: each column has equal weight."],
  };
}

/** How well numbers that need no label tell bad volumes; undefined where none was taken. */
export function flagTable(summary: StudySummary): TextTable | undefined {
  if (summary.flags.length === 0) return undefined;
  const titles = new Map(summary.rows.map(({ method, title }) => [method, title]));
  const names = [...new Set(summary.flags.map(({ flag }) => flag))];
  const byMethod = [...Map.groupBy(summary.flags, ({ method }) => method)];
  return {
    caption: `Telling volumes with a Dice below ${summary.badDice} without a label: AUROC`,
    columns: ["Method", "Volumes", "Bad", ...names.map((name) => FLAG_TITLES[name])],
    rows: byMethod.map(([method, flags]) => ({
      name: titles.get(method) ?? method,
      cells: [
        { text: String(flags[0]!.volumes) },
        { text: String(flags[0]!.bad) },
        ...names.map((name): TableCell => {
          const found = flags.find(({ flag }) => flag === name);
          const spearman = found?.spearman ?? null;
          return {
            text: scoreText(found?.auroc),
            ...(spearman !== null && { detail: `ρ ${scoreText(spearman)}` }),
          };
        }),
      ],
    })),
    notes: [
      "AUROC 0.5 is chance, 1 ranks every bad volume above every good one; there is none where all " +
      "volumes are good or all bad. ρ: Spearman's correlation with the Dice, \u22121 at best. Bad " +
      "is the Dice of the fast-thinking network, over all test sets and replicates.",
    ],
  };
}

/** The differences from the first method; undefined where nothing was compared. */
export function comparisonTable(summary: StudySummary): TextTable | undefined {
  const rows = largestRows(summary).flatMap(({ title, ftn, stn }) =>
    ([["", ftn], [", with STN", stn]] as const).flatMap(([suffix, scores]) => {
      const comparison = scores?.average.comparison;
      if (comparison === undefined) return [];
      const { difference, low, high, pValue, holmPValue, rankBiserial, subjects } = comparison;
      return [{
        name: title + suffix,
        cells: [
          { text: differenceText(difference), detail: intervalText(low, high) },
          { text: pValueText(pValue) },
          { text: pValueText(holmPValue) },
          { text: differenceText(rankBiserial) },
          { text: String(subjects) },
        ],
      }];
    })
  );
  if (rows.length === 0) return undefined;
  return {
    caption: `Average Dice against ${referenceTitle(summary)}`,
    columns: ["Method", "Difference", "p", "p (Holm)", "Rank-biserial", "Subjects"],
    rows,
    notes: [
      "Paired by subject, each network against the same of the reference. Differences weigh columns " +
      "equally, as averages do; the two-sided Wilcoxon signed-rank test counts subjects equally, and " +
      "is corrected after Holm over the methods, each network by itself. The rank-biserial " +
      "correlation is 1 where every subject gained, \u22121 where every one lost.",
    ],
  };
}

/** The title of the method that the others are compared with. */
export function referenceTitle({ plan, rows }: Pick<StudySummary, "plan" | "rows">): string {
  const [method = ""] = plan.methods;
  return rows.find((row) => row.method === method)?.title ?? method;
}

/** What the flags are called. */
export const FLAG_TITLES = {
  disagreement: "FTN–STN disagreement",
  entropy: "Entropy",
  reconstructionError: "Reconstruction error",
} as const;

function scoresOf(rows: readonly MethodRow[], { name }: Column): (Cell | undefined)[] {
  return rows.map(({ ftn }) => ftn.cells[name]);
}

/** The rows of columns of scores, the best of each column marked as it is printed. */
function tableRows(
  rows: readonly { readonly title: string }[],
  columns: readonly (readonly (Cell | undefined)[])[],
): TextTable["rows"] {
  const best = columns.map((cells) => scoreText(Math.max(...cells.map((c) => c?.mean ?? -1))));
  return rows.map(({ title }, row) => ({
    name: title,
    cells: columns.map((cells, n): TableCell => {
      const cell = cells[row];
      if (cell === undefined) return { text: scoreText(undefined) };
      const text = scoreText(cell.mean);
      const marked = rows.length > 1 && text === best[n];
      return { text, detail: intervalText(cell.low, cell.high), best: marked };
    }),
  }));
}

function notation(summary: StudySummary, withStn = false): string {
  const { plan, done, jobs, given } = summary;
  const runs = done < jobs ? `${done} of ${jobs} runs are done. ` : "";
  const several = plan.replicates.length > 1
    ? ", each averaged over the replicates that tested it"
    : "";
  const bold = plan.methods.length > 1 ? " Bold: the best of a column." : "";
  const columns = withStn ? "All columns but the last hold" : "Columns hold";
  const whose = given.length < plan.methods.length
    ? "the fast-thinking network's"
    : "the predictions'";
  return `${runs}${columns} ${whose} Dice: means over subjects${several}, ` +
    `with 95 % bootstrap intervals over subjects where there are several.${bold} ${
      diceText(summary)
    }`;
}

function diceText(
  { plan, labels, empty }: Pick<StudySummary, "plan" | "labels" | "empty">,
): string {
  const grid = plan.settings.evaluation?.grid;
  const where = grid === undefined
    ? ""
    : grid === "native"
    ? ", in the voxels of the files"
    : ", on the network's grid";
  // No run is done where no label is known.
  const names = labels.length < 2
    ? `of ${labels[0] ?? "each label"}`
    : `the mean of ${labels.slice(0, -1).join(", ")} and ${labels.at(-1)}`;
  return `Dice is that of a whole volume, ${names}${where}; ${emptyText(empty)}.`;
}

/** What a class in neither mask counts. */
function emptyText(rules: StudySummary["empty"]): string {
  const [first = "skip", ...others] = rules;
  const text = `a class in neither mask ${EMPTY_TEXTS[first]}`;
  if (others.length === 0) return text;
  return `${text} in some runs, in others it ${
    others.map((rule) => EMPTY_TEXTS[rule]).join(" or ")
  }: evaluate them again by one rule before they are compared`;
}

function testNotes(rows: readonly MethodRow[]): string[] {
  const tests = rows.flatMap(({ title, ftn }) => {
    const comparison = ftn.average.comparison;
    if (comparison === undefined) return [];
    const { difference, low, high, holmPValue } = comparison;
    return [
      `${title} ${differenceText(difference)} ${intervalText(low, high)}, ${pEquals(holmPValue)}`,
    ];
  });
  if (tests.length === 0) return [];
  return [
    "Average without STN against the first row, paired by subject (Wilcoxon signed-rank test, " +
    `Holm-corrected over methods): ${tests.join("; ")}.`,
  ];
}
