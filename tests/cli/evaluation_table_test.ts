import { assert, assertStringIncludes } from "../deps.ts";
import { evaluationTable } from "../../cli/evaluation_table.ts";

Deno.test("evaluationTable() has a row a set and network, and states the empty-mask policy", () => {
  const ftn = { LV: 0.9, MYO: 0.8, RV: 0.7, mean: 0.8 };
  const table = evaluationTable({
    sets: { "site A": { cases: 4, ftn, stn: { ...ftn, RV: 0.7512 } } },
    emptyMaskPolicy: "one",
    grid: "native",
    volumes: [],
  });
  assertStringIncludes(table, "site A (4)");
  assertStringIncludes(table, "0.751");
  assertStringIncludes(table, "native grid; a class in neither mask counts as 1");
  assert(table.split("\n").filter((line) => /FTN|STN/.test(line)).length === 2);
});
