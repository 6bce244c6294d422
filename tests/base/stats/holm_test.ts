import { assertAlmostEquals, assertEquals, assertThrows, fc } from "../../deps.ts";
import { holm } from "../../../lib/base/stats/holm.ts";

/** Closed testing: Bonferroni's p-value of every set of hypotheses that holds one, the greatest. */
function closed(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => 0);
  for (let set = 1; set < 2 ** pValues.length; set++) {
    const members = pValues.map((_, test) => test).filter((test) => set >> test & 1);
    const bonferroni = Math.min(1, members.length * Math.min(...members.map((m) => pValues[m]!)));
    for (const member of members) adjusted[member] = Math.max(adjusted[member]!, bonferroni);
  }
  return adjusted;
}

Deno.test("holm() gives known values in the given order", () => {
  // @stdlib/stats-padjust 0.2.1: padjust(p, "holm")
  for (
    const [p, expected] of [
      [[0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]],
      [[0.0001, 0.5, 0.02, 0.02, 0.9, 0.012], [0.0006, 1, 0.08, 0.08, 1, 0.06]],
    ] as const
  ) {
    const adjusted = holm(p);
    expected.forEach((value, test) => assertAlmostEquals(adjusted[test]!, value, 1e-15));
  }
  assertEquals(holm([]), []);
});

Deno.test("holm() is the closed test of Bonferroni's", () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });
  fc.assert(fc.property(pValues, (sample) => assertEquals(holm(sample), closed(sample))));
});

Deno.test("holm() refuses what is no probability, and says which", () => {
  assertThrows(() => holm([0.1, NaN]), RangeError, "pValues[1] is NaN");
  assertThrows(() => holm([1.5]), RangeError, "pValues[0] is 1.5");
});
