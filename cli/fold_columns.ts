/** Some columns of a table that stand side by side. */
export interface TablePart {
  /** Their places in the whole table. */
  readonly columns: readonly number[];
  /** Characters of each; a cell of more is wrapped. */
  readonly widths: readonly number[];
}

/** Characters that a column takes besides its text: a blank on both sides, and a rule. */
const BESIDES = 3;
/** Characters that no column is narrower than, and the share of a line that keys take at most. */
const [NARROWEST, MOST_OF_KEYS] = [6, 0.6];

/**
 * Divides the columns of a table into parts that fit into a line each. The first columns, by which a row
 * is known, are in all of them; a column that does not fit beside these is made narrower.
 *
 * @param texts Characters of the widest cell of each column.
 * @param keys How many columns a row is known by.
 * @param line Characters of a line.
 *
 * @example
 * ```ts
 * import { foldColumns } from "./fold_columns.ts";
 *
 * const parts = foldColumns([4, 10, 10, 10], 1, 34);
 * if (parts.map(({ columns }) => columns.join()).join(" ") !== "0,1,2 0,3") throw new Error();
 * ```
 */
export function foldColumns(
  texts: readonly number[],
  keys: number,
  line: number,
): TablePart[] {
  const all = [...texts.keys()];
  if (spanOf(texts) <= line) return [{ columns: all, widths: texts }];
  const room = Math.floor((keys === texts.length ? 1 : MOST_OF_KEYS) * line);
  const first = narrowed(texts.slice(0, keys), room);
  const names = all.slice(0, keys);
  if (keys === texts.length) return [{ columns: names, widths: first }];
  const parts: { columns: number[]; widths: number[] }[] = [];
  for (const column of all.slice(keys)) {
    const last = parts.at(-1), width = texts[column]!;
    if (last && spanOf([...last.widths, width]) <= line) {
      last.columns.push(column);
      last.widths.push(width);
      continue;
    }
    const left = line - spanOf(first) - BESIDES;
    const own = Math.max(NARROWEST, Math.min(width, left));
    parts.push({ columns: [...names, column], widths: [...first, own] });
  }
  return parts;
}

/** Characters of a line of columns, rules included. */
function spanOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + BESIDES, 1);
}

/** The widest made narrower, one after another, until all fit. */
function narrowed(widths: readonly number[], line: number): number[] {
  const result = [...widths];
  while (spanOf(result) > line) {
    const widest = result.indexOf(Math.max(...result));
    if (result[widest]! <= NARROWEST) break;
    result[widest]!--;
  }
  return result;
}
