import { assertEquals } from "../../deps.ts";
import { curveOf, lossTitle, stepsPerPoint } from "../../../lib/base/report/loss_curve.ts";

Deno.test("curveOf() takes means of neighbouring steps, of those that have the number", () => {
  const records = [1, 2, 3, 4, 5].map((step) => ({
    step,
    ...(step === 3 ? {} : { a: 10 * step }),
  }));
  assertEquals(stepsPerPoint(records as never, 3), 2);
  assertEquals(curveOf(records as never, "a", 3), [
    { step: 1.5, value: 15 },
    { step: 4, value: 40 },
    { step: 5, value: 50 },
  ]);
  assertEquals(curveOf(records as never, "b", 3), []);
  assertEquals(curveOf([], "a", 3), []);
});

Deno.test("lossTitle() spells the name out", () => {
  assertEquals(lossTitle("standardShapeLoss"), "standard shape loss");
});
