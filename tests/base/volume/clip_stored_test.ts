import { assertEquals, assertThrows } from "../../deps.ts";
import { clipStored } from "../../../lib/base/volume/clip_stored.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { clipToPercentiles } from "../../../lib/base/volume/normalise.ts";

Deno.test("clipStored() gives the bits of clipToPercentiles()", () => {
  const rng = RandomStream.fromSeed(5);
  const draws = (low: number, high: number) =>
    Array.from({ length: 30_001 }, () => rng.integer(low, high));
  const volumes = [
    Int16Array.from(draws(-32768, 32767)),
    Int16Array.from(draws(-3, 4)),
    Uint16Array.from(draws(0, 65535)),
    new Int16Array(30_001).fill(7),
    Int16Array.from([3, 9, 1]),
    Float32Array.from(draws(0, 9), (value) => value / 7),
  ];
  for (const values of volumes) {
    for (const [low, high] of [[2, 98], [0, 100], [33.3, 66.6], [50, 50]] as const) {
      assertEquals(clipStored(values, low, high), clipToPercentiles(values, low, high));
    }
  }
  assertThrows(() => clipStored(volumes[0]!, 98, 2), RangeError, "98 to 2");
  assertThrows(() => clipStored(volumes[0]!, 0, 101), RangeError, "percent is 101");
});
