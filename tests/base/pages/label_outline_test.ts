import { assertEquals } from "../../deps.ts";
import { labelOutline } from "../../../lib/base/pages/label_outline.ts";

Deno.test("labelOutline() runs along the edges of each class", () => {
  const labels = Uint8Array.of(0, 2, 2, 0, 0, 0);
  assertEquals(labelOutline(labels, 3, 2), [{ label: 2, path: "M1 0h2M1 1h2M1 0v1M3 0v1" }]);
  assertEquals(labelOutline(new Uint8Array(6), 3, 2), []);
  assertEquals(labelOutline(Uint8Array.of(1, 2), 2, 1).map(({ label }) => label), [1, 2]);
});
