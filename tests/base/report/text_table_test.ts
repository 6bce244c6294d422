import { escapedLatex, latexTable, markdownTable } from "../../../lib/base/report/text_table.ts";
import { assert, assertEquals, assertStringIncludes } from "../../deps.ts";

const TABLE = {
  caption: "Dice of A_1 & B",
  columns: ["Method", "50 %"],
  rows: [
    { name: "a|b", cells: [{ text: "0.853", detail: "[0.8, 0.9]", best: true }] },
    { name: "b", cells: [{ text: "\u22120.010" }] },
  ],
  notes: ["p < 0.05"],
};

Deno.test("markdownTable() marks the best and escapes what would break a cell", () => {
  assertEquals(
    markdownTable(TABLE),
    [
      "**Dice of A\\_1 & B**",
      "",
      "| Method | 50 % |",
      "| --- | ---: |",
      "| a\\|b | **0.853** \\[0.8, 0.9\\] |",
      "| b | \u22120.010 |",
      "",
      "p \\< 0.05",
      "",
    ].join("\n"),
  );
});

Deno.test("latexTable() puts details below, escapes, and has rules of booktabs", () => {
  const text = latexTable(TABLE, "tab:a");
  assertStringIncludes(text, "\\caption{Dice of A\\_1 \\& B}");
  assertStringIncludes(text, "\\begin{tabular}{lr}\n\\toprule\nMethod & 50 \\% \\\\\n\\midrule");
  assertStringIncludes(text, "a|b & \\textbf{0.853} \\\\\n & {\\scriptsize [0.8, 0.9]} \\\\");
  assertStringIncludes(text, "b & $-$0.010 \\\\\n\\bottomrule");
  assertStringIncludes(text, "p $<$ 0.05");
  assertEquals(text.split("{").length, text.split("}").length);
});

Deno.test("tables show text from data as text, in one line, whatever it would mean", () => {
  const name = "[2cm] <script>&lt;b&gt;</script>\n\n| \\input{x} | $x$ ~~y~~ \u001b[31m";
  const table = { ...TABLE, rows: [{ name, cells: [{ text: "1" }] }] };
  const row = markdownTable(table).split("\n")[4]!;
  assertEquals(
    row,
    "| \\[2cm\\] \\<script>\\&lt;b\\&gt;\\</script> \\| \\\\input{x} \\| \\$x\\$ \\~\\~y\\~\\~  \\[31m | 1 |",
  );
  const latex = latexTable(table, "tab:a").split("\n").find((line) => line.includes("2cm"))!;
  assert(latex.startsWith("{}[2cm] $<$script$>$\\&lt;"), latex);
  assertStringIncludes(latex, "\\textbackslash{}input\\{x\\}");
});

Deno.test("markdownTable() keeps what a cell and its detail say within the cell", () => {
  const cells = [{ text: "a|b", detail: "c|d\n*e*", best: true }];
  const row = markdownTable({ ...TABLE, rows: [{ name: "n", cells }] }).split("\n")[4];
  assertEquals(row, "| n | **a\\|b** c\\|d \\*e\\* |");
});

Deno.test("escapedLatex() leaves nothing special and nothing outside ASCII", () => {
  const text = escapedLatex("a_b\\c{d}~^&%$#<>\u2212+–×→ρ");
  assert(/^[\x20-\x7e]+$/.test(text), text);
  assertStringIncludes(text, "a\\_b\\textbackslash{}c\\{d\\}");
});
