import { assert, assertStringIncludes } from "../deps.ts";
import { comparisonTable, studyTable } from "../../cli/study_table.ts";
import { summarise } from "../../lib/workflows/study/results/summarise.ts";
import { madePlan, madeResult } from "../workflows/study/made_results.ts";

const KINDS = { "site A": "intra", "site B": "cross" } as const;
const volumes = (raise: number) =>
  ["a", "b", "c"].flatMap((subject, n) =>
    ["site A", "site B"].map((set) => ({
      ...{ set, subject, ftn: 0.5 + 0.1 * n + raise, stn: 0.4 },
    }))
  );
const summary = summarise(madePlan(["standard", "full", "max-style"]), [
  madeResult({ method: "standard" }, KINDS, volumes(0)),
  madeResult({ method: "full" }, KINDS, volumes(0.1)),
]);

Deno.test("studyTable() shows each method's networks, and how much is done", () => {
  const text = studyTable(summary);
  for (const part of ["full (1)", "FTN", "STN", "Cross-domain", "0.700", "2 of 3 runs"]) {
    assertStringIncludes(text, part);
  }
  assert(!text.includes("max-style"));
});

Deno.test("comparisonTable() shows differences with interval and p-values", () => {
  const text = comparisonTable(summary);
  for (const part of ["+0.100 [+0.100, +0.100]", "differences from standard", "1.00"]) {
    assertStringIncludes(text, part);
  }
});
