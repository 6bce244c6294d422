import { assertEquals, assertThrows } from "../../deps.ts";
import { averageOverSeeds } from "../../../lib/base/stats/average_over_seeds.ts";

Deno.test("averageOverSeeds() gives one mean a subject", () => {
  assertEquals(averageOverSeeds([[1, 2, 3], Float32Array.of(3, 2, 0)]), [2, 2, 1.5]);
  assertEquals(averageOverSeeds([[0.25, 0.5]]), [0.25, 0.5]);
});

Deno.test("averageOverSeeds() refuses seeds without the same subjects", () => {
  assertThrows(() => averageOverSeeds([]), TypeError, "holds no seed");
  assertThrows(() => averageOverSeeds([[]]), TypeError, "scores[0] has 0 values");
  assertThrows(() => averageOverSeeds([[1, 2], [1]]), TypeError, "scores[1] has 1 subjects");
  assertThrows(() => averageOverSeeds([[1, 2], [1, NaN]]), RangeError, "scores[1][1] is NaN");
});
