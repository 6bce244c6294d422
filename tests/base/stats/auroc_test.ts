import { assertAlmostEquals, assertEquals, assertThrows, fc } from "../../deps.ts";
import { auroc } from "../../../lib/base/stats/auroc.ts";

Deno.test("auroc() gives scipy's Mann-Whitney statistic over the pairs, with ties", () => {
  // scipy 1.10: st.mannwhitneyu(s[l == 1], s[l == 0]).statistic / (4 * 5)
  const scores = [0.1, 0.4, 0.35, 0.8, 0.4, 0.7, 0.2, 0.9, 0.4];
  const failed = [0, 0, 1, 1, 1, 0, 0, 1, 0].map(Boolean);
  assertEquals(auroc(scores, failed), 0.75);
});

Deno.test("auroc() counts the pairs that are in order", () => {
  const cases = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean()), { maxLength: 20 });
  fc.assert(fc.property(cases, (sample) => {
    const positives = sample.filter(([, positive]) => positive);
    const negatives = sample.filter(([, positive]) => !positive);
    fc.pre(positives.length > 0 && negatives.length > 0);
    let inOrder = 0;
    for (const [p] of positives) {
      for (const [n] of negatives) inOrder += p > n ? 1 : p === n ? 0.5 : 0;
    }
    const area = auroc(sample.map(([score]) => score), sample.map(([, positive]) => positive));
    assertAlmostEquals(area, inOrder / (positives.length * negatives.length), 1e-12);
    const turned = auroc(sample.map(([score]) => -score), sample.map(([, positive]) => positive));
    assertAlmostEquals(turned, 1 - area, 1e-12);
  }));
});

Deno.test("auroc() refuses cases that have no area", () => {
  assertThrows(() => auroc([1, 2], [true]), TypeError, "2 scores and 1");
  assertThrows(() => auroc([], []), TypeError, "scores has 0 values");
  assertThrows(() => auroc([1, NaN], [true, false]), RangeError, "scores[1] is NaN");
  assertThrows(() => auroc([1, 2], [false, false]), RangeError, "0 of 2 cases are positive");
  assertThrows(() => auroc([1, 2], [true, true]), RangeError, "2 of 2 cases are positive");
});
