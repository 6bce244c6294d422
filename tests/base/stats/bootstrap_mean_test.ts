import { assert, assertAlmostEquals, assertEquals, assertThrows, fc } from "../../deps.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { averageOverSeeds } from "../../../lib/base/stats/average_over_seeds.ts";
import { bootstrapMean } from "../../../lib/base/stats/bootstrap_mean.ts";

const stream = () => RandomStream.fromSeed(5).stream("bootstrap");

Deno.test("bootstrapMean() has the binomial's quantiles for zeros and ones", () => {
  // The mean of a resample is binomial: scipy 1.10, st.binom.ppf([.025, .975], 20, .5) = [6, 14].
  const scores = Array.from({ length: 20 }, (_, n) => n % 2);
  const { mean, low, high } = bootstrapMean(scores, stream());
  assertEquals([mean, low, high], [0.5, 6 / 20, 14 / 20]);
  const equal = bootstrapMean([0.1, 0.1, 0.1], stream());
  assertEquals([equal.low, equal.high], [equal.mean, equal.mean]);
});

Deno.test("bootstrapMean() comes near scipy's interval", () => {
  // scipy 1.10: st.bootstrap((a,), np.mean, method="percentile", n_resamples=200000, random_state=1)
  const scores = [0.91, 0.84, 0.77, 0.95, 0.62, 0.88, 0.70, 0.81, 0.93, 0.58];
  const { low, high } = bootstrapMean(scores, stream());
  assertAlmostEquals(low, 0.72, 0.003);
  assertAlmostEquals(high, 0.872, 0.003);
});

Deno.test("bootstrapMean() is its stream's, stays among the scores and moves with them", () => {
  const scores = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(scores, (sample) => {
      const options = { resamples: 100 };
      const interval = bootstrapMean(sample, stream(), options);
      assertEquals(bootstrapMean(sample, stream(), options), interval);
      assert(Math.min(...sample) <= interval.low && interval.low <= interval.high);
      assert(interval.high <= Math.max(...sample));
      const moved = bootstrapMean(sample.map((score) => 3 + 2 * score), stream(), options);
      assertAlmostEquals(moved.low, 3 + 2 * interval.low, 1e-9);
      assertAlmostEquals(moved.high, 3 + 2 * interval.high, 1e-9);
      const narrow = bootstrapMean(sample, stream(), { ...options, confidence: 0.5 });
      assert(interval.low <= narrow.low && narrow.high <= interval.high);
    }),
    { numRuns: 50 },
  );
});

Deno.test("bootstrapMean() of averages over seeds does not count seeds as subjects", () => {
  const scores = [0.91, 0.84, 0.77, 0.95, 0.62, 0.88];
  const once = bootstrapMean(scores, stream());
  assertEquals(bootstrapMean(averageOverSeeds([scores, scores]), stream()), once);
  const asSubjects = bootstrapMean([...scores, ...scores], stream());
  assert(asSubjects.high - asSubjects.low < 0.8 * (once.high - once.low));
});

Deno.test("bootstrapMean() refuses what it cannot resample", () => {
  assertThrows(() => bootstrapMean([1], stream()), TypeError, "scores has 1 values");
  assertThrows(() => bootstrapMean([1, NaN], stream()), RangeError, "scores[1] is NaN");
  const wrong = (options: object) => () => bootstrapMean([1, 2], stream(), options);
  assertThrows(wrong({ confidence: 95 }), RangeError, "confidence is 95");
  assertThrows(wrong({ resamples: 10 }), RangeError, "resamples is 10");
});
