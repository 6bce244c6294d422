import { assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { psnr } from "../../../lib/imaging/metrics/psnr.ts";

Deno.test("psnr() is the range over the root mean square difference in dB", () => {
  assertAlmostEquals(psnr([1, 2, 4.2, 3], [1, 2, 4, 3]), 20 * Math.log10(3 / 0.1), 1e-6);
  assertEquals(psnr([1, 2], [1, 2]), Infinity);
  assertEquals(psnr([1, 2], [1, 1]), -Infinity);
});

Deno.test("psnr() refuses sizes that differ", () => {
  assertThrows(() => psnr([1], [1, 2]), TypeError, "1 values, the clean one 2");
});
