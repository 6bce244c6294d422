import { assertEquals } from "../../deps.ts";
import { greysOf } from "../../../lib/base/report/grey.ts";

Deno.test("greysOf() clips and rounds", () => {
  assertEquals([...greysOf([-1, 0, 0.5, 1, 2])], [0, 0, 128, 255, 255]);
});
