import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { bootstrapMean } from "../../../lib/base/stats/bootstrap_mean.ts";
import { bootstrapStatistics } from "../../../lib/base/stats/bootstrap_statistics.ts";

const stream = () => RandomStream.fromSeed(3).stream("bootstrap");
const scores = [0.91, 0.84, 0.77, 0.95, 0.62, 0.88, 0.70];
const mean = (drawn: Uint32Array) =>
  scores.reduce((sum, score, n) => sum + drawn[n]! * score, 0) / scores.length;

Deno.test("bootstrapStatistics() of a mean is bootstrapMean()", () => {
  const [interval] = bootstrapStatistics(7, (drawn) => [mean(drawn)], stream());
  const { low, high } = bootstrapMean(scores, stream());
  assertAlmostEquals(interval!.low!, low, 1e-12);
  assertAlmostEquals(interval!.high!, high, 1e-12);
});

Deno.test("bootstrapStatistics() leaves out resamples without a number, statistic by statistic", () => {
  const [known, never] = bootstrapStatistics(
    2,
    (drawn) => [drawn[0] === 0 ? NaN : drawn[0]!, NaN],
    stream(),
    { resamples: 500 },
  );
  // what is left was drawn once or twice
  assert(known!.low! >= 1 && known!.high! === 2);
  assertEquals(never, { low: null, high: null });
});

Deno.test("bootstrapStatistics() refuses one subject and odd options", () => {
  assertThrows(() => bootstrapStatistics(1, () => [0], stream()), RangeError, "1 subjects");
  assertThrows(
    () => bootstrapStatistics(3, () => [0], stream(), { resamples: 5 }),
    RangeError,
    "resamples is 5",
  );
});
