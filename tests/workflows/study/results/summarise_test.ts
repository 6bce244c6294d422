import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../../deps.ts";
import { StudyError } from "../../../../lib/workflows/study/plan/study_error.ts";
import { summarise } from "../../../../lib/workflows/study/results/summarise.ts";
import { madePlan, madeResult, type MadeVolume } from "../made_results.ts";

const KINDS = {
  "site A": "intra",
  "site B": "cross",
  "site C": "cross",
  "RandBias": "corrupted",
} as const;

/** Two frames of each subject, whose Dice lie 0.1 above and below the subject's. */
function frames(set: string, dice: Readonly<Record<string, number>>, stn = 0.05): MadeVolume[] {
  return Object.entries(dice).flatMap(([subject, mean]) =>
    [-0.1, 0.1].map((offset, n) => ({
      ...{ set, subject, frame: n === 0 ? "ED" : "ES" },
      ...{ ftn: mean + offset, stn: mean + offset + stn },
    }))
  );
}

const base = [
  ...frames("site A", { a: 0.8, b: 0.6 }),
  ...frames("site B", { x: 0.5, y: 0.4 }),
  ...frames("site C", { x: 0.3 }),
  ...frames("RandBias", { a: 0.7, b: 0.5 }),
];

const raised = (by: number) =>
  base.map(({ ftn, stn, ...rest }) => ({ ...rest, ftn: ftn + by, stn: stn! + by }));

Deno.test("summarise() averages volumes by subject and columns of Table 1 by equal weight", () => {
  const summary = summarise(madePlan(["standard"]), [
    madeResult({ method: "standard" }, KINDS, base),
  ]);
  assertEquals(summary.columns.map(({ name, kind, sets }) => [name, kind, sets.join()]), [
    ["intra", "intra", "site A"],
    ["cross", "cross", "site B,site C"],
    ["RandBias", "corrupted", "RandBias"],
  ]);
  assertEquals(summary.crossColumns.map(({ name }) => name), ["site B", "site C"]);
  const [row] = summary.rows;
  const { cells, average } = row!.ftn;
  assertEquals([row!.title, row!.runs, summary.done, summary.jobs], ["Standard training", 1, 1, 1]);
  assertAlmostEquals(cells["intra"]!.mean, 0.7, 1e-12);
  // x of site B and x of site C are two subjects
  assertEquals(cells["cross"]!.subjects, 3);
  assertAlmostEquals(cells["cross"]!.mean, 0.4, 1e-12);
  assertAlmostEquals(cells["site C"]!.mean, 0.3, 1e-12);
  assertEquals([cells["site C"]!.low, cells["site C"]!.replicateSd], [null, null]);
  assertAlmostEquals(average.mean, (0.7 + 0.4 + 0.6) / 3, 1e-12);
  assertEquals(average.subjects, 5);
  assertAlmostEquals(row!.stn!.average.mean, average.mean + 0.05, 1e-12);
  assertEquals(average.comparison, undefined);
  assert(average.low! < average.mean && average.mean < average.high!);
});

Deno.test("summarise() averages replicates by subject, and tells how far they lie apart", () => {
  const seeds = [0, 1].map((seed) =>
    madeResult(
      { method: "full", replicate: { seed, split: null, fold: null } },
      KINDS,
      raised(0.1 * seed),
    )
  );
  const { ftn } = summarise(madePlan(["full"], [0, 1]), seeds).rows[0]!;
  const intra = ftn.cells["intra"]!;
  assertAlmostEquals(intra.mean, 0.75, 1e-12);
  assertEquals(intra.subjects, 2);
  assertAlmostEquals(intra.replicateSd!, 0.1 / Math.SQRT2, 1e-12);
  assertAlmostEquals(ftn.average.replicateSd!, 0.1 / Math.SQRT2, 1e-12);
});

