/** Tables of a study beside its Dice and distances: surface Dice, lesions, calibration. */
import { EMPTY_TEXTS, type Network } from "../../../names.ts";
import { scoreText } from "../../../base/report/number_text.ts";
import type { TableCell, TextTable } from "../../../base/report/text_table.ts";
import type { StudySummary } from "./study_summary.ts";

/** The surface Dice by tolerance; undefined where none was taken. */
export function surfaceDiceTable(summary: StudySummary): TextTable | undefined {
  const cells = summary.surfaceScores.flatMap(({ surfaceDice, ...cell }) =>
    surfaceDice === undefined ? [] : [{ ...cell, surfaceDice }]
  );
  const tolerances = [...new Set(cells.flatMap(({ surfaceDice }) => Object.keys(surfaceDice)))];
  return methodTable(summary, cells, ({ surfaceDice }) => ({
    text: tolerances.map((tolerance) => scoreText(surfaceDice[tolerance])).join(" / "),
  }), {
    caption: `Surface Dice by method and test set, at ${tolerances.join(" / ")} mm`,
    notes: [
      "The share of both surfaces' voxels that lie within so many mm of the other. Means over " +
      `labels of means over volumes and replicates; a class in neither mask ${emptyText(summary)}.`,
    ],
  });
}

/** Lesions found and made up, and their F1; undefined where none were counted. */
export function lesionTable(summary: StudySummary): TextTable | undefined {
  const cells = summary.surfaceScores.flatMap(({ lesions, ...cell }) =>
    lesions === undefined ? [] : [{ ...cell, lesions }]
  );
  const names = [...new Set(cells.flatMap(({ lesions }) => Object.keys(lesions)))];
  return methodTable(summary, cells, ({ lesions }) => {
    const own = names.map((name) => lesions[name]);
    const counts = own.map((one) =>
      one === undefined ? "–" : `${one.found} of ${one.reference}, ${one.spurious} made up`
    );
    return {
      text: own.map((one) => scoreText(one?.f1)).join(" / "),
      detail: `(${counts.join("; ")})`,
    };
  }, {
    caption: `F1 by lesion, by method and test set, of ${names.join(" / ")}`,
    notes: [
      "Components of 26 neighbours, found where any voxel is predicted; beside the F1 how many were " +
      "found, and made up, over all volumes and replicates. F1 is a mean over volumes; one without " +
      `lesions on either side ${emptyText(summary)}.`,
    ],
  });
}

/** Expected calibration errors; undefined where none were taken. */
export function calibrationTable(summary: StudySummary): TextTable | undefined {
  return methodTable(summary, summary.calibration, ({ ece, cases }) => ({
    text: scoreText(ece),
    detail: `(${cases} volumes)`,
  }), {
    caption: "Expected calibration error by method and test set",
    notes: [
      "How far the probability of the predicted class is from the share of voxels that are right, 0 " +
      "at best: 15 bins of equal width over the voxels of the box around each volume's foreground, " +
      "those of all volumes and replicates together.",
    ],
  });
}

/** A row a method and network, a column a test set of Table 1; undefined without cells. */
function methodTable<
  T extends { readonly method: string; readonly network: Network; readonly column: string },
>(
  { columns, rows }: StudySummary,
  cells: readonly T[],
  cellOf: (cell: T) => TableCell,
  texts: Pick<TextTable, "caption" | "notes">,
): TextTable | undefined {
  if (cells.length === 0) return undefined;
  const titles = new Map(rows.map(({ method, title }) => [method, title]));
  const byRow = Map.groupBy(cells, ({ method, network }) => JSON.stringify([method, network]));
  return {
    ...texts,
    columns: ["Method", ...columns.map(({ title }) => title)],
    rows: [...byRow.values()].map((own) => {
      const { method, network } = own[0]!;
      return {
        name: `${titles.get(method) ?? method}${network === "stn" ? ", with STN" : ""}`,
        cells: columns.map(({ name }) => {
          const cell = own.find(({ column }) => column === name);
          return cell === undefined ? { text: scoreText(undefined) } : cellOf(cell);
        }),
      };
    }),
  };
}

function emptyText({ empty: [rule = "skip"] }: StudySummary): string {
  return EMPTY_TEXTS[rule];
}
