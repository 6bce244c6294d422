import { assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { degradation, overallScore } from "../../../lib/base/stats/severity_weighted.ts";

const graded = (scores: readonly number[]) =>
  scores.map((score, n) => ({ severity: n + 1, score }));

Deno.test("overallScore() weighs severities by powers of 2/3, clean images by 1", () => {
  // weights 1, 2/3, 4/9, 8/27, 16/81, 32/243: in 243rds 243, 162, 108, 72, 48, 32 of 665
  const overall = overallScore(0.9, graded([0.8, 0.7, 0.6, 0.5, 0.4]));
  const sum = 243 * 0.9 + 162 * 0.8 + 108 * 0.7 + 72 * 0.6 + 48 * 0.5 + 32 * 0.4;
  assertAlmostEquals(overall, sum / 665, 1e-14);
  assertEquals(overallScore(0.5, graded([0.5, 0.5])), 0.5);
});

Deno.test("degradation() is the weighted loss, whichever way is better", () => {
  const higher = degradation(0.9, graded([0.8, 0.7]), { higherIsBetter: true });
  assertAlmostEquals(higher, (3 * 0.1 + 2 * 0.2) / 5, 1e-14);
  const lower = degradation(2, graded([3, 6]), { higherIsBetter: false });
  assertAlmostEquals(lower, (3 * 1 + 2 * 4) / 5, 1e-14);
  assertAlmostEquals(degradation(0.5, graded([0.6]), { higherIsBetter: true }), -0.1, 1e-14);
});

Deno.test("a corruption without severities weighs as much as clean images", () => {
  assertEquals(overallScore(1, [{ severity: 0, score: 0.5 }]), 0.75);
  assertEquals(degradation(1, [{ severity: 0, score: 0.5 }], { higherIsBetter: true }), 0.5);
});

Deno.test("overallScore() refuses what cannot be weighed", () => {
  assertThrows(() => overallScore(1, []), TypeError, "there is no score");
  assertThrows(() => overallScore(1, graded([1]), 0), RangeError, "the weight is 0");
  assertThrows(() => overallScore(1, [{ severity: 1.5, score: 1 }]), RangeError, "is 1.5");
});
