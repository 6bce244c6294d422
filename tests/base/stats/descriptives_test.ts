import { assertAlmostEquals, assertEquals, assertThrows, fc } from "../../deps.ts";
import { mean, median, quantile, standardDeviation } from "../../../lib/base/stats/descriptives.ts";

const SAMPLE = [0.91, 0.84, 0.77, 0.95, 0.62, 0.88, 0.70, 0.81, 0.93, 0.58];

Deno.test("mean(), standardDeviation(), median() and quantile() give numpy's values", () => {
  // numpy 1.24: np.mean(a), np.std(a, ddof=1), np.median(a), np.quantile(a, p)
  assertAlmostEquals(mean(SAMPLE), 0.7989999999999999, 1e-15);
  assertAlmostEquals(standardDeviation(SAMPLE), 0.12965338406690358, 1e-15);
  assertAlmostEquals(median(SAMPLE), 0.825, 1e-15);
  for (const [p, value] of [[0.025, 0.589], [0.1, 0.616], [0.25, 0.7175], [0.9, 0.932]] as const) {
    assertAlmostEquals(quantile(SAMPLE, p), value, 1e-15);
  }
});

Deno.test("quantile() leaves its input alone and lies between the order statistics around it", () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (sample, p) => {
    const before = [...sample];
    const result = quantile(sample, p);
    assertEquals(sample, before);
    const sorted = sample.toSorted((a, b) => a - b);
    const place = (sample.length - 1) * p;
    return sorted[Math.floor(place)]! <= result && result <= sorted[Math.ceil(place)]!;
  }));
});

Deno.test("mean() and its like refuse samples they cannot describe, and say where", () => {
  assertThrows(() => mean([]), TypeError, "compute the mean: values has 0 values");
  assertThrows(() => median([]), TypeError, "compute the median: values has 0 values");
  assertThrows(() => standardDeviation([1]), TypeError, "has 1 values, wanted at least 2");
  assertThrows(() => mean([1, 2, NaN]), RangeError, "values[2] is NaN");
  assertThrows(() => median([-Infinity]), RangeError, "values[0] is -Infinity");
  assertThrows(() => quantile([1], 95), RangeError, "probability is 95");
  assertThrows(() => quantile([1], NaN), RangeError, "probability is NaN");
});
