import type { Evaluation } from "../mod.ts";
import { renderTable } from "./deps/cli_table.ts";

/** Dice of each set as a table: a row a set and network, a column a class. */
export function evaluationTable({ sets, emptyMaskPolicy, grid }: Evaluation): string {
  const classes = Object.keys(Object.values(sets)[0]?.ftn ?? {});
  const rows = Object.entries(sets).flatMap(([name, set]) =>
    (["ftn", "stn"] as const).map((network) => [
      `${name} (${set.cases})`,
      network.toUpperCase(),
      ...classes.map((key) => set[network][key]!.toFixed(3)),
    ])
  );
  const empty = { one: 1 }[emptyMaskPolicy];
  const note = `3-D Dice a volume, ${grid} grid; a class in neither mask counts as ${empty}`;
  return `${renderTable(["set (cases)", "network", ...classes], rows)}\n${note}`;
}
