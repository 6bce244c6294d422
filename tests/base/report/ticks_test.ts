import { linearTicks, logTicks, tickLabel } from "../../../lib/base/report/ticks.ts";
import { assert, assertEquals, fc } from "../../deps.ts";

Deno.test("linearTicks() are round, rising and within the range", () => {
  assertEquals(linearTicks(0, 1000, 5), [0, 200, 400, 600, 800, 1000]);
  assertEquals(linearTicks(3, 3, 5), [3]);
  const range = fc.tuple(fc.integer({ min: -1e5, max: 1e5 }), fc.integer({ min: 1, max: 1e5 }));
  fc.assert(fc.property(range, ([low, length]) => {
    const ticks = linearTicks(low, low + length, 6);
    const slack = 1e-6 * (Math.abs(low) + length);
    return ticks.length >= 2 && ticks.length <= 9 &&
      ticks.every((tick) => tick >= low - slack && tick <= low + length + slack);
  }));
});

Deno.test("logTicks() are powers of ten, with 2 and 5 where those are few", () => {
  assertEquals(logTicks(0.5, 30), [0.5, 1, 2, 5, 10, 20]);
  assertEquals(logTicks(1e-3, 10).map(tickLabel), ["0.001", "0.01", "0.1", "1", "10"]);
  assertEquals([2e7, 5e-5, 0, -250].map(tickLabel), ["2e+7", "5e-5", "0", "-250"]);
  assert(logTicks(1, 1e9).length === 10);
});
