import { assertEquals } from "../../../deps.ts";
import type { Evaluation } from "../../../../lib/formats/run_folder/evaluation.ts";
import { calibrationCells } from "../../../../lib/workflows/study/results/calibration_cells.ts";
import { surfaceScoresOf } from "../../../../lib/workflows/study/results/surface_scores.ts";
import {
  calibrationTable,
  lesionTable,
  surfaceDiceTable,
} from "../../../../lib/workflows/study/results/surface_tables.ts";
import type { StudySummary } from "../../../../lib/workflows/study/results/study_summary.ts";

const lesions = (found: number, spurious: number, f1: number | null) => ({
  RV: { reference: 3, predicted: found + spurious, found, spurious, f1 },
});
const volume = (
  set: string,
  LV: number | null,
  RV: number | null,
  counted?: ReturnType<typeof lesions>,
) => ({
  set,
  errors: {
    ftn: {
      surfaceDice: { "1": { byLabel: { LV, RV } }, "2": { byLabel: { LV: 1, RV: 1 } } },
      ...counted && { lesions: counted },
    },
  },
});
const calibration = (right: number) => ({
  ftn: { cases: 1, ece: 0, counts: [0, 10], confidence: [0, 9], correct: [0, right] },
});
const evaluation = {
  sets: {
    "site A": { calibration: calibration(9) },
    "site B": { unlabelled: ["RV"], calibration: calibration(5) },
    old: {},
  },
  volumes: [
    volume("site A", 0.5, 0.9, lesions(1, 2, 0.4)),
    volume("site A", 0.7, null, lesions(3, 0, null)),
    volume("site B", 0.2, 0),
    { set: "old", errors: { ftn: {} } },
  ],
} as unknown as Evaluation;
const column = (name: string, ...sets: string[]) => ({
  ...{ name, title: name, kind: "intra", sets } as const,
});
const row = { method: "full", trainingSubjects: null, results: [{ evaluation }] };
const columns = [
  column("intra", "site A"),
  column("both", "site A", "site B"),
  column("site B", "site B"),
  column("old", "old"),
];
const text = (value: number) => value.toFixed(4);

Deno.test("surfaceScoresOf() has means over labels of means over volumes, and sums of lesions", () => {
  const [own, both, other, ...none] = surfaceScoresOf(row, columns);
  assertEquals(none, []);
  // LV (0.5 + 0.7) / 2, RV 0.9 of the one volume that has it.
  assertEquals(text(own!.surfaceDice!["1"]!), "0.7500");
  assertEquals(own!.surfaceDice!["2"], 1);
  assertEquals(own!.lesions, {
    RV: { reference: 6, predicted: 6, found: 4, spurious: 2, f1: 0.4 },
  });
  // RV of a set without any is left out.
  assertEquals(text(both!.surfaceDice!["1"]!), text(((0.5 + 0.7 + 0.2) / 3 + 0.9) / 2));
  assertEquals([other!.surfaceDice!["1"], other!.lesions], [0.2, undefined]);
});

Deno.test("calibrationCells() pools the voxels of a column", () => {
  const [own, both, other, ...none] = calibrationCells(row, columns);
  assertEquals(none, []);
  assertEquals([own!.ece, own!.cases, own!.network], [0, 1, "ftn"]);
  assertEquals([both!.ece, both!.cases, both!.counts], [4 / 20, 2, [0, 20]]);
  assertEquals(other!.ece, 4 / 10);
});

Deno.test("tables of surfaces, lesions and calibration have a row a method and network", () => {
  const summary = {
    ...{ columns, rows: [{ method: "full", title: "Full" }], empty: ["skip"] },
    surfaceScores: surfaceScoresOf(row, columns),
    calibration: calibrationCells(row, columns),
  } as unknown as StudySummary;
  const cellsOf = (table: ReturnType<typeof lesionTable>) =>
    table!.rows.map(({ name, cells }) => [name, ...cells.map((cell) => cell.text)]);
  const dice = surfaceDiceTable(summary);
  assertEquals(dice!.caption, "Surface Dice by method and test set, at 1 / 2 mm");
  assertEquals(cellsOf(dice), [
    ["Full", "0.750 / 1.000", "0.683 / 1.000", "0.200 / 1.000", "–"],
  ]);
  const counted = lesionTable(summary);
  assertEquals(cellsOf(counted), [["Full", "0.400", "0.400", "–", "–"]]);
  assertEquals(counted!.rows[0]!.cells[0]!.detail, "(4 of 6, 2 made up)");
  assertEquals(cellsOf(calibrationTable(summary)), [["Full", "0.000", "0.200", "0.400", "–"]]);
  const none = { ...summary, surfaceScores: [], calibration: [] };
  assertEquals(
    [surfaceDiceTable(none), lesionTable(none), calibrationTable(none)],
    [undefined, undefined, undefined],
  );
});

Deno.test("surfaceScoresOf() takes no mean over parts of regions, but counts their lesions", () => {
  const parts = { ...row, results: [{ evaluation: { ...evaluation, parts: ["RV"] } }] };
  const [own] = surfaceScoresOf(parts, [column("intra", "site A")]);
  assertEquals(own!.surfaceDice!["1"], 0.6);
  assertEquals(own!.lesions!.RV!.found, 4);
});
