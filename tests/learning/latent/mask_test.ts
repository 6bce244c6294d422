import { assert, assertAlmostEquals, assertEquals, assertThrows, fc } from "../../deps.ts";
import { dropoutMask, targetedMask } from "../../../lib/learning/latent/mask.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

const random = () => RandomStream.fromSeed(3);

Deno.test("targetedMask() masks exactly k = floor(entries * share) of each sample, the highest", () => {
  const distinct = fc.uniqueArray(fc.integer({ min: -500, max: 500 }), {
    minLength: 4,
    maxLength: 40,
  });
  fc.assert(fc.property(distinct, fc.double({ min: 0, max: 0.99, noNaN: true }), (list, share) => {
    // The second sample has the scores the other way round.
    const scores = Float64Array.from([...list, ...list.toReversed()]), entries = list.length;
    const mask = targetedMask(scores, 2, share, false, random());
    const count = Math.floor(entries * share);
    const highest = new Set(list.toSorted((a, b) => b - a).slice(0, count));
    assertEquals([...mask], [...scores].map((score) => highest.has(score) ? 0 : 1));
  }));
});

Deno.test("targetedMask() at a share of one half masks 64 of 128 channels, 72 of 144 positions", () => {
  for (const [entries, count] of [[128, 64], [144, 72]] as const) {
    const stream = random();
    const scores = Float64Array.from({ length: 3 * entries }, () => stream.normal());
    const mask = targetedMask(scores, 3, 0.5, true, stream);
    for (let b = 0; b < 3; b++) {
      const sample = mask.subarray(b * entries, (b + 1) * entries);
      assertEquals(sample.filter((value) => value < 1).length, count);
    }
  }
});

Deno.test("targetedMask() leaves entries that tie with the threshold", () => {
  const mask = (
    ...scores: number[]
  ) => [...targetedMask(Float64Array.from(scores), 1, 0.5, false, random())];
  assertEquals(mask(1, 1, 1, 1), [1, 1, 1, 1]);
  assertEquals(mask(3, 2, 2, 1), [0, 1, 1, 1]);
  assertEquals(mask(3, 3, 2, 1), [0, 0, 1, 1]);
});

Deno.test("targetedMask() soft gives each masked entry a draw of its own from [0, 0.5)", () => {
  const scores = Float64Array.from({ length: 4000 }, (_, i) => i % 2000);
  const masked = targetedMask(scores, 2, 0.5, true, random()).filter((value) => value !== 1);
  assertEquals(masked.length, 2000);
  assert(masked.every((value) => value >= 0 && value < 0.5));
  assert(new Set(masked).size > 1990, "draws are shared");
  assertAlmostEquals(masked.reduce((a, b) => a + b) / masked.length, 0.25, 0.02);
  assert(Math.max(...masked) > 0.49 && Math.min(...masked) < 0.01);
});

Deno.test("targetedMask() masks nothing where the share is too small for one entry", () => {
  assertEquals([...targetedMask(Float64Array.of(3, 2, 1), 1, 0.33, false, random())], [1, 1, 1]);
});

Deno.test("dropoutMask() zeroes with the probability and scales the others up", () => {
  const mask = dropoutMask(20, 200, 0.5, random());
  assertEquals([...new Set(mask)].sort(), [0, 2]);
  assertAlmostEquals(mask.filter((value) => value === 0).length / 4000, 0.5, 0.03);
  const quarter = dropoutMask(20, 200, 0.2, random());
  assertEquals([...new Set(quarter)].sort(), [0, 1.25]);
  assertAlmostEquals(quarter.filter((value) => value === 0).length / 4000, 0.2, 0.03);
  assert(dropoutMask(1, 50, 0, random()).every((value) => value === 1));
});

Deno.test("targetedMask() and dropoutMask() refuse shares outside 0 to 1", () => {
  for (const share of [1, -0.1, NaN]) {
    assertThrows(
      () => targetedMask(Float64Array.of(1), 1, share, true, random()),
      RangeError,
      `share is ${share}, wanted 0 to below 1`,
    );
    assertThrows(
      () => dropoutMask(1, 1, share, random()),
      RangeError,
      `probability is ${share}, wanted 0 to below 1`,
    );
  }
});
