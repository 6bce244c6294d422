import { assert, assertAlmostEquals, assertEquals, assertThrows, fc } from "../../deps.ts";
import { midranks } from "../../../lib/base/stats/midranks.ts";
import {
  type WilcoxonOptions,
  type WilcoxonResult,
  wilcoxonSignedRank,
} from "../../../lib/base/stats/wilcoxon_signed_rank.ts";

/** The test of differences. */
function test(differences: readonly number[], options?: WilcoxonOptions): WilcoxonResult {
  return wilcoxonSignedRank(differences, differences.map(() => 0), options);
}

/** The p-value by its definition: every assignment of signs, one after the other. */
function enumerated(differences: readonly number[]): number {
  const different = differences.filter((difference) => difference !== 0);
  const ranks = midranks(different.map(Math.abs));
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const distance = (sign: (place: number) => boolean) =>
    Math.abs(ranks.reduce((sum, rank, place) => sum + (sign(place) ? rank : 0), 0) - total / 2);
  const seen = distance((place) => different[place]! > 0);
  let asFar = 0;
  for (let signs = 0; signs < 2 ** ranks.length; signs++) {
    if (distance((place) => (signs >> place & 1) === 1) >= seen) asFar++;
  }
  return asFar / 2 ** ranks.length;
}

Deno.test("wilcoxonSignedRank() is exact for few pairs without ties", () => {
  // Hollander and Wolfe's depression scores, as in R's ?wilcox.test (V = 40);
  // scipy 1.10: st.wilcoxon(x, y, mode="exact")
  const first = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
  const second = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
  assertEquals(wilcoxonSignedRank(first, second), {
    positiveRankSum: 40,
    negativeRankSum: 5,
    differing: 9,
    zeros: 0,
    method: "exact",
    pValue: 0.0390625,
  });
  // scipy 1.10: st.wilcoxon(d, mode="exact")
  const plants = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75];
  assertEquals(test(plants).pValue, 0.041259765625);
  const most = Array.from({ length: 25 }, (_, n) => (n + 1) % 3 ? n + 1 : -n - 1);
  assertEquals(test(most).method, "exact");
  assertAlmostEquals(test(most).pValue, 0.14847958087921143, 1e-15);
  assertEquals(test([...most, 26]).method, "normal");
  assertAlmostEquals(test([...most, 26]).pValue, 0.08646199403769568, 1e-15);
});

Deno.test("wilcoxonSignedRank() approximates as scipy does, with ties and both ways with zeros", () => {
  // scipy 1.10: st.wilcoxon(d, zero_method=z, mode="approx", correction=False)
  const differences = [0, 2, 3, -1, -4, 0, 0, 8, 9, 3, -2, 5];
  const dropped = test(differences);
  assertEquals([dropped.negativeRankSum, dropped.zeros, dropped.differing], [9.5, 3, 9]);
  assertAlmostEquals(dropped.pValue, 0.12287538847933098, 1e-14);
  const ranked = test(differences, { zeros: "pratt" });
  assertEquals([ranked.negativeRankSum, ranked.zeros, ranked.differing], [18.5, 3, 9]);
  assertAlmostEquals(ranked.pValue, 0.1648532363036357, 1e-14);
  // mode="approx" and mode="exact" for 30 pairs
  const minus = [1, 6, 8, 13, 15, 20, 22, 27, 29];
  const many = Array.from({ length: 30 }, (_, n) => minus.includes(n + 1) ? -n - 1 : n + 1);
  assertAlmostEquals(test(many).pValue, 0.05983560139134924, 1e-14);
  assertAlmostEquals(test(many, { method: "exact" }).pValue, 0.06056523136794567, 1e-14);
});

Deno.test("wilcoxonSignedRank() exact is the share of sign assignments as far out, ties or not", () => {
  const differences = fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 9 });
  fc.assert(fc.property(differences, (sample) => {
    const { pValue } = test(sample, { method: "exact" });
    assertAlmostEquals(pValue, enumerated(sample), 1e-12);
  }));
});

Deno.test("wilcoxonSignedRank() knows no first and second, and ranks alone", () => {
  const pairs = fc.array(fc.tuple(fc.integer(), fc.integer()), { minLength: 1, maxLength: 40 });
  fc.assert(fc.property(pairs, fc.constantFrom("wilcoxon", "pratt"), (sample, zeros) => {
    const [first, second] = [sample.map(([x]) => x), sample.map(([, y]) => y)];
    const there = wilcoxonSignedRank(first, second, { zeros });
    const back = wilcoxonSignedRank(second, first, { zeros });
    assertEquals(back.pValue, there.pValue);
    assertEquals(back.positiveRankSum, there.negativeRankSum);
    assert(there.pValue >= 0 && there.pValue <= 1);
    const cubes = first.map((x, pair) => Math.cbrt(x - second[pair]!));
    assertEquals(test(cubes, { zeros }), there);
  }));
});

Deno.test("wilcoxonSignedRank() finds nothing where no pair differs", () => {
  for (const method of ["exact", "normal"] as const) {
    const { pValue, differing, zeros } = test([0, 0, 0], { method });
    assertEquals([pValue, differing, zeros], [1, 0, 3]);
  }
});

Deno.test("wilcoxonSignedRank() refuses samples that are no pairs", () => {
  assertThrows(() => wilcoxonSignedRank([], []), TypeError, "first has 0 values");
  assertThrows(() => wilcoxonSignedRank([1, 2], [1]), TypeError, "first has 2 values and second 1");
  assertThrows(() => wilcoxonSignedRank([1, 2], [1, NaN]), RangeError, "second[1] is NaN");
});
