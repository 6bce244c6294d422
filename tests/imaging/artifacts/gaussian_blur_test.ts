import { assertEquals, assertThrows } from "../../deps.ts";
import { gaussianBlur } from "../../../lib/imaging/artifacts/gaussian_blur.ts";

Deno.test("gaussianBlur() flattens by a wide kernel, and refuses one that no memory holds", () => {
  const data = Float32Array.from({ length: 8 }, (_, x) => x);
  const flat = gaussianBlur(data, [8, 1, 1], [1000, 0, 0]);
  assertEquals(Array.from(flat, (value) => Math.round(value * 100) / 100), Array(8).fill(3.5));
  assertThrows(
    () => gaussianBlur(data, [8, 1, 1], [1, 4.6e18, 0]),
    RangeError,
    "Cannot apply a Gaussian of 4600000000000000000 voxels: wanted at most 10000",
  );
});
