/** Tables as Markdown and as LaTeX (booktabs). */
import { inOneLine } from "../text/in_one_line.ts";
import { markdownText } from "../text/markdown_text.ts";

/** A cell: its main text, and what stands behind it in small. */
export interface TableCell {
  /** The main text. */
  readonly text: string;
  /** An interval, say. */
  readonly detail?: string;
  /** Marked as the best of its column. */
  readonly best?: boolean;
}

/** A table with a caption above and notes below. */
export interface TextTable {
  /** Stands above the table. */
  readonly caption: string;
  /** Heads, the first of which is that of the rows' names: one more than a row has cells. */
  readonly columns: readonly string[];
  /** Rows by name, each with a cell a column but the first. */
  readonly rows: readonly { readonly name: string; readonly cells: readonly TableCell[] }[];
  /** Paragraphs below the table; may be none. */
  readonly notes: readonly string[];
}

/** The table in GitHub's Markdown: details behind the text, the best in bold. */
export function markdownTable({ caption, columns, rows, notes }: TextTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const cell = ({ text, detail = "", best }: TableCell) => {
    const main = markdownText(text);
    return [best ? `**${main}**` : main, markdownText(detail)].filter(Boolean).join(" ");
  };
  return [
    `**${markdownText(caption)}**`,
    "",
    line(columns.map(markdownText)),
    line(columns.map((_, n) => n === 0 ? "---" : "---:")),
    ...rows.map(({ name, cells }) => line([markdownText(name), ...cells.map(cell)])),
    "",
    ...notes.flatMap((note) => [markdownText(note), ""]),
  ].join("\n");
}

/**
 * The table in LaTeX, for the packages booktabs and graphicx: it is shrunk to the width of the line
 * where it is wider. Details stand in a line of their own below the texts.
 *
 * @param label For `\ref`, as `tab:table1`; taken as it is.
 */
export function latexTable({ caption, columns, rows, notes }: TextTable, label: string): string {
  // What follows a row's end and begins with one of these would be an argument of it.
  const line = (cells: readonly string[]) =>
    `${/^[[*]/.test(cells[0] ?? "") ? "{}" : ""}${cells.join(" & ")} \\\\`;
  const body = rows.flatMap(({ name, cells }) => {
    const texts = cells.map(({ text, best }) =>
      best ? `\\textbf{${escapedLatex(text)}}` : escapedLatex(text)
    );
    const details = cells.map(({ detail = "" }) =>
      detail === "" ? "" : `{\\scriptsize ${escapedLatex(detail)}}`
    );
    const first = line([escapedLatex(name), ...texts]);
    return details.every((text) => text === "") ? [first] : [first, line(["", ...details])];
  });
  return [
    "% \\usepackage{booktabs,graphicx}",
    "\\begin{table}",
    "\\centering",
    `\\caption{${escapedLatex(caption)}}`,
    `\\label{${label}}`,
    "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%",
    `\\begin{tabular}{l${"r".repeat(columns.length - 1)}}`,
    "\\toprule",
    line(columns.map(escapedLatex)),
    "\\midrule",
    ...body,
    "\\bottomrule",
    "\\end{tabular}}",
    ...notes.map((note) => `\\par\\smallskip{\\footnotesize ${escapedLatex(note)}\\par}`),
    "\\end{table}",
    "",
  ].join("\n");
}

/** Text with nothing in it that LaTeX or Unicode-less engines trip over. */
export function escapedLatex(text: string): string {
  const special: Record<string, string> = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "<": "$<$",
    ">": "$>$",
    "\u2212": "$-$",
    "+": "$+$",
    "–": "--",
    "×": "$\\times$",
    "ρ": "$\\rho$",
    "→": "$\\to$",
  };
  return inOneLine(text).replaceAll(
    /[\\~^<>\u2212+–×→ρ&%$#_{}]/g,
    (character) => special[character] ?? `\\${character}`,
  );
}
