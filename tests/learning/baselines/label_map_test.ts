import { assertEquals } from "../../deps.ts";
import { foregroundBox } from "../../../lib/learning/baselines/label_map.ts";

Deno.test("foregroundBox() is the tightest, or the whole slice", () => {
  const labels = new Uint8Array(5 * 4);
  const map = { labels, width: 5, height: 4 };
  assertEquals(foregroundBox(map), { left: 0, top: 0, right: 5, bottom: 4 });
  labels[1 + 5 * 2] = 1;
  labels[3 + 5 * 1] = 2;
  assertEquals(foregroundBox(map), { left: 1, top: 1, right: 4, bottom: 3 });
});
