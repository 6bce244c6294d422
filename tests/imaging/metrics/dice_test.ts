import { assert, assertEquals, assertThrows, fc } from "../../deps.ts";
import { dice } from "../../../lib/imaging/metrics/dice.ts";

const masks = fc.integer({ min: 1, max: 40 }).chain((length) => {
  const mask = fc.uint8Array({ min: 0, max: 2, minLength: length, maxLength: length });
  return fc.tuple(mask, mask);
});

Deno.test("dice() is symmetric, between 0 and 1, and 1 for equal masks", () => {
  fc.assert(fc.property(masks, ([a, b]) => {
    const value = dice(a, b, 1);
    assert(value >= 0 && value <= 1 && value === dice(b, a, 1) && dice(a, a, 1) === 1);
  }));
});

Deno.test("dice() counts the overlap of one class", () => {
  assertEquals(dice([1, 1, 2, 0], [1, 2, 2, 0], 1), 2 / 3);
  assertEquals(dice([1, 0], [0, 1], 1), 0);
  assertEquals(dice([1, 1], [0, 0], 1), 0);
  assertThrows(() => dice([1], [1, 1], 1), TypeError, "the reference 2");
});

Deno.test("dice() of a class that occurs nowhere follows the policy", () => {
  assertEquals(dice([0], [0], 1), 1);
  assertEquals(dice([0], [0], 1, "zero"), 0);
  assertEquals(dice([0], [0], 1, "exclude"), null);
});
