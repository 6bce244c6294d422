import { assert, assertAlmostEquals, assertEquals, assertThrows, fc } from "../../deps.ts";
import { cohensDz, rankBiserial } from "../../../lib/base/stats/effect_sizes.ts";
import { wilcoxonSignedRank } from "../../../lib/base/stats/wilcoxon_signed_rank.ts";

Deno.test("cohensDz() is the paired t over the root of n", () => {
  // scipy 1.10: st.ttest_rel(a, b).statistic / np.sqrt(10)
  const first = [0.91, 0.84, 0.77, 0.95, 0.62, 0.88, 0.70, 0.81, 0.93, 0.58];
  const second = [0.85, 0.86, 0.70, 0.91, 0.40, 0.75, 0.71, 0.69, 0.83, 0.47];
  assertAlmostEquals(cohensDz(first, second), 1.1575989934272153, 1e-14);
  assertAlmostEquals(cohensDz(second, first), -1.1575989934272153, 1e-14);
});

Deno.test("rankBiserial() is the difference of the shares of the rank sums", () => {
  // Hollander and Wolfe's depression scores: scipy's and R's rank sums 40 and 5
  const first = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
  const second = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
  assertEquals(rankBiserial(first, second), 35 / 45);
  assertEquals(rankBiserial([1, 2, 9], [0, 1, 9]), 1);
});

Deno.test("rankBiserial() follows from Wilcoxon's rank sums and turns with the pairs", () => {
  const pair = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
  fc.assert(fc.property(fc.array(pair, { minLength: 1, maxLength: 12 }), (pairs) => {
    fc.pre(pairs.some(([x, y]) => x !== y));
    const [first, second] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
    const value = rankBiserial(first, second);
    const { positiveRankSum: plus, negativeRankSum: minus } = wilcoxonSignedRank(first, second);
    assertAlmostEquals(value, plus / (plus + minus) - minus / (plus + minus), 1e-12);
    assertEquals(rankBiserial(second, first) + value, 0);
    assert(value >= -1 && value <= 1);
  }));
});

Deno.test("cohensDz() and rankBiserial() refuse pairs without an effect size", () => {
  assertThrows(() => cohensDz([1], [2]), TypeError, "first has 1 values");
  assertThrows(() => cohensDz([1, 2], [2]), TypeError, "second 1");
  assertThrows(() => cohensDz([1, 2], [2, 3]), RangeError, "every difference is -1");
  assertThrows(() => cohensDz([NaN, 2], [2, 3]), RangeError, "first[0] is NaN");
  assertThrows(() => rankBiserial([], []), TypeError, "first has 0 values");
  assertThrows(() => rankBiserial([1, 2], [1, 2]), RangeError, "none of the 2 pairs differs");
});
