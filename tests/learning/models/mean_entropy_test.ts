import { assertAlmostEquals, assertEquals } from "../../deps.ts";
import { meanEntropies } from "../../../lib/learning/models/mean_entropy.ts";

Deno.test("meanEntropies() is the entropy of softmax, averaged over the pixels of each slice", () => {
  // Two slices of two pixels: even and (1/2, 1/4, 1/4); sure and, beyond any exp, sure again.
  const logits = [[7, 7, 7], [Math.log(2), 0, 0], [40, 0, 0], [0, 3000, -3000]];
  const found = meanEntropies(Float32Array.from(logits.flat()), 2, 3);
  assertEquals(found.length, 2);
  assertAlmostEquals(found[0]!, (Math.log(3) + 1.5 * Math.log(2)) / 2, 1e-6);
  assertAlmostEquals(found[1]!, 0, 1e-12);
});
