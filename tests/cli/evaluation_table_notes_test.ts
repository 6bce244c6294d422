import { assert, assertStringIncludes } from "../deps.ts";
import { evaluationTable } from "../../cli/evaluation_table.ts";
import type { Evaluation } from "../../mod.ts";

const numbers = (LV: number | null, RV: number) => ({ byLabel: { LV, RV }, mean: null });
const errors = {
  hd95Mm: numbers(12.34, 0),
  assdMm: numbers(1.23, 0),
  volumeErrorMl: numbers(1, 0),
  volumeErrorPercent: numbers(1, 0),
  absoluteVolumeErrorMl: numbers(3.21, 0),
  absoluteVolumeErrorPercent: numbers(1, 0),
  measured: { LV: 3, RV: 4 },
};
const evaluation: Evaluation = {
  labels: ["LV", "RV"],
  sets: {
    "site A": {
      ...{ cases: 4, kind: "cross", unlabelled: ["RV"], errors: { ftn: errors } },
      ftn: { byLabel: { LV: 0.5, RV: 1 }, mean: 0.5 },
    },
  },
  ...{ empty: "one", grid: "native", volumes: [] },
  seen: [
    { set: "site A", subject: "x", part: "train", by: "voxels", as: "A000" },
    { set: "site A", subject: "A001", part: "validation", by: "name", as: "A001" },
  ],
};

Deno.test("evaluationTable() has distances beside the cases that they were measured on", () => {
  const table = evaluationTable(evaluation);
  for (const text of ["12.3 (3)", "1.23 (3)", "leave out 1 of 4 masks"]) {
    assertStringIncludes(table, text);
  }
  const punished = evaluationTable({ ...evaluation, distancePenaltyMm: 50 });
  assertStringIncludes(punished, "count 50 mm for 1 of 4 masks");
});

Deno.test("evaluationTable() tells of absent classes and of subjects that the run has seen", () => {
  const table = evaluationTable(evaluation);
  for (
    const text of [
      "site A: no label holds RV",
      "the run was trained on: x (A000)",
      "the run was validated on: A001",
    ]
  ) {
    assertStringIncludes(table, text);
  }
  const { seen: _, ...rest } = evaluation;
  assert(!evaluationTable(rest).includes("trained on"));
});
