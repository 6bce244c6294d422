import { assertEquals, fc } from "../../deps.ts";
import { midranks, rankSum } from "../../../lib/base/stats/midranks.ts";

Deno.test("midranks() lets equal values share the mean of their ranks", () => {
  assertEquals(midranks([30, 10, 20, 10, -1]), [5, 2.5, 4, 2.5, 1]);
  assertEquals(midranks([7, 7, 7]), [2, 2, 2]);
  assertEquals(midranks([]), []);
});

Deno.test("midranks() counts the values below and half of those beside", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (values) => {
    const counted = values.map((value) =>
      values.filter((other) => other < value).length +
      (values.filter((other) => other === value).length + 1) / 2
    );
    assertEquals(midranks(values), counted);
    assertEquals(rankSum(counted), values.length * (values.length + 1) / 2);
  }));
});
