import { assertEquals, assertThrows } from "../../deps.ts";
import { countOverlap } from "../../../lib/imaging/metrics/overlap.ts";

Deno.test("countOverlap() counts one class in either mask and both", () => {
  const counts = countOverlap([1, 1, 2, 0, 1], [1, 2, 2, 1, 1], 1, "it");
  assertEquals(counts, { predicted: 3, labelled: 3, both: 2 });
  assertThrows(
    () => countOverlap([1], [], 1, "it"),
    TypeError,
    "Cannot compute it: the prediction",
  );
});
