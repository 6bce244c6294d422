import { assertEquals } from "../../deps.ts";
import { flagThreshold } from "../../../lib/learning/prediction/flag_threshold.ts";

Deno.test("flagThreshold() lies between good and bad where they part", () => {
  const bad = [false, true, false, true];
  assertEquals(flagThreshold([0.1, 0.5, 0.3, 0.9], bad), { threshold: 0.4, auroc: 1 });
});

Deno.test("flagThreshold() takes the value where sensitivity and specificity add to most", () => {
  const values = [1, 2, 3, 4, 5, 6], bad = [false, false, true, false, true, true];
  // Above 2.5 all bad ones, and one good of three; above 4.5 two bad of three, and no good one.
  assertEquals(flagThreshold(values, bad).threshold, 2.5);
  assertEquals(flagThreshold([1, 1], [false, true]), { threshold: 1, auroc: 0.5 });
});

Deno.test("flagThreshold() is the most that was seen where none is bad, and nothing where all are", () => {
  assertEquals(flagThreshold([0.2, 0.7], [false, false]), { threshold: 0.7, auroc: null });
  assertEquals(flagThreshold([0.2, 0.7], [true, true]), { threshold: null, auroc: null });
});
