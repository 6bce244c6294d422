import type { PageData } from "../../../../lib/workflows/study/page/page_data.ts";
import { statement } from "../../../../lib/workflows/study/page/statement.ts";
import { assertEquals, assertStringIncludes } from "../../../deps.ts";

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
    rankBiserial: 0.5 * Math.sign(difference),
    subjects: 12,
  };
  const row = { trainingSubjects: null, runs: 2 };
  return {
    summary: {
      distances: [],
      surfaceScores: [],
      calibration: [],
      cautions: [],
      empty: ["skip"],
      given: [],
      distancePenalties: [null],
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
      labels: ["Anterior", "Posterior"],
      badDice: 0.7,
      flags: [],
      severities: [],
      severityCells: [],
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

/** The data with these averages of the slow-thinking network, the second method's compared. */
function withStn(given: PageData, first: number, second: number): PageData {
  const [standard, full] = given.summary.rows;
  const { comparison, ...cell } = full!.ftn.average;
  const stn = (mean: number, more: object) => ({
    cells: {},
    average: { ...cell, mean, low: mean - 0.02, high: mean + 0.02, ...more },
  });
  const rows = [
    { ...standard!, stn: stn(first, {}) },
    { ...full!, stn: stn(second, { comparison: { ...comparison!, difference: second - first } }) },
  ];
  return { ...given, summary: { ...given.summary, rows } };
}

Deno.test("statement() tells what is best with the slow-thinking network, against its own kind", () => {
  const better = statement(withStn(data(0.75, -0.05, -0.08, -0.02, 0.01), 0.8, 0.86));
  assertStringIncludes(better[1]!, "It is the reference itself");
  assertStringIncludes(
    better[3]!,
    "With the slow-thinking network, Full has the highest average: 0.860 [0.840, 0.880] (0.750 " +
      "without it). That is +0.060 against Standard with its own slow-thinking network (95 %",
  );
  const worse = statement(withStn(data(0.85, 0.05, 0.02, 0.08, 0.01), 0.9, 0.86));
  assertStringIncludes(worse[2]!, "Standard has the highest average: 0.900");
  assertStringIncludes(worse[3]!, "Full has 0.860 [0.840, 0.880] with it.");
});

Deno.test("statement() gives no verdict where mean and test point opposite ways", () => {
  const given = data(0.85, 0.05, 0.02, 0.08, 0.01);
  const [standard, full] = given.summary.rows;
  const { comparison, ...cell } = full!.ftn.average;
  const average = { ...cell, comparison: { ...comparison!, rankBiserial: -0.5 } };
  const rows = [standard!, { ...full!, ftn: { cells: {}, average } }];
  const [, text = ""] = statement({ ...given, summary: { ...given.summary, rows } });
  assertStringIncludes(text, "point opposite ways: no verdict");
});

Deno.test("statement() says what the intervals leave out, and where they rest on few subjects", () => {
  const given = data(0.85, 0.05, 0.02, 0.08, 0.01);
  const rows = given.summary.rows.map((row, n) => {
    const average = { ...row.ftn.average, replicateSd: [0.004, 0.012][n]! };
    return { ...row, ftn: { average, cells: { intra: { ...average, subjects: 3 + n } } } };
  });
  const told = (replicates: PageData["summary"]["plan"]["replicates"]) => {
    const plan = { ...given.summary.plan, replicates };
    return statement({ ...given, summary: { ...given.summary, plan, rows } }).slice(2);
  };
  const [spread = "", few = ""] = told(given.summary.plan.replicates);
  assertStringIncludes(spread, "Between replicates the averages");
  assertStringIncludes(spread, "a standard deviation of 0.004 to 0.012");
  assertStringIncludes(few, "A column rests on three subjects only");
  const folds = [0, 1].map((fold) => ({ seed: 0, split: null, fold }));
  assertStringIncludes(told(folds)[0]!, "With one seed the intervals");
  assertStringIncludes(told(folds.slice(0, 1))[0]!, "With one replicate the intervals");
});

Deno.test("statement() gives the averages of a single method", () => {
  const { summary, ...given } = withStn(data(0.85, 0.05, 0.02, 0.08, 0.01), 0.9, 0.86);
  const plan = { ...summary.plan, methods: ["standard"] };
  const rows = summary.rows.slice(0, 1);
  const [, text = ""] = statement({ ...given, summary: { ...summary, plan, rows } });
  assertStringIncludes(text, "is 0.800 [0.780, 0.820] of the fast-thinking network, and 0.900");
});

Deno.test("statement() says where methods have unequal numbers of runs", () => {
  const { summary, ...given } = data(0.85, 0.05, 0.02, 0.08, 0.01);
  const rows = summary.rows.map((row, n) => ({ ...row, runs: 1 + n }));
  const [, , text = ""] = statement({ ...given, summary: { ...summary, rows } });
  assertStringIncludes(text, "Methods have 1 to 2 runs");
});
