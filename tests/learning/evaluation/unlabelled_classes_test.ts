import { EMPTY_RULES } from "../../../lib/names.ts";
import { assertAlmostEquals, assertEquals } from "../../deps.ts";
import { diceOver } from "../../../lib/learning/evaluation/class_dice.ts";
import { heldLabels } from "../../../lib/learning/evaluation/scored_labels.ts";
import { meanErrors, withMeansOver } from "../../../lib/learning/evaluation/class_errors.ts";

const LABELS = ["LV", "RV"].map((name, n) => ({ name, classes: [n + 1], inMean: true }));
const WITHOUT_RV = heldLabels(LABELS, (index) => index === 1);

const numbers = (LV: number | null, RV: number | null) => ({ byLabel: { LV, RV }, mean: null });
const errors = (LV: number | null, RV: number | null) => ({
  hd95Mm: numbers(LV, RV),
  assdMm: numbers(LV, RV),
  volumeErrorMl: numbers(1, 0),
  volumeErrorPercent: numbers(10, 0),
});

Deno.test("heldLabels() leaves out of means what nobody drew, unless that is all", () => {
  assertEquals([WITHOUT_RV.unlabelled, WITHOUT_RV.left], [["RV"], ["RV"]]);
  assertEquals(WITHOUT_RV.labels.map(({ inMean }) => inMean), [true, false]);
  const none = heldLabels(LABELS, () => false);
  assertEquals([none.unlabelled, none.left, none.labels], [["LV", "RV"], [], LABELS]);
});

Deno.test("diceOver() keeps an absent label from lifting the mean, not from lowering it", () => {
  const { labels, left } = WITHOUT_RV;
  assertAlmostEquals(diceOver({ LV: 0.6, RV: null }, LABELS, "one").mean!, 0.8);
  for (const rule of EMPTY_RULES) {
    assertAlmostEquals(diceOver({ LV: 0.6, RV: null }, labels, rule, left).mean!, 0.6);
    assertAlmostEquals(diceOver({ LV: 0.6, RV: 0 }, labels, rule, left).mean!, 0.3);
  }
});

Deno.test("meanErrors() leaves missed classes out, or counts a penalty for them", () => {
  const volumes = [errors(4, 0), errors(null, 0)].map((own) => ({ errors: own, absent: [] }));
  const plain = meanErrors(volumes, LABELS);
  assertEquals([plain.hd95Mm.byLabel.LV, plain.hd95Mm.mean, plain.measured.LV], [4, 2, 1]);
  const punished = meanErrors(volumes, LABELS, 50);
  assertEquals([punished.hd95Mm.byLabel.LV, punished.assdMm.byLabel.LV], [27, 27]);
  assertEquals([punished.measured, punished.volumeErrorMl], [plain.measured, plain.volumeErrorMl]);
  assertEquals(meanErrors(volumes, WITHOUT_RV.labels).hd95Mm.mean, 4);
  assertEquals(withMeansOver(errors(4, 0), WITHOUT_RV.labels).volumeErrorMl, {
    byLabel: { LV: 1, RV: 0 },
    mean: 1,
  });
});