Deno.test("summarise() pools the subjects of folds, each tested once", () => {
  const folds = [["a", 0.8], ["b", 0.6]].map(([subject, dice], fold) =>
    madeResult(
      { method: "full", replicate: { seed: 0, split: null, fold } },
      { "site A": "intra" },
      frames("site A", { [subject as string]: dice as number }),
    )
  );
  const { ftn } = summarise(madePlan(["full"]), folds).rows[0]!;
  assertEquals(ftn.cells["intra"]!.subjects, 2);
  assertAlmostEquals(ftn.cells["intra"]!.mean, 0.7, 1e-12);
});

Deno.test("summarise() compares with the first method by subject and corrects by column", () => {
  const summary = summarise(madePlan(["standard", "full", "dropout-only"]), [
    madeResult({ method: "standard" }, KINDS, base),
    madeResult({ method: "full" }, KINDS, raised(0.1)),
    madeResult({ method: "dropout-only" }, KINDS, raised(0)),
  ]);
  const [standard, full, dropout] = summary.rows;
  assertEquals(standard!.ftn.cells["intra"]!.comparison, undefined);
  const { comparison } = full!.ftn.average;
  assertEquals([comparison!.reference, comparison!.subjects], ["standard", 5]);
  assertAlmostEquals(comparison!.difference, 0.1, 1e-12);
  assertAlmostEquals(comparison!.low, 0.1, 1e-12);
  assertEquals(comparison!.rankBiserial, 1);
  // of all five pairs in favour: at least 2 / 2^5, in either way of computing
  assert(comparison!.pValue >= 0.025 && comparison!.pValue <= 2 / 2 ** 5, `${comparison!.pValue}`);
  assertAlmostEquals(comparison!.holmPValue, 2 * comparison!.pValue, 1e-12);
  // no difference at all
  assertEquals(dropout!.ftn.average.comparison!.pValue, 1);
  assertEquals(dropout!.ftn.average.comparison!.rankBiserial, 0);
  // a column with a single subject compares nothing
  assertEquals(full!.ftn.cells["site C"]!.comparison, undefined);
});

Deno.test("summarise() weighs the difference of averages as it weighs the averages", () => {
  const gained = base.map((volume) =>
    volume.set === "site A" ? { ...volume, ftn: volume.ftn + 0.3 } : volume
  );
  const summary = summarise(madePlan(["standard", "full"]), [
    madeResult({ method: "standard" }, KINDS, base),
    madeResult({ method: "full" }, KINDS, gained),
  ]);
  const [standard, full] = summary.rows.map(({ ftn }) => ftn.average);
  assertAlmostEquals(full!.comparison!.difference, 0.1, 1e-12);
  assertAlmostEquals(full!.mean - standard!.mean, 0.1, 1e-12);
});

Deno.test("summarise() leaves out the STN of a method that has none, and sets that one lacks", () => {
  const single = base.map(({ stn: _, ...volume }) => volume);
  const { "site C": _, ...fewer } = KINDS;
  const summary = summarise(madePlan(["standard", "segmentation-only"]), [
    madeResult({ method: "standard" }, KINDS, base),
    madeResult({ method: "segmentation-only" }, fewer, single),
  ]);
  assertEquals(summary.rows.map(({ stn }) => stn !== undefined), [true, false]);
  assertEquals(summary.columns[1]!.sets, ["site B"]);
});

Deno.test("summarise() averages passes over the columns", () => {
  const passes = base.map((volume) => ({ ...volume, passes: [volume.ftn, volume.ftn + 0.2] }));
  const { rows: [row] } = summarise(madePlan(["full"]), [
    madeResult({ method: "full" }, KINDS, passes),
  ]);
  const { average } = row!.ftn;
  assertAlmostEquals(row!.passes![0]!, average.mean, 1e-12);
  assertAlmostEquals(row!.passes![1]!, average.mean + 0.2, 1e-12);
});

