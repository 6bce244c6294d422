import type { PageData } from "../../../lib/study/page/page_data.ts";
import { statement } from "../../../lib/study/page/statement.ts";
import { assertEquals, assertStringIncludes } from "../../deps.ts";

/** A study of two methods whose second has this mean and difference. */
function data(mean: number, difference: number, low: number, high: number, p: number): PageData {
  const cell = (value: number) => ({
    mean: value,
    low: value - 0.02,
    high: value + 0.02,
    replicateSd: null,
    subjects: 12,
  });
  const comparison = {
    reference: "standard",
    difference,
    low,
    high,
    pValue: p,
    holmPValue: p,
    rankBiserial: 0.5,
    subjects: 12,
  };
  const row = { trainingSubjects: null, runs: 2 };
  return {
    summary: {
      plan: {
        preset: "table1",
        methods: ["standard", "full"],
        replicates: [0, 1].map((seed) => ({ seed, split: null, fold: null })),
        trainingSubjects: [null],
        tests: [],
        settings: {},
      },
      done: 4,
      jobs: 4,
      columns: [{ name: "intra", title: "Intra-domain", kind: "intra", sets: ["A"] }],
      crossColumns: [],
      rows: [
        { ...row, method: "standard", title: "Standard", ftn: { cells: {}, average: cell(0.8) } },
        {
          ...row,
          method: "full",
          title: "Full",
          ftn: { cells: {}, average: { ...cell(mean), comparison } },
        },
      ],
      badDice: 0.7,
      flags: [],
      severities: [],
    },
    runs: [],
    allSubjects: 10,
  };
}

Deno.test("statement() tells the best average, its gain, and that both speak for it", () => {
  assertEquals(statement(data(0.85, 0.05, 0.02, 0.08, 0.01)), [
    "Two methods were trained with two replicates: 4 runs.",
    "Averaged over one column of equal weight, Full has the highest Dice of the fast-thinking " +
    "network: 0.850 [0.830, 0.870]. That is +0.050 against Standard (95 % interval " +
    "[0.020, 0.080], p = 0.010 after Holm's correction, 12 subjects). Both the interval and the " +
    "test speak for Full.",
  ]);
});

Deno.test("statement() claims nothing where the interval includes 0 or the test is not sure", () => {
  assertStringIncludes(
    statement(data(0.81, 0.01, -0.01, 0.03, 0.4))[1]!,
    "this study does not show a difference",
  );
  assertStringIncludes(statement(data(0.83, 0.03, 0.001, 0.06, 0.08))[1]!, "weak evidence");
});

Deno.test("statement() tells of a full method that is not the best", () => {
  const [, first = "", second = ""] = statement(data(0.75, -0.05, -0.08, -0.02, 0.01));
  assertStringIncludes(first, "It is the reference itself: no method did better");
  assertStringIncludes(
    second,
    "Full has 0.750 [0.730, 0.770]. That is \u22120.050 against Standard",
  );
  assertStringIncludes(second, "speak for Standard.");
});
