import { assertAlmostEquals, assertEquals } from "../../deps.ts";
import { withoutUnlabelled } from "../../../lib/learning/evaluation/evaluate.ts";
import { errorsWithout, meanErrors } from "../../../lib/learning/evaluation/class_errors.ts";

const numbers = (LV: number | null, RV: number | null) => ({ byLabel: { LV, RV }, mean: null });
const errors = (LV: number | null, RV: number | null) => ({
  hd95Mm: numbers(LV, RV),
  assdMm: numbers(LV, RV),
  volumeErrorMl: numbers(1, 0),
  volumeErrorPercent: numbers(10, 0),
});

Deno.test("withoutUnlabelled() keeps an absent class from lifting the mean, not from lowering it", () => {
  const mean = (LV: number, RV: number, absent: string[]) =>
    withoutUnlabelled({ byLabel: { LV, RV }, mean: (LV + RV) / 2 }, absent).mean;
  assertAlmostEquals(mean(0.6, 1, []), 0.8);
  assertAlmostEquals(mean(0.6, 1, ["RV"]), 0.6);
  assertAlmostEquals(mean(0.6, 0, ["RV"]), 0.3);
});

Deno.test("meanErrors() leaves missed classes out, or counts a penalty for them", () => {
  const volumes = [errors(4, 0), errors(null, 0)];
  const plain = meanErrors(volumes);
  assertEquals([plain.hd95Mm.byLabel.LV, plain.hd95Mm.mean, plain.measured.LV], [4, 2, 1]);
  const punished = meanErrors(volumes, 50);
  assertEquals([punished.hd95Mm.byLabel.LV, punished.assdMm.byLabel.LV], [27, 27]);
  assertEquals([punished.measured, punished.volumeErrorMl], [plain.measured, plain.volumeErrorMl]);
  assertEquals(meanErrors(volumes, null, ["RV"]).hd95Mm.mean, 4);
  assertEquals(errorsWithout(errors(4, 0), ["RV"]).volumeErrorMl, {
    byLabel: { LV: 1, RV: 0 },
    mean: 1,
  });
});
