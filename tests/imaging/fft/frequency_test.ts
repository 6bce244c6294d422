import { assertEquals } from "../../deps.ts";
import {
  frequencyOf,
  plainIndex,
  toCentredOrder,
  toPlainOrder,
} from "../../../lib/imaging/fft/frequency.ts";

Deno.test("toCentredOrder() puts DC at floor(n / 2) and toPlainOrder() undoes it, odd and even", () => {
  assertEquals([...toCentredOrder([0, 1, 2, 3, 4])], [3, 4, 0, 1, 2]);
  assertEquals([...toCentredOrder([0, 1, 2, 3])], [2, 3, 0, 1]);
  for (const n of [1, 2, 5, 8]) {
    const values = [...Array(n).keys()];
    assertEquals([...toPlainOrder(toCentredOrder(values))], values);
    for (const c of values) {
      assertEquals(frequencyOf(plainIndex(c, n), n), c - Math.floor(n / 2));
    }
  }
});
