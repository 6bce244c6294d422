import { assertEquals } from "../../deps.ts";
import { frequencyOf, plainIndex, toPlainOrder } from "../../../lib/imaging/fft/frequency.ts";

Deno.test("toPlainOrder() moves DC from floor(n / 2) to the front, odd and even", () => {
  assertEquals([...toPlainOrder([3, 4, 0, 1, 2])], [0, 1, 2, 3, 4]);
  assertEquals([...toPlainOrder([2, 3, 0, 1])], [0, 1, 2, 3]);
});

Deno.test("frequencyOf() counts from DC to both sides", () => {
  for (const n of [1, 2, 5, 8]) {
    for (let c = 0; c < n; c++) {
      assertEquals(frequencyOf(plainIndex(c, n), n), c - Math.floor(n / 2));
    }
  }
});
