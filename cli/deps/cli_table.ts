/** The one place that pins cli-table3. */
import Table from "npm:cli-table3@0.6.5";

/** Lays rows out as a table of plain text, ruled above, below and under its head. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, column) => column === 0 ? "left" : "right"),
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
