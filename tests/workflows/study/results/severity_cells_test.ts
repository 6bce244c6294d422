import { assertAlmostEquals, assertEquals, assertStringIncludes } from "../../../deps.ts";
import { severityCells } from "../../../../lib/workflows/study/results/severity_cells.ts";
import { severityTable } from "../../../../lib/workflows/study/results/severity_table.ts";
import { summarise } from "../../../../lib/workflows/study/results/summarise.ts";
import { madePlan, madeResult } from "../made_results.ts";

const SUBJECTS = ["a", "b", "c", "d"];

/** Two artifacts, two volumes a subject: 0.9 clean, less by `loss` a severity, by 0.01 a subject. */
function result(method: string, loss: number, seed = 0) {
  const subjects = SUBJECTS.flatMap((subject) => [subject, subject]);
  const curves = (extra: number) =>
    [0, 1, 2, 3, 4, 5].map((severity) =>
      subjects.map((_, place) => 0.9 - severity * loss - 0.01 * Math.floor(place / 2) + extra)
    );
  return madeResult(
    { method, replicate: { seed, split: null, fold: null } },
    { own: "intra" },
    SUBJECTS.map((subject) => ({ set: "own", subject, ftn: 0.9 })),
    {
      cases: subjects.map((subject, place) => `${subject}${place % 2}`),
      subjects,
      dice: { bias: { ftn: curves(0).map((all) => all[0]!) } },
      byCase: { bias: { ftn: curves(0) }, motion: { ftn: curves(-0.1) } },
    },
  );
}

Deno.test("severityCells() are means over artifacts and severities, paired by subject", () => {
  const methods = [
    { method: "standard", results: [result("standard", 0.1)] },
    // the mean of two replicates
    { method: "full", results: [result("full", 0.05), result("full", 0.07, 1)] },
  ];
  const found = severityCells(methods, "standard", { resamples: 200 });
  assertEquals(found.map(({ method, network, severities }) => [method, network, severities]), [
    ["standard", "ftn", "1-5"],
    ["full", "ftn", "1-5"],
    ["standard", "ftn", "5"],
    ["full", "ftn", "5"],
  ]);
  const [standard, full, , worst] = found.map(({ cell }) => cell);
  // 0.9 - 3 * 0.1 - 0.015 - 0.05
  assertAlmostEquals(standard!.mean, 0.535, 1e-12);
  assertEquals([standard!.subjects, standard!.comparison], [4, undefined]);
  assertAlmostEquals(full!.mean, 0.535 + 3 * 0.04, 1e-12);
  assertAlmostEquals(full!.comparison!.difference, 3 * 0.04, 1e-12);
  assertAlmostEquals(full!.comparison!.low, 3 * 0.04, 1e-12);
  assertAlmostEquals(worst!.comparison!.difference, 5 * 0.04, 1e-12);
  assertEquals(full!.comparison!.subjects, 4);
  assertAlmostEquals(full!.replicateSd!, 3 * 0.02 / Math.SQRT2, 1e-12);
});

Deno.test("severityCells() leave out subjects without Dice, and runs that kept no volumes", () => {
  const gap = result("standard", 0.1);
  const byCase = gap.evaluation.severities!.byCase!;
  const holed = {
    ...byCase,
    bias: { ftn: byCase["bias"]!.ftn.map((all, k) => k === 5 ? all.with(0, null) : all) },
  };
  const evaluation = {
    ...gap.evaluation,
    severities: { ...gap.evaluation.severities!, byCase: holed },
  };
  const cells = severityCells([{ method: "standard", results: [{ evaluation }] }], "standard", {});
  assertEquals(cells.map(({ cell }) => cell.subjects), [3, 3]);
  const { byCase: _, ...older } = gap.evaluation.severities!;
  const old = { evaluation: { ...gap.evaluation, severities: older } };
  assertEquals(severityCells([{ method: "standard", results: [old] }], "standard", {}), []);
});

Deno.test("severityTable() tells both parts with their tests, and is not there without volumes", () => {
  const results = [result("standard", 0.1), result("full", 0.05)];
  const summary = summarise(madePlan(["standard", "full"]), results, { resamples: 200 });
  const table = severityTable(summary)!;
  assertEquals(table.rows.map(({ name }) => name), ["Standard training", "Full method"]);
  assertEquals(table.rows[1]!.cells.map(({ text }) => text).slice(0, 2), ["0.685", "+0.150"]);
  assertStringIncludes(table.notes!.join(), "4 subjects");
  assertEquals(severityTable({ ...summary, severityCells: [] }), undefined);
});
