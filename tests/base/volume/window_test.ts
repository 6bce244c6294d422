import { windowOf } from "../../../lib/base/volume/fit.ts";
import { assertEquals } from "../../deps.ts";

Deno.test("windowOf() cuts a slice, and continues it beyond its edges", () => {
  const slice = Uint8Array.of(1, 2, 3, 4, 5, 6), whole = { width: 3, height: 2 };
  assertEquals([...windowOf(slice, whole, [1, 0], { width: 2, height: 2 }, 0)], [2, 3, 5, 6]);
  const size = { width: 2, height: 3 };
  assertEquals([...windowOf(slice, whole, [2, -1], size, "edge")], [3, 3, 3, 3, 6, 6]);
  assertEquals([...windowOf(slice, whole, [2, -1], size, 9)], [9, 9, 3, 9, 6, 9]);
});
