import { assertEquals, assertThrows } from "../../deps.ts";
import { surfaceDistances } from "../../../lib/imaging/metrics/surface_distances.ts";

const GRID = { shape: [4, 3, 2], spacing: [1.5, 2, 10] } as const;

/** Classes of 4 x 3 x 2 voxels: 1 at these indices. */
function mask(...voxels: number[]): Uint8Array {
  const data = new Uint8Array(24);
  for (const n of voxels) data[n] = 1;
  return data;
}

Deno.test("surfaceDistances() of two voxels is their distance in mm", () => {
  // (0, 0, 0) and (2, 2, 1): 3, 4 and 10 mm apart
  const { fromPrediction, fromReference } = surfaceDistances(mask(0), mask(22), 1, GRID);
  assertEquals([...fromPrediction], [Math.sqrt(125)]);
  assertEquals([...fromReference], [Math.sqrt(125)]);
});

Deno.test("surfaceDistances() differ by way", () => {
  const { fromPrediction, fromReference } = surfaceDistances(mask(0, 1, 12), mask(0), 1, GRID);
  assertEquals([...fromPrediction], [0, 1.5, 10]);
  assertEquals([...fromReference], [0]);
});

Deno.test("surfaceDistances() of empty masks are empty, or Infinity where just one is", () => {
  const none = surfaceDistances(mask(), mask(), 1, GRID);
  assertEquals([none.fromPrediction.length, none.fromReference.length], [0, 0]);
  const one = surfaceDistances(mask(5, 6), mask(), 1, GRID);
  assertEquals([...one.fromPrediction], [Infinity, Infinity]);
  assertEquals(one.fromReference.length, 0);
});

Deno.test("surfaceDistances() refuses other shapes and odd spacings", () => {
  const short = () => surfaceDistances(mask(), new Uint8Array(23), 1, GRID);
  assertThrows(short, TypeError, "the reference 23, wanted 4 x 3 x 2");
  const flat = () => surfaceDistances(mask(), mask(), 1, { ...GRID, spacing: [1, 1, 0] });
  assertThrows(flat, RangeError, "1 x 1 x 0 mm");
});
