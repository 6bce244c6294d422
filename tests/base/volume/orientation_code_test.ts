import { assertEquals, assertThrows } from "../../deps.ts";
import { orientationCode } from "../../../lib/base/volume/orientation_code.ts";
import { scalingAffine } from "../../../lib/base/volume/affine.ts";

Deno.test("orientationCode() names the end that each axis counts towards", () => {
  assertEquals(orientationCode(scalingAffine([1, 1, 1])), "RAS");
  assertEquals(orientationCode(scalingAffine([-1, -2, -3])), "LPI");
  // i to posterior, j to inferior, k to the right.
  assertEquals(orientationCode([0, 0, 3, 0, -1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 1]), "PIR");
  // A little oblique.
  assertEquals(orientationCode([1, 0.2, 0, 0, -0.2, 1, 0.3, 0, 0, -0.3, 1, 0, 0, 0, 0, 1]), "RAS");
});

Deno.test("orientationCode() refuses an affine without extent", () => {
  assertThrows(() => orientationCode(scalingAffine([0, 1, 1])), RangeError, "0, 1, 1 mm");
});