Deno.test("summarise() tells how well flags find bad volumes, of methods that have them", () => {
  const flagged = [0.9, 0.8, 0.6, 0.5].map((ftn, n) => ({
    ...{ set: "site A", subject: `s${n}`, ftn },
    flags: { entropy: 1 - ftn, ...(n < 9 ? { disagreement: 0.5 } : {}) },
  }));
  const { flags, badDice } = summarise(madePlan(["full"]), [
    madeResult({ method: "full" }, { "site A": "intra" }, flagged),
  ]);
  assertEquals(badDice, 0.7);
  assertEquals(
    flags.map(({ flag, volumes, bad, auroc, spearman }) => [flag, volumes, bad, auroc, spearman]),
    [
      ["disagreement", 4, 2, 0.5, null],
      ["entropy", 4, 2, 1, -1],
    ],
  );
});

Deno.test("summarise() averages severities over replicates", () => {
  const results = [0, 1].map((seed) =>
    madeResult(
      { method: "full", replicate: { seed, split: null, fold: null } },
      KINDS,
      base,
      { cases: ["a"], dice: { bias: { ftn: [0.9, 0.8 + 0.1 * seed], stn: [1, 0.5] } } },
    )
  );
  const { severities: [curve] } = summarise(madePlan(["full"], [0, 1]), results);
  assertEquals([curve!.method, curve!.artifact], ["full", "bias"]);
  assertAlmostEquals(curve!.ftn[1]!, 0.85, 1e-12);
  assertEquals(curve!.stn, [1, 0.5]);
});

Deno.test("summarise() is the same each time, and empty where nothing is done", () => {
  const plan = madePlan(["standard", "full"]);
  const results = ["standard", "full"].map((method) => madeResult({ method }, KINDS, base));
  assertEquals(summarise(plan, results), summarise(plan, results));
  const empty = summarise(plan, []);
  assertEquals([empty.done, empty.jobs, empty.rows.length, empty.columns.length], [0, 2, 0, 0]);
});

Deno.test("summarise() keeps a domain that a part of a cross-validation has no subject of", () => {
  const folds = (method: string) =>
    [["a", "site A"], ["b", "site A2"], ["c", "site A"]].map(([subject = "", set = ""], fold) =>
      madeResult(
        { method, replicate: { seed: 0, split: null, fold } },
        { [set]: "intra" },
        frames(set, { [subject]: 0.6 + 0.1 * fold }),
      )
    );
  const { columns, rows } = summarise(madePlan(["standard", "full"]), [
    ...folds("standard"),
    ...folds("full"),
  ]);
  assertEquals(columns.map(({ sets }) => sets), [["site A", "site A2"]]);
  assertEquals(rows.map(({ ftn }) => ftn.average.subjects), [3, 3]);
  assertAlmostEquals(rows[0]!.ftn.average.mean, 0.7, 1e-12);
  assertEquals(rows[1]!.ftn.average.comparison!.subjects, 3);
});

Deno.test("summarise() takes flags of the most training subjects that are done", () => {
  const plan = { ...madePlan(["full"]), trainingSubjects: [1, 3, null] };
  const results = [1, 3].map((trainingSubjects) =>
    madeResult({ method: "full", trainingSubjects }, KINDS, base)
  );
  const { rows, flags } = summarise(plan, results);
  assertEquals(rows.length, 2);
  assertEquals(flags.map(({ volumes }) => volumes), [base.length]);
});

Deno.test("summarise() refuses runs that were tested on nothing", () => {
  const results = [madeResult({ method: "full" }, {}, [])];
  assertThrows(() => summarise(madePlan(["full"]), results), StudyError, "Cannot sum up full");
});

Deno.test("summarise() leaves out a method without any Dice, says so, and sums up the others", () => {
  const scored = madeResult({ method: "full" }, KINDS, base);
  const other = madeResult({ method: "standard" }, KINDS, base);
  const scoreless = {
    ...other,
    evaluation: {
      ...other.evaluation,
      volumes: other.evaluation.volumes.map((volume) => ({
        ...volume,
        ftn: { byLabel: {}, mean: null },
      })),
    },
  };
  const { rows, cautions } = summarise(madePlan(["standard", "full"]), [scoreless, scored]);
  assertEquals(rows.map(({ method }) => method), ["full"]);
  assertEquals(rows[0]!.ftn.average.comparison, undefined);
  assertEquals(cautions[0]!.split(":")[0], "standard has no row");
});
