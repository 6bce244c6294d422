import type { Mutator } from "../mutator.ts";
import { ODD_TEXTS } from "./odd_values.ts";

/** Changes a cell of a table, a whole column, or how many cells a row has. */
export const oddCell: Mutator = {
  name: "odd cell",
  of: "table",
  mutate(input, { draws }) {
    const text = new TextDecoder().decode(input);
    const separator = [",", "\t", ";"].find((one) => text.includes(one)) ?? ",";
    const rows = text.split("\n").map((row) => row.split(separator));
    const row = draws.choice(rows), at = draws.integer(0, row.length - 1);
    const odd = () => draws.chance(0.3) ? `"${draws.choice(ODD_TEXTS)}"` : draws.choice(ODD_TEXTS);
    switch (draws.integer(0, 6)) {
      case 0:
        rows.forEach((one) => one.splice(at, 1));
        break;
      case 1:
        rows.forEach((one) => one.splice(at, 0, one[at] ?? ""));
        break;
      case 2:
        row.push(...new Array<string>(draws.choice([1, 5, 1000])).fill(odd()));
        break;
      case 3:
        row.splice(at);
        break;
      case 4:
        rows[0]![Math.min(at, rows[0]!.length - 1)] = odd();
        break;
      default:
        row[at] = odd();
    }
    return new TextEncoder().encode(rows.map((one) => one.join(separator)).join("\n"));
  },
};
