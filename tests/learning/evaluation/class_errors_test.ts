import { assertAlmostEquals, assertEquals } from "../../deps.ts";
import type { ClassErrors, EmptyRule } from "../../../lib/formats/run_folder/evaluation.ts";
import { EMPTY_RULES } from "../../../lib/names.ts";
import { MNMS_TASK } from "../../../lib/imaging/data/layouts/cardiac.ts";
import { classErrors, meanErrors } from "../../../lib/learning/evaluation/class_errors.ts";
import { scoredLabels } from "../../../lib/learning/evaluation/scored_labels.ts";

const GRID = { shape: [5, 2, 1], spacing: [2, 5, 10], voxelVolume: 100 } as const;

const LABELS = scoredLabels(MNMS_TASK);

/** Masks in rows of five voxels of 0.1 ml: LV is 1, MYO 2, RV 3. */
const rows = (...voxels: number[]) => Uint8Array.from(voxels);

Deno.test("classErrors() gives mm and ml by class, null where just one mask holds it", () => {
  const truth = rows(1, 1, 0, 0, 0, 0, 0, 0, 0, 3);
  const errors = classErrors(rows(1, 1, 1, 0, 0, 2, 0, 0, 0, 3), truth, GRID, LABELS, {
    empty: "one",
  });
  assertAlmostEquals(errors.hd95Mm.byLabel["LV"]!, 1.6, 1e-12);
  assertAlmostEquals(errors.assdMm.byLabel["LV"]!, (2 / 3) / 2, 1e-12);
  assertEquals([
    errors.hd95Mm.byLabel["MYO"],
    errors.assdMm.byLabel["MYO"],
    errors.assdMm.byLabel["RV"],
  ], [null, null, 0]);
  assertAlmostEquals(errors.hd95Mm.mean!, 0.8, 1e-12);
  assertAlmostEquals(errors.volumeErrorMl.byLabel["LV"]!, 0.1, 1e-12);
  assertAlmostEquals(errors.volumeErrorMl.mean!, 0.2 / 3, 1e-12);
  assertEquals(errors.volumeErrorPercent, { byLabel: { LV: 50, MYO: null, RV: 0 }, mean: 25 });
});

Deno.test("classErrors() of a class in neither mask are left out, or 0 by rule one", () => {
  const [none, where] = [new Uint8Array(10), { surfaceTolerances: [2], lesions: ["RV"] }];
  const by = (empty: EmptyRule) => classErrors(none, none, GRID, LABELS, { empty, ...where });
  const all = (value: number | null) => ({
    byLabel: { LV: value, MYO: value, RV: value },
    mean: value,
  });
  const scores = { skip: null, one: 1, zero: 0 };
  for (const rule of EMPTY_RULES) {
    const { surfaceDice, lesions, ...errors } = by(rule);
    for (const numbers of Object.values(errors)) {
      assertEquals(numbers, all(rule === "one" ? 0 : null));
    }
    assertEquals(surfaceDice, { "2": all(scores[rule]) });
    assertEquals(lesions!["RV"]!.f1, scores[rule]);
  }
});

Deno.test("classErrors() takes the surface Dice by tolerance, and counts lesions of labels", () => {
  const truth = rows(3, 0, 3, 0, 0, 0, 0, 0, 0, 0), seen = rows(3, 0, 0, 0, 3, 0, 0, 0, 0, 0);
  const { surfaceDice, lesions } = classErrors(seen, truth, GRID, LABELS, {
    ...{ empty: "skip", surfaceTolerances: [0, 4], lesions: ["RV"] },
  });
  assertEquals([surfaceDice!["0"]!.byLabel["RV"], surfaceDice!["4"]!.byLabel["RV"]], [0.5, 1]);
  assertEquals(lesions, { RV: { reference: 2, predicted: 2, found: 1, spurious: 1, f1: 0.5 } });
});

Deno.test("meanErrors() is over the volumes that have a value, and counts them", () => {
  const volume = (hd95: number | null, ml: number): ClassErrors => {
    const distances = { byLabel: { LV: hd95, MYO: 1, RV: null }, mean: null };
    const volumes = { byLabel: { LV: ml, MYO: 0, RV: ml }, mean: ml };
    return {
      ...{ hd95Mm: distances, assdMm: distances },
      ...{ volumeErrorMl: volumes, volumeErrorPercent: volumes },
    };
  };
  const volumes = [volume(8, 3), volume(null, -5), volume(2, -4)];
  const means = meanErrors(volumes.map((errors) => ({ errors, absent: [] })), LABELS);
  assertEquals(means.hd95Mm, { byLabel: { LV: 5, MYO: 1, RV: null }, mean: 3 });
  assertEquals(means.assdMm, means.hd95Mm);
  assertEquals(means.volumeErrorMl, { byLabel: { LV: -2, MYO: 0, RV: -2 }, mean: -4 / 3 });
  assertEquals(means.absoluteVolumeErrorMl, { byLabel: { LV: 4, MYO: 0, RV: 4 }, mean: 8 / 3 });
  assertEquals(means.absoluteVolumeErrorPercent, means.absoluteVolumeErrorMl);
  assertEquals(means.measured, { LV: 2, MYO: 3, RV: 0 });
});

Deno.test("meanErrors() counts no penalty for what neither mask holds", () => {
  const none = { byLabel: { LV: null, MYO: null, RV: null }, mean: null };
  const errors = { hd95Mm: none, assdMm: none, volumeErrorMl: none, volumeErrorPercent: none };
  const means = meanErrors([{ errors, absent: ["MYO"] }], LABELS, 20);
  assertEquals(means.hd95Mm, { byLabel: { LV: 20, MYO: null, RV: 20 }, mean: 20 });
  assertEquals(means.measured, { LV: 0, MYO: 0, RV: 0 });
});
