import { assertEquals } from "../../../deps.ts";
import type { CaseEvaluation } from "../../../../lib/formats/run_folder/evaluation.ts";
import { metricsOf } from "../../../../lib/workflows/challenge/results/metrics.ts";

const numbers = (LV: number | null, RV: number | null, mean: number | null) => ({
  byLabel: { LV, RV },
  mean,
});
const lesion = (f1: number | null) => ({
  ...{ reference: 1, predicted: 1, found: 1, spurious: 0, f1 },
});

/** A volume in which one label is missed, and in a second form neither mask holds it. */
const volume = (absent: readonly string[]): CaseEvaluation => ({
  ...{ set: "clean", id: "p1", subject: "p1", frame: "1", flags: {} },
  ftn: numbers(0.8, 0, 0.4),
  absent: { ftn: absent },
  errors: {
    ftn: {
      hd95Mm: numbers(4, null, 4),
      assdMm: numbers(1, null, 1),
      volumeErrorMl: numbers(-3, 1, -1),
      volumeErrorPercent: numbers(-3, 1, -1),
      surfaceDice: { "2": numbers(0.9, 0.1, 0.5) },
      lesions: { LV: lesion(0.5), RV: lesion(null) },
    },
  },
});

const valuesOf = (of: CaseEvaluation, distancePenaltyMm?: number, more: object = {}) =>
  Object.fromEntries(
    metricsOf([{
      sets: {},
      volumes: [of],
      ...more,
      ...distancePenaltyMm !== undefined && { distancePenaltyMm },
    }])
      .map((metric) => [metric.id, metric.of(of)]),
  );

Deno.test("metricsOf() takes the means of volumes, volumes' errors by their size", () => {
  assertEquals(valuesOf(volume([])), {
    ...{ dice: 0.4, nsd2mm: 0.5, lesionF1: 0.5, hd95Mm: 4, assdMm: 1, volumeErrorMl: 2 },
  });
});

Deno.test("metricsOf() has a penalty stand for a class that just one mask holds", () => {
  assertEquals(valuesOf(volume([]), 20).hd95Mm, 12);
  assertEquals(valuesOf(volume(["RV"]), 20).hd95Mm, 4);
});

Deno.test("metricsOf() counts lesions where they were counted only", () => {
  const { lesions: _, ...ftn } = volume([]).errors.ftn;
  const without = { ...volume([]), errors: { ftn } };
  assertEquals("lesionF1" in valuesOf(without), false);
});

Deno.test("metricsOf() counts neither parts of regions nor labels that a set has none of", () => {
  const { hd95Mm, volumeErrorMl } = valuesOf(volume([]), 50, { parts: ["RV"] });
  assertEquals([hd95Mm, volumeErrorMl], [4, 3]);
  const sets = { [volume([]).set]: { unlabelled: ["LV"] } };
  assertEquals(valuesOf(volume([]), 50, { sets }).hd95Mm, 50);
});
