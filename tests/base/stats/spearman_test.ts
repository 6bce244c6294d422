import { assertAlmostEquals, assertEquals, assertThrows, fc } from "../../deps.ts";
import { spearman } from "../../../lib/base/stats/spearman.ts";

Deno.test("spearman() gives scipy's correlation, with ties too", () => {
  // scipy 1.10: st.spearmanr(a, b).statistic
  const first = [0.91, 0.84, 0.77, 0.95, 0.62, 0.88, 0.70, 0.81, 0.93, 0.58];
  const second = [0.85, 0.86, 0.70, 0.91, 0.40, 0.75, 0.71, 0.69, 0.83, 0.47];
  assertAlmostEquals(spearman(first, second), 0.8545454545454544, 1e-14);
  const [tied, other] = [[1, 2, 2, 3, 5, 5, 5, 8], [3, 1, 4, 4, 2, 7, 7, 9]];
  assertAlmostEquals(spearman(tied!, other!), 0.6647116801916952, 1e-14);
});

Deno.test("spearman() is symmetric, stays from -1 to 1 and sees ranks alone", () => {
  const pair = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
  fc.assert(fc.property(fc.array(pair, { minLength: 2, maxLength: 20 }), (pairs) => {
    const [first, second] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
    fc.pre(new Set(first).size > 1 && new Set(second).size > 1);
    const rho = spearman(first, second);
    assertAlmostEquals(spearman(second, first), rho, 1e-12);
    assertEquals(spearman(first.map(Math.exp), second), rho);
    assertAlmostEquals(spearman(first.map((x) => -x), second), -rho, 1e-12);
    assertAlmostEquals(spearman(first, first), 1, 1e-12);
    return rho >= -1 && rho <= 1 && spearman(first, first) <= 1;
  }));
});

Deno.test("spearman() refuses samples without an order", () => {
  assertThrows(() => spearman([1], [1]), TypeError, "first has 1 values");
  assertThrows(() => spearman([1, 2], [1]), TypeError, "first has 2 values and second 1");
  assertThrows(() => spearman([1, 2], [NaN, 1]), RangeError, "second[0] is NaN");
  assertThrows(() => spearman([1, 2], [4, 4]), RangeError, "every value of second is 4");
});
