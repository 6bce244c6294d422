import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { evaluationTable } from "../../cli/evaluation_table.ts";
import type { Evaluation } from "../../mod.ts";

const ftn = { byLabel: { Anterior: 0.9, Posterior: 0.8, Tail: 0.7 }, mean: 0.8 };
const numbers = (Anterior: number | null, Posterior: number, Tail: number) => ({
  byLabel: { Anterior, Posterior, Tail },
  mean: 7.77,
});
const errors = (measured = 4) => ({
  hd95Mm: numbers(measured === 0 ? null : 12.345, 4, 5),
  assdMm: numbers(1.234, 0.5, 2),
  volumeErrorMl: numbers(-1, 0, 0),
  volumeErrorPercent: numbers(-10, 0, 0),
  absoluteVolumeErrorMl: numbers(3.21, 1, 2),
  absoluteVolumeErrorPercent: numbers(10, 1, 2),
  measured: { Anterior: measured, Posterior: 4, Tail: 4 },
});
const evaluation = (measured = 4): Evaluation => ({
  labels: ["Anterior", "Posterior", "Tail"],
  sets: {
    "site A": {
      ...{
        cases: 4,
        kind: "intra",
        ftn,
        stn: { ...ftn, byLabel: { ...ftn.byLabel, Tail: 0.7512 } },
      },
      errors: { ftn: errors(measured), stn: errors() },
    },
  },
  ...{ empty: "one", grid: "native", volumes: [] },
});

Deno.test("evaluationTable() has a row a set and network, and states the empty-mask policy", () => {
  const table = evaluationTable(evaluation());
  assertStringIncludes(table, "site A (4)");
  assertStringIncludes(table, "0.751");
  assertStringIncludes(table, "native grid; a class in neither mask counts as 1");
  assertEquals(table.split("\n").filter((line) => /FTN|STN/.test(line)).length, 4);
});

Deno.test("evaluationTable() has the errors by class, and says what has no distance", () => {
  const whole = evaluationTable(evaluation());
  for (const text of ["HD95 Anterior", "ASSD Anterior", "12.3", "1.23", "3.2", "counts as 0"]) {
    assertStringIncludes(whole, text);
  }
  assert(!whole.includes("leave out") && !whole.includes("7.77"));
  const part = evaluationTable(evaluation(0));
  assertStringIncludes(part, "leave out 4 of 24 masks");
  assertEquals(part.split("\n").find((line) => line.includes("–"))?.includes("FTN"), true);
});

Deno.test("evaluationTable() has no row for a network that was not trained", () => {
  const { sets, ...rest } = evaluation(0);
  const { stn: _, errors: { ftn: own }, ...set } = sets["site A"]!;
  const table = evaluationTable({ ...rest, sets: { "site A": { ...set, errors: { ftn: own } } } });
  assert(!table.includes("STN"));
  assertStringIncludes(table, "leave out 4 of 12 masks");
});
