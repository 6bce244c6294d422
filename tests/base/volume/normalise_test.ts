import { assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import {
  clipToPercentiles,
  minMax,
  minMaxSlices,
  percentile,
} from "../../../lib/base/volume/normalise.ts";

Deno.test("percentile() interpolates between neighbours", () => {
  assertEquals(percentile(Int16Array.from([40, 10, 30, 20]), 50), 25);
  assertAlmostEquals(percentile(Float32Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), 98), 8.82, 1e-9);
  assertThrows(() => percentile(new Float32Array(0), 50), RangeError, "of 0 values");
  assertThrows(() => percentile(new Float32Array(2), 101), RangeError, "percent is 101");
});

Deno.test("clipToPercentiles() clips what lies outside and scales the rest to 0-1", () => {
  const values = Float32Array.from({ length: 101 }, (_, n) => n === 100 ? 1e6 : n);
  const scaled = clipToPercentiles(values, 2, 98);
  assertEquals([scaled[0], scaled[2], scaled[98], scaled[100]], [0, 0, 1, 1]);
  assertAlmostEquals(scaled[50]!, 0.5, 1e-6);
  assertThrows(() => clipToPercentiles(values, 98, 2), RangeError, "98 to 2");
});

Deno.test("minMax() and minMaxSlices() scale to 0-1, and flat input to 0", () => {
  assertEquals([...minMax(Int16Array.from([-2, 0, 2]))], [0, 0.5, 1]);
  assertEquals([...minMax(Int16Array.from([7, 7]))], [0, 0]);
  assertEquals([...minMaxSlices(Float32Array.from([0, 2, 5, 9]), 2)], [0, 1, 0, 1]);
  assertThrows(() => minMaxSlices(new Float32Array(5), 2), TypeError, "slices of 2");
});
