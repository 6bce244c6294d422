import { assertEquals } from "../deps.ts";
import { duration } from "../../cli/duration.ts";

Deno.test("duration() says seconds, minutes and hours", () => {
  assertEquals([0.4, 59.6, 200, 3599.7, 7500, Infinity].map(duration), [
    ...["0 s", "1 min 00 s", "3 min 20 s", "1 h 00 min", "2 h 05 min", "?"],
  ]);
});
