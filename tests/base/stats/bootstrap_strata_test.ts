import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { bootstrapMean } from "../../../lib/base/stats/bootstrap_mean.ts";
import { bootstrapStrata } from "../../../lib/base/stats/bootstrap_strata.ts";

const stream = () => RandomStream.fromSeed(5).stream("bootstrap");

Deno.test("bootstrapStrata() of one stratum is bootstrapMean(), whatever its weight", () => {
  const scores = [0.9, 0.7, 0.8, 0.6];
  assertEquals(
    bootstrapStrata([{ scores, weight: 4 }], stream()),
    bootstrapMean(scores, stream()),
  );
});

Deno.test("bootstrapStrata() never draws across strata", () => {
  // Each is constant, so that no resample differs, although their pooled scores do.
  const { mean, low, high } = bootstrapStrata([
    { scores: [1, 1, 1], weight: 3 },
    { scores: [0, 0], weight: 1 },
  ], stream());
  assertEquals([mean, low, high], [0.75, 0.75, 0.75]);
});

Deno.test("bootstrapStrata() adds the variances of independent strata", () => {
  // Of n zeros and ones, the mean of a resample has variance 1 / (4 n): the weighted sum has
  // (3/4)^2 / 400 + (1/4)^2 / 800, and 95 % lie within 1.96 standard deviations.
  const coins = (n: number) => Array.from({ length: n }, (_, i) => i % 2);
  const { mean, low, high } = bootstrapStrata([
    { scores: coins(100), weight: 3 },
    { scores: coins(200), weight: 1 },
  ], stream());
  const half = 1.96 * Math.sqrt(9 / 16 / 400 + 1 / 16 / 800);
  assertEquals(mean, 0.5);
  assertAlmostEquals(high - mean, half, 0.003);
  assertAlmostEquals(mean - low, half, 0.003);
});

Deno.test("bootstrapStrata() is wider where columns share subjects than where they do not", () => {
  const scores = [0.2, 0.9, 0.5, 0.7, 0.4, 0.8];
  const width = (strata: { scores: number[]; weight: number }[]) => {
    const { low, high } = bootstrapStrata(strata, stream());
    return high - low;
  };
  const shared = width([{ scores, weight: 2 }]);
  const apart = width([{ scores, weight: 1 }, { scores, weight: 1 }]);
  assertAlmostEquals(shared / apart, Math.SQRT2, 0.05);
  assert(shared > apart);
});

Deno.test("bootstrapStrata() refuses what it cannot resample", () => {
  const good = { scores: [1, 2], weight: 1 };
  assertThrows(() => bootstrapStrata([], stream()), TypeError, "no stratum");
  assertThrows(
    () => bootstrapStrata([good, { scores: [1], weight: 1 }], stream()),
    TypeError,
    "stratum 1 has 1 values",
  );
  assertThrows(
    () => bootstrapStrata([good, { scores: [1, 2], weight: 0 }], stream()),
    RangeError,
    "weight of stratum 1 is 0",
  );
});
