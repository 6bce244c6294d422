/** The one place that pins cli-table3. */
import Table from "npm:cli-table3@0.6.5";
import { foldColumns } from "../fold_columns.ts";
import { terminalWidth } from "../terminal_width.ts";

/** What stands above a column: a text, and another one where the columns before it are elsewhere. */
export type TableHead = string | { readonly text: string; readonly alone: string };

/** How a table is laid out. */
export interface TableLayout {
  /** Columns by which a row is known; 1 by default. */
  readonly keys?: number;
  /** Characters of a line; by default those of the terminal, without end where there is none. */
  readonly width?: number | undefined;
}

/**
 * Lays rows out as a table of plain text, ruled above, below and under its head. One that is wider than
 * a line comes in parts one below the other, each with the columns by which rows are known.
 */
export function renderTable(
  head: readonly TableHead[],
  rows: readonly (readonly string[])[],
  { keys = 1, width = terminalWidth() }: TableLayout = {},
): string {
  const heads = head.map((cell) => typeof cell === "string" ? { text: cell, alone: cell } : cell);
  const texts = heads.map(({ alone }, column) =>
    Math.max(alone.length, ...rows.map((row) => row[column]!.length))
  );
  const parts = width === undefined
    ? [{ columns: [...heads.keys()], widths: texts }]
    : foldColumns(texts, Math.min(keys, heads.length), width);
  return parts.map(({ columns, widths }, part) => {
    const firstOther = part === 0 ? -1 : columns[keys];
    const cells = columns.map((column) =>
      column === firstOther ? heads[column]!.alone : heads[column]!.text
    );
    return draw(cells, rows.map((row) => columns.map((column) => row[column]!)), widths);
  }).join("\n");
}

function draw(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): string {
  const all = [head, ...rows];
  const isWider = all.some((row) => row.some((cell, n) => cell.length > widths[n]!));
  const longest = (cell: string) => Math.max(...cell.split(" ").map((word) => word.length));
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, column) => column === 0 ? "left" : "right"),
    ...isWider && {
      colWidths: widths.map((width) => width + 2),
      wordWrap: true,
      wrapOnWordBoundary: !all.some((row) => row.some((cell, n) => longest(cell) > widths[n]!)),
    },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
