import { assert, assertAlmostEquals, assertEquals, assertThrows, fc } from "../../deps.ts";
import { dice } from "../../../lib/imaging/metrics/dice.ts";
import { iou } from "../../../lib/imaging/metrics/iou.ts";

Deno.test("iou() counts the overlap of one class", () => {
  assertEquals(iou([1, 1, 2, 0], [1, 2, 2, 0], 1), 1 / 2);
  assertEquals(iou([1, 0], [0, 1], 1), 0);
  assertEquals(iou([1, 1], [0, 0], 1), 0);
  assertThrows(() => iou([1], [1, 1], 1), TypeError, "Cannot compute IoU");
});

Deno.test("iou() is symmetric and d / (2 - d) of Dice d", () => {
  const mask = fc.uint8Array({ min: 0, max: 2, minLength: 20, maxLength: 20 });
  fc.assert(fc.property(mask, mask, (a, b) => {
    const value = iou(a, b, 1), d = dice(a, b, 1);
    assert(value === iou(b, a, 1) && iou(a, a, 1) === 1);
    assertAlmostEquals(value, d / (2 - d), 1e-12);
  }));
});

Deno.test("iou() of a class that occurs nowhere follows the policy", () => {
  assertEquals(iou([0], [0], 1), 1);
  assertEquals(iou([0], [0], 1, "zero"), 0);
  assertEquals(iou([0], [0], 1, "exclude"), null);
});
