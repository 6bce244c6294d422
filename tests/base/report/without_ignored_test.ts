import { assertEquals } from "../../deps.ts";
import { withoutIgnored } from "../../../lib/base/report/without_ignored.ts";
import { scalingAffine } from "../../../lib/base/volume/affine.ts";

Deno.test("withoutIgnored() leaves classes, and takes what nobody labelled to the background", () => {
  const affine = scalingAffine([1, 1, 1], [0, 0, 0]), data = Int16Array.of(0, 1, 255, 254);
  const label = { data, shape: [2, 2, 1] as const, affine };
  assertEquals(withoutIgnored(label), { ...label, data: Uint8Array.of(0, 1, 0, 254) });
  assertEquals([...data], [0, 1, 255, 254]);
});
