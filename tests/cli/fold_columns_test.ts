import { assert, assertEquals } from "../deps.ts";
import { renderTable } from "../../cli/deps/cli_table.ts";
import { foldColumns } from "../../cli/fold_columns.ts";

Deno.test("foldColumns() leaves alone what fits, and divides what does not", () => {
  const columns = (texts: number[], keys: number, line: number) =>
    foldColumns(texts, keys, line).map((part) => part.columns.join());
  assertEquals(columns([4, 10, 10, 10], 1, 47), ["0,1,2,3"]);
  assertEquals(columns([4, 10, 10, 10], 1, 46), ["0,1,2", "0,3"]);
  assertEquals(columns([4, 3, 10, 10, 10], 2, 40), ["0,1,2,3", "0,1,4"]);
  assertEquals(columns([4, 10, 10, 10], 1, 10), ["0,1", "0,2", "0,3"]);
  assertEquals(columns([], 1, 10), [""]);
});

Deno.test("foldColumns() makes the widest keys narrower, and a column that is wider than the rest", () => {
  const [part, ...others] = foldColumns([60, 9, 30], 2, 50);
  assertEquals([part!.columns, part!.widths[1]], [[0, 1, 2], 9]);
  const span = part!.widths.reduce((sum, width) => sum + width + 3, 1);
  assert(span <= 50, `${span}`);
  assertEquals(others, []);
});

const HEAD = [
  ...["set (cases)", "network", "HD95 LV", { text: "MYO", alone: "HD95 MYO" }, "ASSD LV"],
  { text: "MYO", alone: "ASSD MYO" },
];
const ROWS = [
  ["site A, RandMotion (8)", "FTN", "12.1 (8)", "142.8 (2)", "1.00", "2.00 (3)"],
  ["site B (8)", "STN", "13.5 (8)", "– (0)", "4.00", "5.00 (3)"],
];

Deno.test("renderTable() fits lines of 50, 80 and 100 characters, with all cells and heads", () => {
  for (const width of [50, 80, 100]) {
    const text = renderTable(HEAD, ROWS, { keys: 2, width });
    for (const line of text.split("\n")) assert(line.length <= width, `${width}: ${line}`);
    for (const cell of ROWS.flatMap((row) => row.slice(1))) assert(text.includes(cell), cell);
    const parts = text.split("┌").length - 1;
    assertEquals(text.split("network").length - 1, parts);
  }
  const narrow = renderTable(HEAD, ROWS, { keys: 2, width: 50 });
  assert(narrow.includes("HD95 MYO") && narrow.includes("ASSD MYO"), narrow);
  const wide = renderTable(HEAD, ROWS, { keys: 2, width: undefined });
  assert(!wide.includes("HD95 MYO") && wide.split("\n").length === 6, wide);
});

Deno.test("renderTable() wraps long words, and loses no letter of them", () => {
  const path = "/a/very/long/path/that/has/no/blank/at/all/and/goes/on";
  const text = renderTable(["what", "value"], [["disk of runs", path]], { width: 50 });
  for (const line of text.split("\n")) assert(line.length <= 50, line);
  const cells = text.split("\n").map((line) => line.split("│")[2]?.trim() ?? "");
  assertEquals(cells.slice(1).join("").replace("value", ""), path);
});
